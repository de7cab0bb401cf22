/** The session that the partner's backend returns to a signed-in page. */
export interface Session {
  /** A short-lived JWT for the dashboard API. */
  token: string;
  /** Seconds until `token` expires. */
  expiresIn: number;
  agentId: string;
  hostUrl: string;
  shopUrl: string;
  /** The inbox that the shop embeds. */
  shopInboxId: string;
}

const KEY = 'toko-senja:agent';
/**
 * A token is replaced this long before it expires, in milliseconds, so that none expires during a request.
 */
const MARGIN_MS = 60_000;

/**
 * The agent of this page, as chosen when it was loaded. It does not change: a choice in another tab must not
 * put another agent's token into this page's requests.
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
  if (!response.ok) throw new Error(`The dashboard server returned ${response.status}.`);
  const session = (await response.json()) as Session;
  freshUntil = Date.now() + session.expiresIn * 1000 - MARGIN_MS;
  return session;
}

/**
 * Returns the session of the signed-in agent. Renews it when its token is about to expire or is the one that
 * the host `refused`. One request at a time.
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
 * Signs in as another agent. Reloads this page and the other tabs, because their content belongs to the
 * previous agent.
 */
export function switchAgent(agentId: string): void {
  localStorage.setItem(KEY, agentId);
  location.reload();
}
