/**
 * The one thing that a partner's backend must compute: a token that names the signed-in agent and that the
 * host accepts. In the demo each person can choose any agent. A real backend reads its own session instead.
 *
 * @module
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Session } from './shared/session.ts';
import { sendJson, sendText } from './server.ts';
import { signSessionToken } from './session-token.ts';

/** Settings of the session handler. */
export interface SessionSettings {
  accountId: string;
  signingKey: string;
  /** Agents to choose from. The first is the default. */
  agentIds: string[];
  hostUrl: string;
  shopUrl: string;
  shopInboxId: string;
  /** The dashboard's own origin. Requests from other origins are refused. */
  origin: string;
}

const LIFETIME_SECONDS = 900;
const LARGEST_BODY = 1024;

/** Handles `POST /session { agentId? }`. Responds with a `Session`. */
export async function handleSession(
  request: IncomingMessage,
  response: ServerResponse,
  settings: SessionSettings,
): Promise<void> {
  if (request.method !== 'POST') return sendText(response, 405, 'Only POST here.');
  if (request.headers.origin !== settings.origin)
    return sendText(response, 403, 'Only for the dashboard itself.');
  const wanted = await readAgentId(request);
  // The agent that this browser stored may not exist in fresh data.
  const agentId = settings.agentIds.find((id) => id === wanted) ?? settings.agentIds[0];
  if (!agentId) return sendText(response, 409, 'The workspace has no agents.');
  const { accountId, signingKey, hostUrl, shopUrl, shopInboxId } = settings;
  const token = await signSessionToken({
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
