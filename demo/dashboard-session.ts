/**
 * The one thing that a partner's backend must compute: a token that names the signed-in agent and that the
 * host accepts. In the demo each person can choose any agent. A real backend reads its own session instead.
 *
 * @module
 */
import { bodyLimit } from 'hono/body-limit';
import type { Session } from './shared/session.ts';
import type { Site } from './server.ts';
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
const MAX_BODY_BYTES = 1024;

/** Adds `POST /session { agentId? }`, which responds with a `Session`, to the dashboard's site. */
export function addSessionRoute(site: Site, settings: SessionSettings): void {
  site.post('/session', bodyLimit({ maxSize: MAX_BODY_BYTES }), async (c) => {
    c.header('Cache-Control', 'no-store');
    if (c.req.header('Origin') !== settings.origin) return c.text('Only for the dashboard itself.\n', 403);
    const body = await c.req.json<{ agentId?: unknown } | null>().catch(() => null);
    // The agent that this browser stored may not exist in fresh data.
    const agentId = settings.agentIds.find((id) => id === body?.agentId) ?? settings.agentIds[0];
    if (!agentId) return c.text('The workspace has no agents.\n', 409);
    const { accountId, signingKey, hostUrl, shopUrl, shopInboxId } = settings;
    const token = await signSessionToken({
      accountId,
      signingKey,
      agentId,
      now: Date.now(),
      lifetime: LIFETIME_SECONDS,
    });
    const session: Session = { token, expiresIn: LIFETIME_SECONDS, agentId, hostUrl, shopUrl, shopInboxId };
    return c.json(session);
  });
  site.all('/session', (c) => c.text('Only POST here.\n', 405, { 'Cache-Control': 'no-store' }));
}
