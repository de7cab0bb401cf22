import type { VisitorSession } from '@alur/protocol';
import { isClientError } from '../client-error.ts';
import type { Runtime } from '../runtime.ts';
import type { VisitorStorage } from '../storage/visitor-storage.ts';

/** Stored data of a visitor. The access token is in memory only. */
export interface VisitorRecord {
  visitorId: string;
  refreshToken: string;
}

/** Dependencies of the credentials. */
export interface CredentialsOptions {
  runtime: Runtime;
  storage(): Promise<VisitorStorage>;
  create(): Promise<VisitorSession>;
  refresh(refreshToken: string): Promise<VisitorSession>;
  /** Runs `action` while no other tab runs it. */
  exclusively<T>(action: () => Promise<T>): Promise<T>;
  /** Called with each new token session. `isNew` is true when the visitor id has changed. */
  onSession(session: VisitorSession, isNew: boolean): void;
}

/** Access tokens on demand. */
export interface Credentials {
  /** Returns a valid token. Requests one if necessary, once for all waiting callers. */
  token(): Promise<string>;
  /** Returns true if there is a visitor whose token can be renewed, so that no visitor would be created. */
  known(): Promise<boolean>;
  /**
   * Returns true if another page has deleted or replaced the visitor that this page knows. A page in the
   * back/forward cache receives no messages from other pages, so it must check when it is shown again.
   */
  isForgotten(): Promise<boolean>;
  /** Reports that the host rejected `token`. */
  reject(token: string): void;
}

/**
 * Time before expiry at which a token is renewed, in milliseconds. Hosts end streams up to 30 s before
 * expiry, and the next stream needs a new token.
 */
const MARGIN_MS = 40_000;

/** Creates the credentials of one visitor. Requests and stores nothing before the first `token()`. */
export function createCredentials(options: CredentialsOptions): Credentials {
  const { runtime, storage, create, refresh, exclusively, onSession } = options;
  let current: { token: string; until: number } | null = null;
  let pending: Promise<string> | null = null;
  let known: VisitorRecord | undefined;

  async function obtain(before = known): Promise<string> {
    const store = await storage();
    // Another tab may have used the refresh token. The stored one is newer.
    const record = (known = (await store.read<VisitorRecord>('visitor')) ?? known);
    const session = (record && (await renew(record))) ?? (await create());
    const { visitorId, refreshToken } = session;
    const isNew = (before ?? record)?.visitorId !== visitorId;
    // Without locks, another tab may have done the same at the same time. The first stored record is kept.
    known = await store.update<VisitorRecord>('visitor', (kept) =>
      kept && kept.refreshToken !== record?.refreshToken ? kept : { visitorId, refreshToken },
    );
    if (known.visitorId !== visitorId) return obtain(before);
    current = { token: session.token, until: runtime.now() + session.expiresIn * 1000 - MARGIN_MS };
    onSession(session, isNew);
    return session.token;
  }
  async function renew(record: VisitorRecord): Promise<VisitorSession | undefined> {
    try {
      return await refresh(record.refreshToken);
    } catch (error) {
      if (isClientError(error) && error.status === 401) return undefined;
      throw error;
    }
  }
  return {
    token() {
      if (current && current.until > runtime.now()) return Promise.resolve(current.token);
      pending ??= exclusively(() => obtain()).finally(() => (pending = null));
      return pending;
    },
    known: async () => (known ?? (await (await storage()).read('visitor'))) !== undefined,
    async isForgotten() {
      if (!known) return false;
      // Deleting a database closes the connections of other pages, so that the read fails.
      const read = async () => (await storage()).read<VisitorRecord>('visitor');
      const stored = await read().catch(() => undefined);
      return stored?.visitorId !== known.visitorId;
    },
    reject(token) {
      if (current?.token === token) current = null;
    },
  };
}
