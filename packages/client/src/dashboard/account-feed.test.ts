import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answer, fakeRuntime, settle } from '../testing/fake-runtime.ts';
import { listenToAccount } from './account-feed.ts';

test('after a planned end it reconnects with a new token and reports no lost connection', async () => {
  const encoder = new TextEncoder();
  const used: string[] = [];
  let control!: ReadableStreamDefaultController<Uint8Array>;
  const runtime = fakeRuntime({
    fetch: async (_input, init) => {
      const token = new Headers(init!.headers).get('Authorization')!;
      used.push(token);
      if (token === 'Bearer old' && used.length > 1) return answer(401, { code: 'token_expired' });
      const body = new ReadableStream<Uint8Array>({ start: (controller) => void (control = controller) });
      return new Response(body, { headers: { 'Content-Type': 'text/event-stream' } });
    },
  });
  const received: unknown[] = [];
  const stop = listenToAccount(
    {
      runtime,
      url: 'https://host.test/v1/live',
      getToken: (refused) => (refused === undefined ? 'old' : 'new'),
    },
    {
      onConnected: (isReconnect) => received.push(isReconnect ? 'again' : 'connected'),
      onLost: () => received.push('lost'),
      onHint: () => {},
    },
  );
  const send = async (frames: string): Promise<void> => {
    control.enqueue(encoder.encode(frames));
    await settle();
  };
  await settle();
  await send('event: hello\ndata: {}\n\nevent: bye\ndata: {"retryMs":500}\n\n');
  control.close();
  await settle();
  await runtime.pass(2_000);
  await send('event: hello\ndata: {}\n\n');
  stop();
  await settle();
  assert.deepEqual(received, ['connected', 'again']);
  assert.deepEqual(used, ['Bearer old', 'Bearer old', 'Bearer new']);
  assert.equal(runtime.timers, 0);
});
