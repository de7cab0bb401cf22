import type { Database } from '../database/database.ts';
import type { Logger } from '../http/services.ts';
import type { Job } from '../operations/claim-jobs.ts';

/** How the jobs of one kind are worked on. */
export interface LaneOptions {
  kind: Job['kind'];
  /** At most so many at once in this process. */
  atOnce: number;
  /** At most so many at once for one account. */
  perAccount: number;
  database: Pick<Database, 'run'>;
  clock: () => number;
  logger: Logger;
  /** Receivers that no job is taken for now. */
  blockedReceivers: () => string[];
  /** When the next receiver's pause ends, in milliseconds since 1970; null when there is none. */
  nextPauseEnd: () => number | null;
  /** Does a job; it must write the outcome itself. */
  work: (job: Job) => Promise<void>;
  /** Aborts when the process stops. */
  stopping: AbortSignal;
}

/** Looks again after this long even when no notice came. */
const IDLE_MS = 30_000;
const SHORTEST_WAIT_MS = 50;
/** Looks again after this long when the database did not answer. */
const RETRY_MS = 2_000;

/**
 * Takes jobs of one kind as places become free. Lanes share nothing, so slow work of one kind delays no other
 * kind.
 */
export function createJobLane(options: LaneOptions) {
  const { kind, atOnce, perAccount, database, clock, logger, stopping } = options;
  const running = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let isClaiming = false;
  let claiming = Promise.resolve();
  let isWoken = false;

  function wake(): void {
    isWoken = true;
    if (!isClaiming && !stopping.aborted) claiming = claim();
  }

  async function claim(): Promise<void> {
    isClaiming = true;
    clearTimeout(timer);
    let nextInMs = IDLE_MS;
    try {
      while (isWoken && running.size < atOnce && !stopping.aborted) {
        isWoken = false;
        const limit = atOnce - running.size;
        const blockedReceivers = options.blockedReceivers();
        const claimed = await database.run('claimJobs', { kind, limit, perAccount, blockedReceivers });
        for (const job of claimed.jobs) run(job);
        if (claimed.jobs.length > 0) isWoken = true;
        // Jobs that are due already wait for the end of their receiver's pause.
        const nextAt = Math.min(claimed.nextAt?.getTime() ?? Infinity, options.nextPauseEnd() ?? Infinity);
        nextInMs = Math.min(IDLE_MS, Math.max(SHORTEST_WAIT_MS, nextAt - clock()));
      }
    } catch (error) {
      nextInMs = RETRY_MS;
      if (!stopping.aborted) logger.error('Jobs could not be read', error);
    }
    isClaiming = false;
    if (stopping.aborted) return;
    timer = setTimeout(wake, nextInMs);
    timer.unref();
  }

  function run(job: Job): void {
    const done = options
      .work(job)
      .catch((error: unknown) => {
        if (!stopping.aborted) logger.error(`Job ${job.id} failed`, error);
      })
      .finally(() => {
        running.delete(done);
        wake();
      });
    running.add(done);
  }

  return {
    wake,
    /** Waits for jobs under way, those included that are being taken in this moment. */
    async settle(): Promise<void> {
      clearTimeout(timer);
      await claiming;
      await Promise.allSettled(running);
    },
  };
}
