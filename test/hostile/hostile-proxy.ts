/**
 * A reverse proxy with the faults of real deployments: it compresses, changes or removes ETags, holds
 * responses back until they are complete, and closes idle connections.
 *
 * @module
 */
import { createServer, request as open, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { pipeline } from 'node:stream';
import { constants, createGzip, gzipSync } from 'node:zlib';

/** What happens to an ETag: `W/"v1"` (nginx), `"v1-gzip"` (Apache), or removed. */
export type ETags = 'weakened' | 'suffixed' | 'removed';

export interface HostileProxyOptions {
  etags: ETags;
  /** Milliseconds without a byte in either direction after which a connection is closed. Default: 10,000. */
  idleMs?: number;
}

export interface HostileProxy {
  url: string;
  /** Number of times of each change. */
  counts: { compressed: number; etags: number; cut: number };
  close(): Promise<void>;
}

type Headers = Record<string, string | string[]>;

/** Headers of one connection. A proxy sends its own. */
const HOP_BY_HOP = ['connection', 'keep-alive', 'transfer-encoding', 'content-length'];
/** Minimum size in bytes of compressed responses, as in most servers. */
const LEAST_BYTES = 256;

/** Starts a proxy in front of the host at `target`, on a free port of this machine. */
export async function startHostileProxy(
  target: () => string,
  { etags, idleMs = 10_000 }: HostileProxyOptions,
): Promise<HostileProxy> {
  const counts = { compressed: 0, etags: 0, cut: 0 };
  const server = createServer((incoming, response) => {
    const { hostname, port } = new URL(target());
    const onward = open(
      {
        host: hostname,
        port,
        path: incoming.url,
        method: incoming.method,
        headers: requestHeaders(incoming),
      },
      (answer) => void pass(answer, incoming, response).catch((error: Error) => response.destroy(error)),
    );
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    incoming.pipe(onward);
    // The host may respond before it has the whole request. The rest is read and dropped.
    onward.on('close', () => incoming.unpipe(onward).resume());
  });

  async function pass(answer: IncomingMessage, incoming: IncomingMessage, response: ServerResponse) {
    const headers = responseHeaders(answer);
    const type = String(answer.headers['content-type'] ?? '');
    const takesGzip = /\bgzip\b/.test(String(incoming.headers['accept-encoding'] ?? ''));
    if (type.startsWith('text/event-stream')) {
      if (!takesGzip) {
        response.writeHead(answer.statusCode ?? 502, headers).flushHeaders();
        return void pipeline(answer, response, () => undefined);
      }
      counts.compressed++;
      response.writeHead(answer.statusCode ?? 502, { ...headers, 'content-encoding': 'gzip' }).flushHeaders();
      const gzip = createGzip({ flush: constants.Z_SYNC_FLUSH });
      return void pipeline(answer, gzip, response, () => undefined);
    }
    // Held back until it is complete.
    const body = Buffer.concat(await answer.toArray());
    const isCompressed = takesGzip && /json|text/.test(type) && body.length >= LEAST_BYTES;
    if (isCompressed) counts.compressed++;
    const sent = isCompressed ? gzipSync(body) : body;
    response.writeHead(answer.statusCode ?? 502, {
      ...headers,
      // Otherwise the next request would wait behind the rest of this one.
      ...(!incoming.complete && { connection: 'close' }),
      ...(isCompressed && { 'content-encoding': 'gzip', vary: joined(headers['vary'], 'Accept-Encoding') }),
      ...(incoming.method !== 'HEAD' && answer.statusCode !== 304 && { 'content-length': sent.length }),
    });
    response.end(sent);
  }

  function responseHeaders(answer: IncomingMessage): Headers {
    // The proxy does not announce its timeout.
    const headers: Headers = { ...without(answer.headers, HOP_BY_HOP), connection: 'keep-alive' };
    const etag = answer.headers.etag;
    if (etag === undefined) return headers;
    counts.etags++;
    const others = without(headers, ['etag']);
    if (etags === 'removed') return others;
    return {
      ...others,
      etag: etags === 'weakened' ? `W/${etag.replace(/^W\//, '')}` : etag.replace(/"$/, '-gzip"'),
    };
  }

  // Both kinds of idle time: within a response (a stream), and between two requests.
  server.timeout = server.keepAliveTimeout = idleMs;
  server.on('timeout', (socket: Socket) => {
    counts.cut++;
    socket.destroy();
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

function requestHeaders({ headers }: IncomingMessage): Headers {
  // The host's own compression would hide the proxy's.
  return without(headers, ['connection', 'keep-alive', 'accept-encoding']);
}

function without(headers: IncomingMessage['headers'], names: string[]): Headers {
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string | string[]] => {
      const [name, value] = entry;
      return value !== undefined && !names.includes(name);
    }),
  );
}

function joined(value: string | string[] | undefined, more: string): string {
  return value === undefined ? more : `${String(value)}, ${more}`;
}
