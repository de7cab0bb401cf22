import type { Database } from '../database/database.ts';
import type { Logger } from '../logger.ts';
import type { Job } from '../operations/claim-jobs.ts';

/** Options for processing the jobs of one kind. */
export interface LaneOptions {
  kind: Job['kind'];
  /** Maximum number of concurrent jobs in this process. */
  atOnce: number;
  /** Maximum number of concurrent jobs of one account, over all processes. */
  perAccount: number;
  database: Pick<Database, 'run'>;
  clock: () => number;
  logger: Logger;
  /** Returns the receivers whose jobs must not be claimed now. */
  blockedReceivers: () => string[];
  /**
   * Returns when the next pause of a receiver ends, in milliseconds since 1970. Null: no receiver is paused.
   */
  nextPauseEnd: () => number | null;
  /** Processes a job. It must store the outcome itself. */
  work: (job: Job) => Promise<void>;
  /** Aborts when the process stops. */
  stopping: AbortSignal;
}

/** Polling interval without host events. */
const IDLE_MS = 30_000;
const MIN_WAIT_MS = 50;
/** Delay after a database error. */
const RETRY_MS = 2_000;

/**
 * Claims jobs of one kind as places become free. Lanes share no places, so slow jobs of one kind do not delay
 * another kind.
 */
export function createJobLane(options: LaneOptions) {
  const { kind, atOnce, perAccount, database, clock, logger, stopping } = options;
  const running = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let isClaiming = false;
  let claiming = Promise.resolve();
  let isClaimRequested = false;

  function wake(): void {
    isClaimRequested = true;
    if (!isClaiming && !stopping.aborted) claiming = claim();
  }

  async function claim(): Promise<void> {
    isClaiming = true;
    clearTimeout(timer);
    let nextInMs = IDLE_MS;
    try {
      while (isClaimRequested && running.size < atOnce && !stopping.aborted) {
        isClaimRequested = false;
        const limit = atOnce - running.size;
        const blockedReceivers = options.blockedReceivers();
        const claimed = await database.run('claimJobs', { kind, limit, perAccount, blockedReceivers });
        for (const job of claimed.jobs) run(job);
        if (claimed.jobs.length > 0) isClaimRequested = true;
        // Due jobs of a paused receiver wait until its pause ends.
        const nextAt = Math.min(claimed.nextAt?.getTime() ?? Infinity, options.nextPauseEnd() ?? Infinity);
        nextInMs = Math.min(IDLE_MS, Math.max(MIN_WAIT_MS, nextAt - clock()));
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
    /** Waits for running jobs, including those of a claim in progress. */
    async settle(): Promise<void> {
      clearTimeout(timer);
      await claiming;
      await Promise.allSettled(running);
    },
  };
}
