import type { VisitorSession } from '@alur/protocol';
import { isClientError } from '../client-error.ts';
import type { Runtime } from '../runtime.ts';
import type { VisitorStorage } from '../storage/visitor-storage.ts';

/** What is kept of a visitor between pages. The access token is not: it lives in memory only. */
export interface VisitorRecord {
  visitorId: string;
  refreshToken: string;
}

/** What credentials need. */
export interface CredentialsOptions {
  runtime: Runtime;
  storage(): Promise<VisitorStorage>;
  create(): Promise<VisitorSession>;
  refresh(refreshToken: string): Promise<VisitorSession>;
  /** Runs `action` while no other tab does the same. */
  exclusively<T>(action: () => Promise<T>): Promise<T>;
  /** Called with each new session of tokens; `isNew` when the visitor is another one than before. */
  onSession(session: VisitorSession, isNew: boolean): void;
}

/** Access tokens on demand. */
export interface Credentials {
  /** A token that should still work; asks the host for one, once for all who wait. */
  token(): Promise<string>;
  /** Whether there is somebody to renew a token for, so that nobody new would be made. */
  known(): Promise<boolean>;
  /** Says that `token` was refused. */
  reject(token: string): void;
}

/**
 * A token is renewed this long before it expires. Hosts end streams up to 30 s before, and the next stream
 * wants a new token.
 */
const MARGIN_MS = 40_000;

/** Makes the credentials of one visitor. Nothing is asked or kept before the first `token()`. */
export function createCredentials(options: CredentialsOptions): Credentials {
  const { runtime, storage, create, refresh, exclusively, onSession } = options;
  let current: { token: string; until: number } | null = null;
  let pending: Promise<string> | null = null;
  let known: VisitorRecord | undefined;

  async function obtain(before = known): Promise<string> {
    const store = await storage();
    // Another tab may have traded the refresh token: what is kept is newer than what we remember.
    const record = (known = (await store.read<VisitorRecord>('visitor')) ?? known);
    const session = (record && (await renew(record))) ?? (await create());
    const { visitorId, refreshToken } = session;
    const isNew = (before ?? record)?.visitorId !== visitorId;
    // Another tab may have done the same meanwhile, where none waits for the other: what was kept first
    // stands.
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
    reject(token) {
      if (current?.token === token) current = null;
    },
  };
}
