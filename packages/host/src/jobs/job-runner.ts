import type { AiAnswerer } from '../ai/ai-answer.ts';
import { sentences } from '../ai/phrases.ts';
import type { Database } from '../database/database.ts';
import { limitOperations } from '../database/limit-operations.ts';
import type { Logger } from '../logger.ts';
import type { Job } from '../operations/claim-jobs.ts';
import { createJobLane } from './job-lane.ts';
import { postWebhook, type WebhookResult } from './post-webhook.ts';
import { createReceiverBreaker, type CallOutcome } from './receiver-breaker.ts';

export interface JobRunnerOptions {
  database: Database;
  clock: () => number;
  logger: Logger;
  ai: AiAnswerer;
  allowPrivateWebhooks: boolean;
  /** Whether no other process uses this database. Leases of the last run are then void. */
  isAlone: boolean;
}

/**
 * Concurrency of each kind. Jobs mostly wait for other servers. One account can use only a part of the
 * places.
 */
const AI_LANE = { atOnce: 32, perAccount: 8 };
const WEBHOOK_LANE = { atOnce: 64, perAccount: 8 };
/**
 * Maximum number of concurrent database operations of all jobs. It is lower than the number of connections,
 * so that requests find a free one.
 */
const OPERATIONS_AT_ONCE = 4;
const AI_ATTEMPTS = 3;
const WEBHOOK_ATTEMPTS = 8;
/** Maximum length of an AI agent's message in code points. The same limit applies to visitors. */
const MAX_REPLY_LENGTH = 4_000;
const SWEEP_MS = 60 * 60_000;
/**
 * Maximum time that is added to the wait that a receiver requested. A wait of a day plus this time stays
 * under `MAX_AHEAD_MS`.
 */
const MAX_SPREAD_MS = 30 * 60_000;
/** Failure text of a job whose attempts all ended with the process. */
const PROCESS_ENDED = 'The host process ended during every attempt.';

/**
 * Runs the work that the database stores for the time after a turn: AI replies and webhook calls. Jobs are
 * rows, so a crash only delays them. One transaction writes the outcome of a job and removes its row, so no
 * job has two outcomes in the log. An attempt is counted before it runs, so a job that crashes the process is
 * given up like any other.
 */
export function createJobRunner(options: JobRunnerOptions) {
  const { clock, logger, ai } = options;
  const database = limitOperations(options.database, { atOnce: OPERATIONS_AT_ONCE });
  const stopping = new AbortController();
  const breaker = createReceiverBreaker(clock);
  const shared = { database, clock, logger, stopping: stopping.signal };
  const lanes = [
    createJobLane({
      ...shared,
      ...AI_LANE,
      kind: 'ai-reply',
      blockedReceivers: () => [],
      nextPauseEnd: () => null,
      work: replyAsAi,
    }),
    createJobLane({
      ...shared,
      ...WEBHOOK_LANE,
      kind: 'webhook',
      blockedReceivers: breaker.blocked,
      nextPauseEnd: breaker.nextEnd,
      work: callWebhook,
    }),
  ];
  let sweepTimer: NodeJS.Timeout | undefined;

  function wake(): void {
    for (const lane of lanes) lane.wake();
  }

  /** Removes expired records. Files are large, so each operation removes only a few. */
  async function sweep(): Promise<void> {
    await database.run('sweep', undefined);
    while (!stopping.signal.aborted && (await database.run('sweepAttachments', undefined)));
  }

  async function replyAsAi(job: Job): Promise<void> {
    const context = await database.run('beginAiReply', { job });
    if (!context) return;
    const { aiAgent, visitorId, canHandOver } = context;
    const { accountId, conversationId } = job;
    const giveUp = (failure: string): Promise<void> => {
      logger.warn(`AI agent ${aiAgent.id} gave up after ${AI_ATTEMPTS} attempts: ${failure}`);
      const text = aiAgent.fallback ?? sentences[aiAgent.language].fallback;
      return database.run('finishAiReply', { job, text, handOver: canHandOver, failure });
    };
    if (job.attempts > AI_ATTEMPTS) return giveUp(PROCESS_ENDED);
    database.notify({
      kind: 'typing',
      accountId,
      conversationId,
      visitorId,
      signal: { by: 'ai', name: aiAgent.name, conversationId },
    });
    let answer;
    try {
      answer = await ai.answer(context, stopping.signal);
    } catch (error) {
      if (stopping.signal.aborted) return database.run('releaseJob', { job });
      const failure = error instanceof Error ? error.message : String(error);
      if (job.attempts < AI_ATTEMPTS) return postpone(job, 1_000 * 4 ** (job.attempts - 1));
      return giveUp(failure);
    }
    const text = answer.text === null ? null : [...answer.text].slice(0, MAX_REPLY_LENGTH).join('');
    await database.run('finishAiReply', { job, ...answer, text });
  }

  async function callWebhook(job: Job): Promise<void> {
    // Counted before the first `await`, so that the next claim includes this call.
    const end = breaker.begin(job.receiver ?? '');
    if (!end) return database.run('releaseJob', { job });
    let outcome: CallOutcome = 'not-called';
    try {
      const call = await database.run('beginWebhook', { job });
      if (!call || job.kind !== 'webhook') return;
      if (job.attempts > WEBHOOK_ATTEMPTS)
        return await database.run('finishWebhook', { job, outcome: 'failed', detail: PROCESS_ENDED });
      const result = await postWebhook(job.payload.url, JSON.stringify(call.body), {
        id: job.id,
        secret: call.secret,
        nowMs: clock(),
        allowPrivate: options.allowPrivateWebhooks,
        signal: stopping.signal,
      }).catch((error: unknown): WebhookResult => ({
        ok: false,
        detail: String(error),
        isFinal: false,
        wasTried: true,
      }));
      if (stopping.signal.aborted && !result.ok) return await database.run('releaseJob', { job });
      if (result.ok || result.wasTried) outcome = result.ok || result.isFinal ? 'answered' : 'failed';
      if (result.ok) return await database.run('finishWebhook', { job, outcome: 'delivered' });
      if (result.isFinal || job.attempts >= WEBHOOK_ATTEMPTS)
        return await database.run('finishWebhook', { job, outcome: 'failed', detail: result.detail });
      await postpone(job, 5_000 * 3 ** (job.attempts - 1), result.retryAfterMs);
    } finally {
      end(outcome);
    }
  }

  /**
   * Schedules another attempt. Waits are random, so that jobs that failed together do not retry together.
   * `leastMs` is the minimum wait that the receiver requested.
   */
  function postpone(job: Job, ceilingMs: number, leastMs = 0): Promise<void> {
    const spread = Math.min(leastMs / 20, MAX_SPREAD_MS) * Math.random();
    const waitMs = Math.max(ceilingMs * (0.5 + Math.random() / 2), leastMs + spread);
    return database.run('postponeJob', { job, runAt: new Date(clock() + waitMs) });
  }

  return {
    async start(): Promise<void> {
      if (options.isAlone) await database.run('releaseJobs', undefined);
      sweepTimer = setInterval(() => void sweep().catch(() => {}), SWEEP_MS);
      sweepTimer.unref();
      wake();
    },
    wake,
    /** Stops claiming jobs and waits for running ones. Interrupted jobs run after the next start. */
    async stop(): Promise<void> {
      stopping.abort();
      clearInterval(sweepTimer);
      await Promise.all(lanes.map((lane) => lane.settle()));
    },
  };
}
