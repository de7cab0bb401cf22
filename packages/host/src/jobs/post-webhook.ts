import { createHmac } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { request as httpRequest, type ClientRequest } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { isIP } from 'node:net';
import { isPrivateAddress } from './private-address.ts';

/** Options of a webhook call. */
export interface WebhookCall {
  /** Id of the event. It is the same on every attempt, so that a receiver can drop duplicates. */
  id: string;
  /** Key for the signature. Null: the call is not signed. */
  secret: string | null;
  nowMs: number;
  /** Whether private addresses are allowed. Only for development. */
  allowPrivate: boolean;
  signal: AbortSignal;
}

/** Result of a webhook call. `isFinal`: another attempt would fail in the same way. */
export type WebhookResult =
  | { ok: true }
  | {
      ok: false;
      detail: string;
      isFinal: boolean;
      /** Whether a request was attempted. False for an address that is never called. */
      wasTried: boolean;
      /** Wait that the receiver requested (`Retry-After`), at most 24 h. Default: 0. */
      retryAfterMs?: number;
    };

const TIMEOUT_MS = 10_000;

/**
 * Posts a webhook's body. It resolves the host name, checks every address and connects to the checked address
 * itself. A DNS change between check and connection therefore has no effect. Redirects are not followed. The
 * signature has the form `t=<seconds>,v1=<hex HMAC-SHA256 of "t.body">`.
 */
export async function postWebhook(url: string, body: string, call: WebhookCall): Promise<WebhookResult> {
  if (!URL.canParse(url)) return neverCalled('The address is not one.');
  const target = new URL(url);
  if (target.protocol !== 'https:' && target.protocol !== 'http:')
    return neverCalled('Only http and https addresses are called.');
  let address: string;
  try {
    address = await resolve(target.hostname.replace(/^\[|\]$/g, ''));
  } catch {
    return { ok: false, detail: `${target.hostname} could not be found.`, isFinal: false, wasTried: true };
  }
  if (!call.allowPrivate && isPrivateAddress(address))
    return neverCalled(`${target.hostname} is an address inside a private network.`);
  return send(target, address, body, call);
}

function neverCalled(detail: string): WebhookResult {
  return { ok: false, detail, isFinal: true, wasTried: false };
}

async function resolve(hostname: string): Promise<string> {
  if (isIP(hostname)) return hostname;
  const addresses = await lookup(hostname, { all: true });
  // One private address among several is enough to refuse the call: the connection could use it.
  const found = addresses.find(({ address }) => isPrivateAddress(address)) ?? addresses[0];
  if (!found) throw new Error('no address');
  return found.address;
}

function send(target: URL, address: string, body: string, call: WebhookCall): Promise<WebhookResult> {
  const timestamp = Math.floor(call.nowMs / 1000);
  const headers = {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    'User-Agent': 'Alur-Webhook/1',
    'Alur-Event-Id': call.id,
    ...(call.secret && { 'Alur-Signature': signWebhook(body, call.secret, timestamp) }),
  };
  const open = target.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((done) => {
    const failed = (detail: string, isFinal = false, retryAfterMs = 0) =>
      done({ ok: false, detail, isFinal, wasTried: true, retryAfterMs });
    const options: RequestOptions = {
      method: 'POST',
      headers,
      // Connect to the checked address, without a second DNS lookup.
      lookup: (_host, options, callback) => {
        const family = isIP(address);
        if (options.all) callback(null, [{ address, family }]);
        else callback(null, address, family);
      },
      agent: false,
      signal: AbortSignal.any([call.signal, AbortSignal.timeout(TIMEOUT_MS)]),
    };
    let request: ClientRequest;
    try {
      request = open(target, options);
    } catch (error) {
      // Node can refuse a valid URL: `https://user:%ZZ@host/`.
      return done(neverCalled(`The address cannot be called: ${(error as Error).message}`));
    }
    request.on('error', (error) => failed(error.message));
    request.on('response', (response) => {
      const { statusCode: status = 0 } = response;
      response.resume();
      if (status >= 200 && status < 300) done({ ok: true });
      else
        failed(
          `The receiver answered ${status}.`,
          status >= 300 && status < 500 && ![408, 425, 429].includes(status),
          readRetryAfter(response.headers['retry-after'], call.nowMs),
        );
    });
    request.end(body);
  });
}

const MAX_RETRY_AFTER_MS = 24 * 3_600_000;

/**
 * Returns the wait of a `Retry-After` header (RFC 9110, 10.2.3: seconds or a date), 0 to 24 h in
 * milliseconds.
 */
export function readRetryAfter(header: string | undefined, nowMs: number): number {
  const text = header?.trim() ?? '';
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs;
  return Number.isNaN(ms) ? 0 : Math.min(MAX_RETRY_AFTER_MS, Math.max(0, ms));
}

/**
 * Returns the value of `Alur-Signature`. A receiver recomputes it and refuses timestamps that are more than
 * five minutes off.
 */
export function signWebhook(body: string, secret: string, timestamp: number): string {
  const mac = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return `t=${timestamp},v1=${mac}`;
}
