import assert from 'node:assert/strict';
import { createServer, request as openRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { after, afterEach, before, describe, test } from 'node:test';
import { startFaultProxy, type FaultProxy } from './proxy.ts';

describe('the fault proxy', () => {
  /** Every complete request that reached the host. */
  let reached: string[] = [];
  let proxy: FaultProxy;
  const streams = new Set<ServerResponse>();
  const server = createServer((request, response) => void serve(request, response));

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await request.toArray().then(
      (chunks) => Buffer.concat(chunks as Buffer[]).toString(),
      () => null,
    );
    if (body === null) return;
    reached.push(`${request.method} ${request.url} ${body}`);
    if (request.url === '/stream') {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write('first\n');
      streams.add(response);
    } else response.end(`answer to ${request.url}`);
  }
  const say = (text: string) => {
    for (const stream of streams) stream.write(text);
  };

  before(async () => {
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const { port } = server.address() as AddressInfo;
    proxy = await startFaultProxy(() => `http://127.0.0.1:${port}`);
  });
  afterEach(() => {
    for (const stream of streams) stream.destroy();
    streams.clear();
    proxy.clear();
    proxy.reset();
    reached = [];
  });
  after(async () => {
    await proxy.close();
    server.closeAllConnections();
    server.close();
  });

  /** Each call has its own connection: a pool would reuse broken connections. */
  async function open(path: string, { body, ms = 5_000 }: { body?: string; ms?: number } = {}) {
    const signal = AbortSignal.timeout(ms);
    const method = body === undefined ? 'GET' : 'POST';
    const headers = body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) };
    return new Promise<IncomingMessage>((answered, fail) => {
      openRequest(proxy.url + path, { method, headers, agent: false, signal })
        .once('response', answered)
        .on('error', fail)
        .end(body);
    });
  }
  async function call(path: string, options: { body?: string; ms?: number } = {}) {
    const response = await open(path, options);
    const text = Buffer.concat((await response.toArray()) as Buffer[]).toString();
    return { status: response.statusCode, headers: response.headers, text };
  }
  async function openStream() {
    const response = await open('/stream');
    const chunks = response[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    const read = async () => String((await chunks.next()).value);
    assert.equal(await read(), 'first\n');
    return { read, close: () => response.destroy() };
  }

  test('without faults it forwards everything, and records the requests', async () => {
    assert.equal((await call('/one')).text, 'answer to /one');
    assert.equal((await call('/two', { body: 'héllo' })).text, 'answer to /two');
    assert.deepEqual(reached, ['GET /one ', 'POST /two héllo']);
    assert.deepEqual(
      proxy.requests.map(({ index, method, target, body }) => [index, method, target, body]),
      [
        [0, 'GET', '/one', ''],
        [1, 'POST', '/two', 'héllo'],
      ],
    );
    assert.equal(proxy.requests[0]!.headers.get('host'), proxy.url.slice('http://'.length));
  });

  test('a lost request never reaches the host', async () => {
    proxy.fault(() => ({ lose: 'request', by: 'reset' }));
    await assert.rejects(call('/lost'));
    proxy.fault(() => ({ lose: 'request', by: 'silence' }));
    await assert.rejects(call('/mute', { ms: 60 }), { name: 'AbortError' });
    assert.deepEqual(reached, []);
  });

  test('a lost response was sent by the host', async () => {
    proxy.fault(() => ({ lose: 'answer', by: 'reset' }));
    await assert.rejects(call('/lost'));
    proxy.fault(() => ({ lose: 'answer', by: 'silence' }));
    await assert.rejects(call('/mute', { ms: 60 }), { name: 'AbortError' });
    assert.deepEqual(reached, ['GET /lost ', 'GET /mute ']);
  });

  test('a truncated request is incomplete for the host', async () => {
    proxy.fault(() => ({ cutRequestAfter: 30 }));
    await assert.rejects(call('/cut', { body: 'x'.repeat(100) }));
    assert.deepEqual(reached, []);
  });

  test('a response is truncated after the given number of bytes', async () => {
    for (const bytes of [0, 10, 40]) {
      proxy.fault(() => ({ cutAnswerAfter: bytes }));
      const { port } = new URL(proxy.url);
      const socket: Socket = connect(Number(port), '127.0.0.1');
      const chunks: Buffer[] = [];
      socket.write('GET /cut HTTP/1.1\r\nHost: x\r\n\r\n');
      socket.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', () => {});
      await new Promise((closed) => socket.once('close', closed));
      assert.equal(Buffer.concat(chunks).length, bytes);
    }
    assert.equal(reached.length, 3);
  });

  test('it can respond instead of the host', async () => {
    proxy.fault(({ target }) =>
      target === '/busy'
        ? { answer: 503, headers: { 'Retry-After': '7' }, body: '<h1>busy</h1>' }
        : undefined,
    );
    const busy = await call('/busy');
    assert.deepEqual([busy.status, busy.headers['retry-after']], [503, '7']);
    assert.equal(busy.text, '<h1>busy</h1>');
    assert.equal((await call('/free')).text, 'answer to /free');
    assert.deepEqual(reached, ['GET /free ']);
  });

  test('a rejected caller cannot connect, and open connections break', async () => {
    const stream = await openStream();
    proxy.set({ refuses: true });
    await assert.rejects(stream.read());
    await assert.rejects(call('/refused'));
    proxy.set({ refuses: false });
    assert.equal((await call('/again')).status, 200);
  });

  test('a reset breaks only the selected connections', async () => {
    const stream = await openStream();
    assert.equal(
      proxy.reset((last) => last?.target === '/other'),
      0,
    );
    assert.equal(
      proxy.reset((last) => last?.target === '/stream'),
      1,
    );
    await assert.rejects(stream.read());
  });

  test('held data is delivered later, in order', async () => {
    const stream = await openStream();
    proxy.set({ toClient: 'hold' });
    say('second\n');
    const second = stream.read();
    assert.equal(await Promise.race([second, wait(50)]), undefined);
    proxy.set({ toClient: 'pass' });
    assert.equal(await second, 'second\n');
    stream.close();
  });

  test('a half-open connection passes one direction, and a new connection passes both', async () => {
    const stream = await openStream();
    proxy.halfOpen('toClient');
    say('lost\n');
    const silence = stream.read().catch(() => 'broken');
    assert.equal(await Promise.race([silence, wait(50)]), undefined);
    assert.equal((await call('/new')).text, 'answer to /new');
    stream.close();
  });

  test('latency is added to each direction, and the rate limits the throughput', async () => {
    proxy.set({ latencyMs: 40 });
    let began = performance.now();
    await call('/slow');
    const roundTrip = performance.now() - began;
    assert.ok(roundTrip >= 80 && roundTrip < 400, `${roundTrip} ms`);
    proxy.set({ latencyMs: 0, bytesPerSecond: 20_000 });
    began = performance.now();
    await call('/thin', { body: 'x'.repeat(4_000) });
    const took = performance.now() - began;
    assert.ok(took >= 180 && took < 1_000, `4,000 bytes at 20 kB/s took ${took} ms`);
    assert.equal(reached.at(-1)!.length, 'POST /thin '.length + 4_000);
  });

  test('a buffering proxy passes complete responses at once, and a stream in blocks', async () => {
    proxy.set({ bufferBytes: 1_000 });
    assert.equal((await call('/whole')).text, 'answer to /whole');
    const opening = open('/stream');
    assert.equal(await Promise.race([opening, wait(50)]), undefined);
    say('x'.repeat(1_000));
    (await opening).destroy();
  });

  test('after all clients disconnect no connection is left', async () => {
    const stream = await openStream();
    assert.ok(proxy.lines > 0);
    stream.close();
    proxy.reset();
    assert.equal(proxy.lines, 0);
  });
});

function wait(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
