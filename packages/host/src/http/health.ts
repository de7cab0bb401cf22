import type { Database } from '../database/database.ts';
import { databaseUnavailable } from '../database/unavailable.ts';

/** Resolves when the database answers; rejects with `overloaded` when it does not in time. */
export type HealthCheck = () => Promise<void>;

/** Maximum time of a health check: probes of load balancers often wait one second. */
const TIMEOUT_MS = 800;

/**
 * Creates the health check. One question to the database is shared by all callers that wait for it, so probes do not pile
 * up in front of a database that hangs.
 */
export function createHealthCheck(
  database: Pick<Database, 'run'>,
  timeoutMs: number = TIMEOUT_MS,
): HealthCheck {
  let pending: Promise<unknown> | null = null;

  return async () => {
    pending ??= database.run('ping', undefined).finally(() => (pending = null));
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(databaseUnavailable()), timeoutMs);
    });
    try {
      await Promise.race([pending, timeout]);
    } finally {
      clearTimeout(timer);
    }
  };
}
