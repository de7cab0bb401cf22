import type { Database } from '../database/database.ts';
import type { HostEvent } from '../database/host-event.ts';
import type { Logger } from '../logger.ts';
import type { After } from '../timers.ts';
import { isHostProblem } from '../problem.ts';
import type { Reader } from './reader.ts';

/** Credentials with which a stream was opened. */
export interface StreamAccess {
  /** Expiry of the token, in milliseconds since 1970. Null: it never expires. */
  expiresAt: number | null;
  /** Refresh-token family of a visitor's access token. Null for other tokens. */
  family: string | null;
  /** Rejects with `unauthenticated` once the credentials are refused. Null: only the family is checked. */
  authenticate: (() => Promise<unknown>) | null;
}

/**
 * Maximum time, in milliseconds, by which a stream ends before its token expires. A random part of it spreads
 * the reconnects.
 */
const MAX_JITTER_MS = 30_000;
/**
 * Minimum duration of a stream. Without it, a reader with an almost expired token would reconnect in a loop.
 */
const MIN_STREAM_MS = 5_000;
/** Reconnect delay that `bye` gives a reader, to get a new token. The reader adds its own jitter. */
const RECONNECT_MS = 500;
/**
 * Interval at which credentials are checked without a host event. Lookups are cached for 10 s, so a revoked
 * credential ends its streams within 20 s.
 */
const CHECK_MS = 9_000;
/** Maximum number of families in one query. */
const FAMILIES_PER_QUERY = 500;
/** Time for which a revoked family is remembered. No access token lives longer. */
const REMEMBER_MS = 17 * 60_000;
const MAX_REMEMBERED = 50_000;

/** Dependencies of an access watch. */
export interface AccessWatchOptions {
  database: Database;
  clock: () => number;
  after: After;
  /** Returns a number from 0 up to, but not including, 1. */
  random: () => number;
  logger: Logger;
}

/**
 * Ends streams whose token expires or is revoked. Before an expiry it sends `bye`, so that the reader renews
 * the token and reconnects. A revocation with a host event takes effect immediately. Without one, it takes
 * effect within `CHECK_MS` plus the time that lookups are cached.
 */
export function createAccessWatch({ database, clock, after, random, logger }: AccessWatchOptions) {
  const watched = new Set<{ reader: Reader; access: StreamAccess }>();
  const revokedUntil = new Map<string, number>();
  let isChecking = false;
  let isCheckRequested = false;
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

  /** Checks, and repeats the check when another one was requested while it ran. */
  async function check(withFamilies: boolean): Promise<void> {
    checkFamilies ||= withFamilies;
    isCheckRequested = true;
    if (isChecking) return;
    isChecking = true;
    try {
      while (isCheckRequested && !stopping.signal.aborted) {
        isCheckRequested = false;
        await Promise.all([...watched].map(checkCredentials));
        if (checkFamilies) await checkAllFamilies();
      }
    } catch (error) {
      // The database is unavailable. The next check tries again.
      if (!stopping.signal.aborted && !isHostProblem(error))
        logger.error('Streams could not be checked', error);
    } finally {
      isChecking = false;
    }
  }

  async function checkAllFamilies(): Promise<void> {
    checkFamilies = false;
    const families = [...new Set([...watched].flatMap(({ access }) => access.family ?? []))];
    for (let at = 0; at < families.length && !stopping.signal.aborted; at += FAMILIES_PER_QUERY)
      revoke(
        await database.run('findRevokedFamilies', { families: families.slice(at, at + FAMILIES_PER_QUERY) }),
      );
  }

  async function checkCredentials({ reader, access }: { reader: Reader; access: StreamAccess }) {
    try {
      await access.authenticate?.();
    } catch (error) {
      if (isHostProblem(error) && error.code === 'unauthenticated') reader.end();
      // An expired token has its own timer. Other host errors do not concern the credentials.
      else if (!isHostProblem(error)) throw error;
    }
  }

  return {
    /** Watches a stream. Returns a function that stops watching it. */
    watch(reader: Reader, access: StreamAccess): () => void {
      const entry = { reader, access };
      watched.add(entry);
      const { expiresAt } = access;
      const cancel =
        expiresAt === null
          ? () => {}
          : after(Math.max(MIN_STREAM_MS, expiresAt - clock() - random() * MAX_JITTER_MS), () => {
              reader.send('bye', { retryMs: RECONNECT_MS });
              reader.end();
            });
      return () => {
        watched.delete(entry);
        cancel();
      };
    },
    /** Whether access tokens of this family are refused. */
    isRevoked: (family: string): boolean => (revokedUntil.get(family) ?? 0) > clock(),
    /** Handles a host event. Changes of keys, agents and accounts arrive as `settings`. */
    onHostEvent(hostEvent: HostEvent): void {
      if (hostEvent.kind === 'revoked') revoke([hostEvent.family]);
      // Revoked families have a host event of their own, so `settings` does not check families.
      if (hostEvent.kind === 'settings' || hostEvent.kind === 'resync')
        void check(hostEvent.kind === 'resync');
    },
    stop(): void {
      stopping.abort();
      cancelCheck();
    },
  };
}

export type AccessWatch = ReturnType<typeof createAccessWatch>;
