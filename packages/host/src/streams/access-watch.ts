import type { Database } from '../database/database.ts';
import type { Notice } from '../database/notice.ts';
import type { After, Logger } from '../http/services.ts';
import { isHostProblem } from '../problem.ts';
import type { Reader } from './reader.ts';

/** What a stream may be read with, as it was when the stream was opened. */
export interface StreamAccess {
  /** When the token expires, in milliseconds since 1970; null: never. */
  expiresAt: number | null;
  /** The refresh-token family of a visitor's access token; null where there is none. */
  family: string | null;
  /** Rejects with `unauthenticated` once the same credentials are refused. Null: only the family decides. */
  authenticate: (() => Promise<unknown>) | null;
}

/**
 * A stream ends up to this long before its token expires, so that not all readers come back at one moment.
 */
const SPREAD_MS = 30_000;
/**
 * A stream that is opened with a token about to expire lasts at least this long, or its reader would come
 * back in a loop.
 */
const SHORTEST_MS = 5_000;
/** How long a reader waits before it comes back with a new token; it spreads that by itself. */
const COME_BACK_MS = 500;
/**
 * How often credentials are checked again when no notice asked for it. Look-ups are remembered for 10 s, so
 * 20 s hold in all.
 */
const CHECK_MS = 9_000;
/** Families asked for in one statement. */
const AT_ONCE = 500;
/** No access token outlives this, so a revoked family need not be remembered longer. */
const REMEMBER_MS = 17 * 60_000;
const MAX_REMEMBERED = 50_000;

/** What an access watch works with. */
export interface AccessWatchOptions {
  database: Database;
  clock: () => number;
  after: After;
  /** 0 up to, but not including, 1. */
  random: () => number;
  logger: Logger;
}

/**
 * Ends streams whose token expires (with `bye`, so that the reader renews it and goes on) or is revoked: at
 * once when a notice says so, else within `CHECK_MS` and the time that look-ups are remembered.
 */
export function createAccessWatch({ database, clock, after, random, logger }: AccessWatchOptions) {
  const watched = new Set<{ reader: Reader; access: StreamAccess }>();
  const revokedUntil = new Map<string, number>();
  let isChecking = false;
  let isWanted = false;
  let checkFamilies = false;
  const stopping = new AbortController();
  let cancelCheck = after(CHECK_MS, tick);

  function tick(): void {
    if (stopping.signal.aborted) return;
    cancelCheck = after(CHECK_MS, tick);
    void check(true);
  }

  function revoke(families: readonly string[]): void {
    if (families.length === 0) return;
    const now = clock();
    if (revokedUntil.size > MAX_REMEMBERED) revokedUntil.clear();
    for (const [family, until] of revokedUntil) if (until <= now) revokedUntil.delete(family);
    for (const family of families) revokedUntil.set(family, now + REMEMBER_MS);
    for (const { reader, access } of watched)
      if (access.family !== null && revokedUntil.has(access.family)) reader.end();
  }

  /** Checks until no notice has asked for it meanwhile. */
  async function check(withFamilies: boolean): Promise<void> {
    checkFamilies ||= withFamilies;
    isWanted = true;
    if (isChecking) return;
    isChecking = true;
    try {
      while (isWanted && !stopping.signal.aborted) {
        isWanted = false;
        await Promise.all([...watched].map(checkCredentials));
        if (checkFamilies) await checkAllFamilies();
      }
    } catch (error) {
      // Unavailable now: the next check asks again.
      if (!stopping.signal.aborted && !isHostProblem(error))
        logger.error('Streams could not be checked', error);
    } finally {
      isChecking = false;
    }
  }

  async function checkAllFamilies(): Promise<void> {
    checkFamilies = false;
    const families = [...new Set([...watched].flatMap(({ access }) => access.family ?? []))];
    for (let at = 0; at < families.length && !stopping.signal.aborted; at += AT_ONCE)
      revoke(await database.run('findRevokedFamilies', { families: families.slice(at, at + AT_ONCE) }));
  }

  async function checkCredentials({ reader, access }: { reader: Reader; access: StreamAccess }) {
    try {
      await access.authenticate?.();
    } catch (error) {
      if (isHostProblem(error) && error.code === 'unauthenticated') reader.end();
      // Expiry is announced; anything else is no word about the credentials.
      else if (!isHostProblem(error)) throw error;
    }
  }

  return {
    /** Watches a stream until the returned function is called. */
    watch(reader: Reader, access: StreamAccess): () => void {
      const entry = { reader, access };
      watched.add(entry);
      const { expiresAt } = access;
      const cancel =
        expiresAt === null
          ? () => {}
          : after(Math.max(SHORTEST_MS, expiresAt - clock() - random() * SPREAD_MS), () => {
              reader.send('bye', { retryMs: COME_BACK_MS });
              reader.end();
            });
      return () => {
        watched.delete(entry);
        cancel();
      };
    },
    /** Whether access tokens of this family are refused. */
    isRevoked: (family: string): boolean => (revokedUntil.get(family) ?? 0) > clock(),
    /** Takes a notice; keys, agents and accounts change with `settings`. */
    onNotice(notice: Notice): void {
      if (notice.kind === 'revoked') revoke([notice.family]);
      // Revoked families have a notice of their own.
      if (notice.kind === 'settings' || notice.kind === 'resync') void check(notice.kind === 'resync');
    },
    stop(): void {
      stopping.abort();
      cancelCheck();
    },
  };
}

export type AccessWatch = ReturnType<typeof createAccessWatch>;
