/**
 * The thread in which the built-in answerer searches questions, so that a long list or an unusual text delays
 * no stream and no turn.
 *
 * @module
 */
import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import type { AiQuestion } from '../workspace.ts';
import { createQuestionIndex, type Match, type QuestionIndex } from './question-index.ts';

/** Message to the thread. */
export interface QuestionRequest {
  id: number;
  text: string;
  questions: AiQuestion[];
}

/** Response of the thread. */
export interface QuestionResponse {
  id: number;
  match: Match | null;
}

/** Message that the thread is ready: loading its code takes seconds on a busy machine. */
const READY = 'ready';

/** Maximum number of cached indexes. The least recently used one is removed first. */
const MAX_INDEXES = 50;

const port = parentPort;
if (!port) throw new Error('question-worker.ts runs in a worker thread only.');

/** Nice value of this thread: requests take precedence when processors are busy. */
const PRIORITY = 5;
// Linux has a nice value for each thread; on other systems it would slow down the whole process.
if (process.platform === 'linux') setPriority(PRIORITY);

const indexes = new Map<string, QuestionIndex>();

function indexOf(questions: AiQuestion[]): QuestionIndex {
  const key = JSON.stringify(questions);
  const index = indexes.get(key) ?? createQuestionIndex(questions);
  indexes.delete(key);
  indexes.set(key, index);
  const [oldest] = indexes.keys();
  if (indexes.size > MAX_INDEXES && oldest !== undefined) indexes.delete(oldest);
  return index;
}

port.on('message', ({ id, text, questions }: QuestionRequest) => {
  port.postMessage({ id, match: indexOf(questions).best(text) } satisfies QuestionResponse);
});
port.postMessage(READY);
