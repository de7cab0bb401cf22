import { Worker } from 'node:worker_threads';
import type { AiQuestion } from '../workspace.ts';
import type { Match } from './question-index.ts';
import type { QuestionRequest, QuestionResponse } from './question-worker.ts';

/** A search that takes longer is given up, and its thread is ended with it. */
const TIMEOUT_MS = 5_000;
/** A thread that is not ready by then is ended. */
const START_MS = 30_000;

const workerUrl = new URL(
  import.meta.url.endsWith('.ts') ? './question-worker.ts' : './question-worker.js',
  import.meta.url,
);

interface Waiting {
  /** Begins to measure the time of the search. */
  startTimer: (ms: number) => void;
  resolve: (match: Match | null) => void;
  reject: (error: Error) => void;
}

/** Looks for the question that is most like a text. Rejects when that takes too long, or `signal` aborts. */
export type FindQuestion = (
  text: string,
  questions: AiQuestion[],
  signal: AbortSignal,
) => Promise<Match | null>;

/**
 * Runs searches in a thread, one after the other. It starts with the first search, keeps no process alive,
 * and a search that takes too long ends it: the searches behind that one fail as well and are tried again by
 * the jobs they belong to.
 */
export function createQuestionThread({ timeoutMs = TIMEOUT_MS, url = workerUrl } = {}): FindQuestion {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  /** Whether the thread has loaded its code. */
  let isReady = false;
  let lastId = 0;

  function fail(failed: Worker, error: Error): void {
    if (worker !== failed) return;
    worker = null;
    isReady = false;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
    void failed.terminate();
  }

  function start(): Worker {
    const started = new Worker(url);
    started.on('message', (message: QuestionResponse | 'ready') => {
      if (message === 'ready') {
        isReady = true;
        for (const { startTimer } of waiting.values()) startTimer(timeoutMs);
        return;
      }
      waiting.get(message.id)?.resolve(message.match);
      waiting.delete(message.id);
    });
    started.on('error', (error) => fail(started, error));
    started.on('exit', () => fail(started, new Error('The thread that looks for questions ended.')));
    // After the listeners: each of them keeps the process alive.
    started.unref();
    return started;
  }

  return (text, questions, signal) =>
    new Promise<Match | null>((resolve, reject) => {
      signal.throwIfAborted();
      const thread = (worker ??= start());
      const id = ++lastId;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const startTimer = (ms: number): void => {
        clearTimeout(timer);
        timer = setTimeout(() => fail(thread, new Error(`No question was found within ${ms} ms.`)), ms);
      };
      startTimer(isReady ? timeoutMs : START_MS);
      const stop = (): void => void (waiting.delete(id) && reject(signal.reason as Error));
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', stop);
      };
      signal.addEventListener('abort', stop, { once: true });
      waiting.set(id, {
        startTimer,
        resolve: (match) => (done(), resolve(match)),
        reject: (error) => (done(), reject(error)),
      });
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread's port has no origin
      thread.postMessage({ id, text, questions } satisfies QuestionRequest);
    });
}
