import type { AiAnswerer } from '../ai/ai-answerer.ts';
import { sentences } from '../ai/phrases.ts';
import type { Database } from '../database/database.ts';
import type { Logger } from '../http/services.ts';
import type { Job } from '../operations/jobs.ts';
import { postWebhook } from './post-webhook.ts';

export interface JobRunnerOptions {
  database: Database;
  clock: () => number;
  logger: Logger;
  ai: AiAnswerer;
  allowPrivateWebhooks: boolean;
  /** Whether no other process works on this database: then leases of the last run are void. */
  isAlone: boolean;
}

/** At most so many at once. */
const AT_ONCE = 16;
const AI_ATTEMPTS = 3;
const WEBHOOK_ATTEMPTS = 8;
/** Code points of an AI agent's message, like a visitor's. */
const MAX_REPLY = 4_000;
const SWEEP_MS = 60 * 60_000;
/** Looks again after this long even when nobody woke it. */
const IDLE_MS = 30_000;

/**
 * Does what the database says is to be done after a turn: AI replies and webhook calls. Jobs are rows, so a crash only delays them; each ends by
 * one transaction that writes its outcome and removes the row, so none is done twice in the log.
 */
export function createJobRunner(options: JobRunnerOptions) {
  const { database, clock, logger, ai } = options;
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let sweepTimer: NodeJS.Timeout | undefined;
  let isClaiming = false;
  let claiming = Promise.resolve();
  let isWoken = false;

  function wake(): void {
    isWoken = true;
    if (!isClaiming && !stopping.signal.aborted) claiming = claim();
  }

  async function claim(): Promise<void> {
    isClaiming = true;
    clearTimeout(timer);
    let nextInMs = IDLE_MS;
    try {
      while (isWoken && running.size < AT_ONCE && !stopping.signal.aborted) {
        isWoken = false;
        const { jobs, nextAt } = await database.run('claimJobs', { limit: AT_ONCE - running.size });
        for (const job of jobs) run(job);
        if (jobs.length > 0) isWoken = true;
        if (nextAt) nextInMs = Math.min(IDLE_MS, Math.max(50, nextAt.getTime() - clock()));
      }
    } catch (error) {
      if (!stopping.signal.aborted) logger.error('Jobs could not be read', error);
    }
    isClaiming = false;
    if (stopping.signal.aborted) return;
    timer = setTimeout(wake, nextInMs);
    timer.unref();
  }

  function run(job: Job): void {
    const done = (job.kind === 'ai-reply' ? replyAsAi(job) : callWebhook(job))
      .catch((error: unknown) => {
        if (!stopping.signal.aborted) logger.error(`Job ${job.id} failed`, error);
      })
      .finally(() => {
        running.delete(done);
        wake();
      });
    running.add(done);
  }

  async function replyAsAi(job: Job): Promise<void> {
    const context = await database.run('beginAiReply', { job });
    if (!context) return;
    const { aiAgent, visitorId, canHandOver } = context;
    const { accountId, conversationId } = job;
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
      if (stopping.signal.aborted) return;
      const failure = error instanceof Error ? error.message : String(error);
      if (job.attempts < AI_ATTEMPTS) return postpone(job, 1_000 * 4 ** (job.attempts - 1));
      logger.warn(`AI agent ${aiAgent.id} failed ${job.attempts} times: ${failure}`);
      const text = aiAgent.fallback ?? sentences[aiAgent.language].fallback;
      await database.run('finishAiReply', { job, text, handOver: canHandOver, failure });
      return;
    }
    const text = answer.text === null ? null : [...answer.text].slice(0, MAX_REPLY).join('');
    await database.run('finishAiReply', { job, ...answer, text });
  }

  async function callWebhook(job: Job): Promise<void> {
    const call = await database.run('beginWebhook', { job });
    if (!call || job.kind !== 'webhook') return;
    const result = await postWebhook(job.payload.url, JSON.stringify(call.body), {
      id: job.id,
      secret: call.secret,
      nowMs: clock(),
      allowPrivate: options.allowPrivateWebhooks,
      signal: stopping.signal,
    }).catch((error: unknown) => ({ ok: false, detail: String(error), isFinal: false }) as const);
    if (stopping.signal.aborted && !result.ok) return;
    if (result.ok) return database.run('finishWebhook', { job, outcome: 'delivered' });
    if (result.isFinal || job.attempts >= WEBHOOK_ATTEMPTS)
      return database.run('finishWebhook', { job, outcome: 'failed', detail: result.detail });
    return postpone(job, 5_000 * 3 ** (job.attempts - 1));
  }

  /** Full jitter: many jobs that failed together do not come back together. */
  function postpone(job: Job, ceilingMs: number): Promise<void> {
    const runAt = new Date(clock() + ceilingMs * (0.5 + Math.random() / 2));
    return database.run('postponeJob', { job, runAt });
  }

  return {
    async start(): Promise<void> {
      if (options.isAlone) await database.run('releaseJobs', undefined);
      sweepTimer = setInterval(() => void database.run('sweep', undefined).catch(() => {}), SWEEP_MS);
      sweepTimer.unref();
      wake();
    },
    wake,
    /** Stops taking jobs and waits for those under way; what was cut off is done after the next start. */
    async stop(): Promise<void> {
      stopping.abort();
      clearTimeout(timer);
      clearInterval(sweepTimer);
      // What was being taken in this moment is under way, too.
      await claiming;
      await Promise.allSettled(running);
    },
  };
}
