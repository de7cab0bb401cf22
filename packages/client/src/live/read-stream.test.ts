import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeRuntime, settle } from '../testing/fake-runtime.ts';
import type { Frame } from './frame-parser.ts';
import { readStream } from './read-stream.ts';

function setUp() {
  let control!: ReadableStreamDefaultController<Uint8Array>;
  const requests: RequestInit[] = [];
  const runtime = fakeRuntime({
    fetch: async (_, init) => {
      requests.push(init!);
      const body = new ReadableStream<Uint8Array>({ start: (controller) => void (control = controller) });
      init!.signal!.addEventListener('abort', () => control.error(init!.signal!.reason));
      return new Response(body, { headers: { 'Content-Type': 'text/event-stream' } });
    },
  });
  const frames: Frame[] = [];
  const abort = new AbortController();
  const outcome = readStream(runtime, {
    url: 'https://host.test/stream',
    token: 'secret',
    signal: abort.signal,
    onFrame: (frame) => frames.push(frame),
  }).then(
    () => 'ended',
    (error) => error.code ?? error,
  );
  const say = async (text: string) => {
    control.enqueue(new TextEncoder().encode(text));
    await settle();
  };
  return { runtime, frames, abort, outcome, requests, say, end: () => control.close() };
}

test('the token is in the header and never in the URL', async () => {
  const { requests, say, end, outcome, frames } = setUp();
  await settle();
  await say('event: hello\ndata: {}\n\n');
  end();
  assert.equal(await outcome, 'ended');
  assert.equal((requests[0]!.headers as Record<string, string>)['Authorization'], 'Bearer secret');
  assert.equal(frames.length, 1);
});

test('a stream without a frame within 5 s is reported as buffered by a proxy', async () => {
  const { runtime, outcome, say } = setUp();
  await settle();
  await say(': a comment is no greeting\n\n');
  await runtime.pass(5_000);
  assert.equal(await outcome, 'stream_silent');
});

test('heartbeats keep a stream open after its hello frame, and 45 s without a frame end it', async () => {
  const { runtime, outcome, say } = setUp();
  await settle();
  await say('event: hello\ndata: {}\n\n');
  for (const _ of [1, 2, 3, 4]) {
    await runtime.pass(44_000);
    await say(': heartbeat\n\n');
  }
  await runtime.pass(45_000);
  assert.equal(await outcome, 'timeout');
  assert.equal(runtime.timers, 0);
});

test('an abort ends the stream with its reason', async () => {
  const { abort, outcome } = setUp();
  await settle();
  abort.abort('enough');
  assert.equal(await outcome, 'enough');
});
