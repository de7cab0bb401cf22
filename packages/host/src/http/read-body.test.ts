import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { parse as parseYaml } from 'yaml';
import { isHostProblem } from '../problem.ts';
import { loadContract } from './contract.ts';
import { MIN_FILE_BYTES, PACE_MS, readBody, readFileBody } from './read-body.ts';
import { createClock } from '../testing/test-host.ts';
import { createTimers } from '../testing/test-timers.ts';
import { onTimer } from '../timers.ts';

const operation = loadContract().operations.find(({ id }) => id === 'markVisitorRead')!;

/** Creates a request whose body consists of these pieces; an error among them breaks it off. */
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
  // The types of `fetch` lack the option that Node requires for a streaming body.
  return new Request('http://host.test/', { method: 'POST', headers, body, duplex: 'half' } as RequestInit);
}
const code = (expected: string) => (error: unknown) => isHostProblem(error) && error.code === expected;

test('a body is read in chunks of any size', async () => {
  assert.deepEqual(
    await readBody(requestOf(['{"se', 'q":', '3}']), operation, { maxBytes: 100, after: onTimer }),
    { seq: 3 },
  );
});

test('an aborted body is a client error, not an error of the host', async () => {
  await assert.rejects(
    readBody(requestOf(['{"se', new Error('aborted')]), operation, { maxBytes: 100, after: onTimer }),
    code('invalid_request'),
  );
});

test('a body without a declared length is rejected as soon as it is too large', async () => {
  await assert.rejects(
    readBody(requestOf(['x'.repeat(60), 'x'.repeat(60)]), operation, { maxBytes: 100, after: onTimer }),
    code('too_large'),
  );
});

test('a body that is nested too deeply is rejected before it is parsed', async () => {
  const nested = (depth: number, around = '') =>
    `{"seq":3,"odd":${'['.repeat(depth)}${around}${']'.repeat(depth)}}`;
  const deep = (text: string) =>
    readBody(requestOf([text]), operation, { maxBytes: 1_000_000, after: onTimer });
  assert.ok(await deep(nested(400)));
  // Brackets in strings do not count, after any kind of quote.
  assert.ok(await deep(`{"seq":3,"odd":"\\"${'['.repeat(1_000)}\\\\","more":[]}`));
  for (const text of [nested(1_000), nested(100_000), nested(1_000, '"\\u0000"'), '['.repeat(10_000)])
    await assert.rejects(deep(text), code('invalid_request'));
});

describe('a slow body', { timeout: 30_000 }, () => {
  /** Creates a request whose body arrives when the test sends it. */
  function slowRequest(type: string) {
    let feed: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>({ start: (controller) => void (feed = controller) });
    const headers = { 'Content-Type': type };
    const request = new Request('http://host.test/', {
      method: 'POST',
      headers,
      body,
      duplex: 'half',
    } as RequestInit);
    return { request, send: (bytes: number) => feed.enqueue(new Uint8Array(bytes)), end: () => feed.close() };
  }
  /** Waits until all pending callbacks have run. */
  const settle = () => new Promise((resolve) => setImmediate(resolve));

  test('a file slower than 4 KiB a second in any 10 seconds is aborted', async () => {
    const timers = createTimers(createClock());
    const { request, send } = slowRequest('application/octet-stream');
    const reading = readFileBody(request, 1e6, timers.after);
    const failed = assert.rejects(reading, code('request_timeout'));
    send(MIN_FILE_BYTES);
    await settle();
    timers.pass(PACE_MS);
    send(MIN_FILE_BYTES - 1);
    await settle();
    timers.pass(PACE_MS);
    await failed;
  });

  test('a file at the minimum rate is read', async () => {
    const timers = createTimers(createClock());
    const { request, send, end } = slowRequest('application/octet-stream');
    const reading = readFileBody(request, 1e6, timers.after);
    for (let span = 0; span < 5; span++) {
      send(MIN_FILE_BYTES);
      await settle();
      timers.pass(PACE_MS);
    }
    end();
    assert.equal((await reading).length, 5 * MIN_FILE_BYTES);
  });

  test('JSON has a timeout of one minute', async () => {
    const timers = createTimers(createClock());
    const { request, send } = slowRequest('application/json');
    const reading = readBody(request, operation, { maxBytes: 1e6, after: timers.after });
    const failed = assert.rejects(reading, code('request_timeout'));
    for (let seconds = 0; seconds < 60; seconds++) {
      send(1);
      await settle();
      timers.pass(1_000);
    }
    await failed;
  });
});

test('the contract lists 408 for every operation with a body, and for no other', async () => {
  const text = await readFile(new URL(import.meta.resolve('@alur/protocol/openapi.yaml')), 'utf8');
  type Described = { requestBody?: object; responses?: Record<string, unknown> };
  const { paths } = parseYaml(text) as { paths: Record<string, Record<string, Described>> };
  const described = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([, { responses }]) => responses)
      .map(([method, { requestBody, responses }]) => ({
        call: `${method} ${path}`,
        hasBody: requestBody !== undefined,
        hasTimeout: '408' in responses!,
      })),
  );
  assert.ok(described.some(({ hasBody }) => hasBody));
  assert.deepEqual(
    described.filter(({ hasBody, hasTimeout }) => hasBody !== hasTimeout).map(({ call }) => call),
    [],
  );
});
