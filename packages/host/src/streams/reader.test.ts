import assert from 'node:assert/strict';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { test, type TestContext } from 'node:test';
import { MAX_BUFFERED_BYTES, openReader } from './reader.ts';

/** Creates a reader on a real connection. The client reads nothing until the test resumes it. */
async function connect(t: TestContext) {
  const server = createServer().listen(0);
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  const call = request({ port: (server.address() as AddressInfo).port }).end();
  call.on('error', () => {});
  const [, response] = (await once(server, 'request')) as [unknown, ServerResponse];
  const closed = { count: 0 };
  const reader = openReader(response, {}, () => (closed.count += 1));
  reader.beat();
  const [client] = (await once(call, 'response')) as [IncomingMessage];
  client.on('error', () => {});
  client.pause();
  return { reader, response, client, closed };
}

test('a reader that does not read is disconnected once, at 256 KiB of backlog', async (t) => {
  const { reader, response, closed } = await connect(t);
  const data = { text: 'x'.repeat(16_000) };
  let sent = 0;
  while (reader.isOpen) {
    reader.send('event', data, String(++sent));
    assert.ok(
      response.writableLength <= MAX_BUFFERED_BYTES + 20_000,
      'no more is held than the cap and one frame',
    );
    // Let the socket take what it can, so that only the client is slow.
    if (sent % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
    assert.ok(sent < 10_000, 'it was never let go');
  }
  reader.send('event', data);
  reader.end();
  assert.equal(closed.count, 1);
});

test('a disconnected reader is detected', async (t) => {
  const { reader, response, client, closed } = await connect(t);
  const gone = once(response, 'close');
  client.destroy();
  await gone;
  assert.deepEqual([reader.isOpen, closed.count], [false, 1]);
});
