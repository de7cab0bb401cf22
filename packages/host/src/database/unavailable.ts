import { HostProblem } from '../problem.ts';

/** Seconds after which a caller may try again. */
const RETRY_AFTER = 2;

/**
 * Returns the problem of a database that is unavailable or does not respond: 503 with `Retry-After`. The
 * caller may repeat the request unchanged.
 */
export function databaseUnavailable(): HostProblem {
  return new HostProblem('overloaded', 'The database does not respond at the moment. Try again shortly.', {
    retryAfter: RETRY_AFTER,
  });
}

/**
 * Returns the problem of a call beyond the maximum that may wait for the database: 503 with `Retry-After`.
 */
export function databaseOverloaded(): HostProblem {
  return new HostProblem('overloaded', 'Too much is waiting for the database. Try again in a moment.', {
    retryAfter: RETRY_AFTER,
  });
}

/**
 * Creates a log of outages. Logs the beginning and the end once each, because every request fails in the same
 * way.
 */
export function createOutageLog(logger: { info(message: string): void; error(message: string): void }) {
  let isAway = false;
  return {
    failed(error: unknown): void {
      if (!isAway) logger.error(`The database is unavailable: ${messageOf(error)}`);
      isAway = true;
    },
    succeeded(): void {
      if (isAway) logger.info('The database is available again');
      isAway = false;
    },
  };
}

export type OutageLog = ReturnType<typeof createOutageLog>;

/** Returns the message of an error. An `AggregateError` (several addresses tried) has none of its own. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
