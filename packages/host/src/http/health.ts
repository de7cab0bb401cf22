import type { Database } from '../database/database.ts';
import { databaseUnavailable } from '../database/unavailable.ts';

/** Resolves when the database responds; rejects with `overloaded` when it does not in time. */
export type HealthCheck = () => Promise<void>;

/** Maximum time of a health check: probes of load balancers often wait one second. */
const TIMEOUT_MS = 800;
/** Lifetime of a result: the endpoint needs no token and has no rate limit. */
const FRESH_MS = 1_000;

export interface HealthCheckOptions {
  /** Default: 800. */
  timeoutMs?: number;
  /** Milliseconds. Default: `performance.now`. */
  now?: () => number;
}

/**
 * Creates the health check. All callers within a second, and those during a pending query, share one query to
 * the database. So probes do not queue up when the database hangs, and do not delay other operations.
 */
export function createHealthCheck(
  database: Pick<Database, 'run'>,
  { timeoutMs = TIMEOUT_MS, now = () => performance.now() }: HealthCheckOptions = {},
): HealthCheck {
  let last: { result: Promise<unknown>; startedAt: number; isPending: boolean } | null = null;

  function startQuery(): Promise<unknown> {
    const result = database.run('ping', undefined);
    const query = { result, startedAt: now(), isPending: true };
    last = query;
    void result.catch(() => {}).then(() => (query.isPending = false));
    return result;
  }

  return async () => {
    const isFresh = last && (last.isPending || now() - last.startedAt < FRESH_MS);
    const result = isFresh ? last!.result : startQuery();
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(databaseUnavailable()), timeoutMs);
    });
    try {
      await Promise.race([result, timeout]);
    } finally {
      clearTimeout(timer);
    }
  };
}
