import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isHostProblem } from '../problem.ts';
import { loadContract } from './contract.ts';
import { readBody } from './read-body.ts';

const operation = loadContract().operations.find(({ id }) => id === 'markVisitorRead')!;

/** A request whose body comes in these pieces; an error among them breaks it off. */
function requestOf(pieces: (string | Error)[]): Request {
  const body = new ReadableStream({
    pull(controller) {
      const piece = pieces.shift();
      if (piece === undefined) controller.close();
      else if (typeof piece === 'string') controller.enqueue(new TextEncoder().encode(piece));
      else controller.error(piece);
    },
  });
  const headers = { 'Content-Type': 'application/json' };
  // The types of fetch do not know yet what Node wants of a body that streams.
  return new Request('http://host.test/', { method: 'POST', headers, body, duplex: 'half' } as RequestInit);
}
const code = (expected: string) => (error: unknown) => isHostProblem(error) && error.code === expected;

test('a body is read however it is cut', async () => {
  assert.deepEqual(await readBody(requestOf(['{"se', 'q":', '3}']), operation, 100), { seq: 3 });
});

test('a body that breaks off is the line’s fault, not an error of the host', async () => {
  await assert.rejects(
    readBody(requestOf(['{"se', new Error('aborted')]), operation, 100),
    code('invalid_request'),
  );
});

test('a body without a declared length is refused as soon as it is too large', async () => {
  await assert.rejects(
    readBody(requestOf(['x'.repeat(60), 'x'.repeat(60)]), operation, 100),
    code('too_large'),
  );
});

test('a body that is nested too deeply is refused before anything is made of it', async () => {
  const nested = (depth: number, around = '') =>
    `{"seq":3,"odd":${'['.repeat(depth)}${around}${']'.repeat(depth)}}`;
  const deep = (text: string) => readBody(requestOf([text]), operation, 1_000_000);
  assert.ok(await deep(nested(400)));
  // Brackets that are only words are not counted, behind whatever quotes.
  assert.ok(await deep(`{"seq":3,"odd":"\\"${'['.repeat(1_000)}\\\\","more":[]}`));
  for (const text of [nested(1_000), nested(100_000), nested(1_000, '"\\u0000"'), '['.repeat(10_000)])
    await assert.rejects(deep(text), code('invalid_request'));
});
