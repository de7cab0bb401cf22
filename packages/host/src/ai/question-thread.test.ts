import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AiQuestion } from '../workspace.ts';
import { createQuestionIndex, wordsOf } from './question-index.ts';
import { createQuestionThread } from './question-thread.ts';

/** Returns words that are similar to each other, the worst case of a comparison by parts. */
const wordAt = (number: number): string => `pengirimannya${number.toString(36)}`;

const questions: AiQuestion[] = Array.from({ length: 300 }, (_, number) => ({
  question: Array.from({ length: 12 }, (_, at) => wordAt(number * 12 + at)).join(' '),
  alternatives: [`pesanan ${number}`],
  answer: `answer ${number}`,
}));

const { signal } = new AbortController();

test('at most 40 different words of a long question are compared', () => {
  const text = Array.from({ length: 1_000 }, (_, number) => `w${number}`).join(' ');
  assert.equal(wordsOf(text).length, 40);
  assert.deepEqual(wordsOf('jam jam buka JAM'), ['jam', 'buka']);
  assert.equal(wordsOf('x'.repeat(4_000))[0]!.length, 40);
});

test('of two equally similar questions the first is returned, and an empty text matches none', () => {
  const twice = [
    { question: 'Jam buka?', answer: 'first' },
    { question: 'Jam buka?', answer: 'second' },
  ];
  assert.equal(createQuestionIndex(twice).best('jam buka')?.question.answer, 'first');
  assert.equal(createQuestionIndex(twice).best('')?.score, undefined);
  assert.equal(createQuestionIndex([]).best('jam'), null);
});

test('the event loop is not blocked while a long question is compared with hundreds of known ones', async () => {
  const find = createQuestionThread();
  let turns = 0;
  let isRunning = true;
  const count = (): void => {
    turns += 1;
    if (isRunning) setTimeout(count, 1);
  };
  setImmediate(count);
  const text = Array.from({ length: 400 }, (_, number) => wordAt(number))
    .join(' ')
    .slice(0, 4_000);
  const match = await find(text, questions, signal).finally(() => (isRunning = false));
  assert.match(match?.question.answer ?? '', /^answer \d+$/);
  assert.ok(turns > 5, `${turns} turns of the event loop`);
});

test('an endless search is aborted, and a new thread answers the next one', async () => {
  const hangs = 'hang';
  const code = `
    import { parentPort } from 'node:worker_threads';
    parentPort.on('message', ({ id, text }) => {
      while (text === '${hangs}');
      parentPort.postMessage({ id, match: null });
    });
    parentPort.postMessage('ready');`;
  const find = createQuestionThread({
    timeoutMs: 2_000,
    url: new URL(`data:text/javascript,${encodeURIComponent(code)}`),
  });
  await assert.rejects(find(hangs, [], signal), /within 2000 ms/);
  assert.equal(await find('halo', [], signal), null);
});

const countTimers = (): number =>
  process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;

test('a stopping host does not wait for searches, and no timer keeps its process alive', async () => {
  const before = countTimers();
  const stopping = new AbortController();
  const found = createQuestionThread()('halo', questions, stopping.signal);
  stopping.abort(new Error('stopping'));
  await assert.rejects(found, /stopping/);
  assert.equal(countTimers(), before);
});
