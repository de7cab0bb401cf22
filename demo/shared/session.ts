/** What the partner's backend tells a page that has signed in. */
export interface Session {
  /** For the host's dashboard door; a short-lived JWT. */
  token: string;
  /** Seconds until `token` stops working. */
  expiresIn: number;
  agentId: string;
  hostUrl: string;
  shopUrl: string;
  /** The inbox that the shop embeds. */
  shopInboxId: string;
}

const KEY = 'toko-senja:agent';
/** A token is replaced this long before it ends, so that none ends on its way. */
const MARGIN_MS = 60_000;

/**
 * The agent of this page, as chosen when it was loaded. The page keeps this agent: what another tab chooses
 * later must not put another agent's token under this page's calls.
 */
const signedIn = typeof localStorage === 'undefined' ? undefined : (localStorage.getItem(KEY) ?? undefined);

if (typeof addEventListener === 'function') {
  addEventListener('storage', ({ key }) => {
    if (key === KEY) location.reload();
  });
}

let current: Promise<Session> | null = null;
let freshUntil = 0;

async function requestSession(): Promise<Session> {
  const response = await fetch('/session', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ agentId: signedIn }),
  });
  if (!response.ok) throw new Error(`The dashboard's server answered ${response.status}.`);
  const session = (await response.json()) as Session;
  freshUntil = Date.now() + session.expiresIn * 1000 - MARGIN_MS;
  return session;
}

/**
 * The session of the agent who is signed in; renewed when its token is about to end, or is the one that the
 * host `refused`. One request at a time.
 */
export async function getSession(refused?: string): Promise<Session> {
  if (refused !== undefined && (await current?.catch(() => null))?.token === refused) freshUntil = 0;
  if (!current || Date.now() > freshUntil) {
    freshUntil = Infinity;
    current = requestSession().catch((error: unknown) => {
      current = null;
      throw error;
    });
  }
  return current;
}

/**
 * Signs in as another agent. This page and the other tabs are loaded again, because everything on them
 * belongs to the agent before.
 */
export function switchAgent(agentId: string): void {
  localStorage.setItem(KEY, agentId);
  location.reload();
}
