import { Worker } from 'node:worker_threads';
import type { AiQuestion } from '../workspace.ts';
import type { Match } from './question-index.ts';
import type { QuestionRequest, QuestionResponse } from './question-worker.ts';

/** Maximum time of a search. After it, the search fails and its thread is ended. */
const TIMEOUT_MS = 5_000;
/** Maximum time until the thread is ready. After it, the thread is ended. */
const START_MS = 30_000;

const workerUrl = new URL(
  import.meta.url.endsWith('.ts') ? './question-worker.ts' : './question-worker.js',
  import.meta.url,
);

interface Waiting {
  /** Starts the timeout of the search. */
  startTimer: (ms: number) => void;
  resolve: (match: Match | null) => void;
  reject: (error: Error) => void;
}

/** Finds the question that is most similar to a text. Rejects on a timeout, or when `signal` aborts. */
export type FindQuestion = (
  text: string,
  questions: AiQuestion[],
  signal: AbortSignal,
) => Promise<Match | null>;

/**
 * Creates a function that runs searches in a worker thread, one after the other. The thread starts with the
 * first search and keeps no process alive. A search that exceeds the timeout ends the thread: the searches
 * behind it fail too, and their jobs try them again.
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
    // Only after adding the listeners: each of them keeps the process alive.
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
      const stop = (): void => {
        if (!waiting.delete(id)) return;
        done();
        reject(signal.reason as Error);
      };
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
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- worker ports have no origin
      thread.postMessage({ id, text, questions } satisfies QuestionRequest);
    });
}
