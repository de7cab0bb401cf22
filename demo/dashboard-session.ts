/**
 * The one thing that the demo's server computes, and the one thing that a partner's backend must do: say who
 * is signed in, by a token that the host accepts. Here anybody may choose to be anybody; a real backend looks
 * at its own session instead.
 *
 * @module
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Session } from './shared/session.ts';
import { sendJson, sendText } from './server.ts';
import { signSessionToken } from './session-token.ts';

/** What the session handler needs to know. */
export interface SessionSettings {
  accountId: string;
  signingKey: string;
  /** Who may be chosen; the first is who nobody chose. */
  agentIds: string[];
  hostUrl: string;
  shopUrl: string;
  shopInboxId: string;
  /** The dashboard's own origin; a request from a page of another one is refused. */
  origin: string;
}

const LIFETIME_SECONDS = 900;
const LARGEST_BODY = 1024;

/** `POST /session { agentId? }` answers with a `Session`. */
export async function handleSession(
  request: IncomingMessage,
  response: ServerResponse,
  settings: SessionSettings,
): Promise<void> {
  if (request.method !== 'POST') return sendText(response, 405, 'Only POST here.');
  if (request.headers.origin !== settings.origin)
    return sendText(response, 403, 'Only for the dashboard itself.');
  const wanted = await readAgentId(request);
  // An agent whom this browser remembers may be gone since the data was made anew.
  const agentId = settings.agentIds.find((id) => id === wanted) ?? settings.agentIds[0];
  if (!agentId) return sendText(response, 409, 'The workspace has no agents.');
  const { accountId, signingKey, hostUrl, shopUrl, shopInboxId } = settings;
  const token = signSessionToken({
    accountId,
    signingKey,
    agentId,
    now: Date.now(),
    lifetime: LIFETIME_SECONDS,
  });
  const session: Session = { token, expiresIn: LIFETIME_SECONDS, agentId, hostUrl, shopUrl, shopInboxId };
  sendJson(response, 200, session);
}

async function readAgentId(request: IncomingMessage): Promise<unknown> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) {
    body += String(chunk);
    if (body.length > LARGEST_BODY) return undefined;
  }
  try {
    const value: unknown = JSON.parse(body);
    return value && typeof value === 'object' && 'agentId' in value ? value.agentId : undefined;
  } catch {
    return undefined;
  }
}
