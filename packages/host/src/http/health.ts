import type { Database } from '../database/database.ts';
import { databaseUnavailable } from '../database/unavailable.ts';

/** Resolves when the database answers; rejects with `overloaded` when it does not in time. */
export type HealthCheck = () => Promise<void>;

/** Maximum time of a health check: probes of load balancers often wait one second. */
const TIMEOUT_MS = 800;
/** An answer of the database counts this long. Anyone may ask for the health, as often as they like. */
const FRESH_MS = 1_000;

export interface HealthCheckOptions {
  /** Default: 800. */
  timeoutMs?: number;
  /** Milliseconds. Default: `performance.now`. */
  now?: () => number;
}

/**
 * Creates the health check. One question to the database is shared by all callers within a second, and by
 * those who wait for its answer, so probes neither pile up in front of a database that hangs nor cost others
 * their turn.
 */
export function createHealthCheck(
  database: Pick<Database, 'run'>,
  { timeoutMs = TIMEOUT_MS, now = () => performance.now() }: HealthCheckOptions = {},
): HealthCheck {
  let last: { answer: Promise<unknown>; askedAt: number; isPending: boolean } | null = null;

  function ask(): Promise<unknown> {
    const answer = database.run('ping', undefined);
    const asked = { answer, askedAt: now(), isPending: true };
    last = asked;
    void answer.catch(() => {}).then(() => (asked.isPending = false));
    return answer;
  }

  return async () => {
    const isFresh = last && (last.isPending || now() - last.askedAt < FRESH_MS);
    const answer = isFresh ? last!.answer : ask();
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(databaseUnavailable()), timeoutMs);
    });
    try {
      await Promise.race([answer, timeout]);
    } finally {
      clearTimeout(timer);
    }
  };
}
