import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isClientError } from './client-error.ts';
import { requestJson, toJson } from './request.ts';
import { answer, fakeRuntime, settle } from './testing/fake-runtime.ts';

const url = 'https://host.test/v1/thing';

test('a call carries its token in the header, its body as JSON, and no cookies', async () => {
  const seen: RequestInit[] = [];
  const runtime = fakeRuntime({
    fetch: async (_, init) => {
      seen.push(init!);
      return answer(200, { ok: 1 });
    },
  });
  assert.deepEqual(await requestJson(runtime, { url, token: 't', body: { a: [1] } }), { ok: 1 });
  assert.equal(seen[0]!.method, 'POST');
  assert.equal(seen[0]!.credentials, 'omit');
  assert.equal(seen[0]!.body, '{"a":[1]}');
  assert.deepEqual(seen[0]!.headers, { Authorization: 'Bearer t', 'Content-Type': 'application/json' });
  assert.equal(runtime.timers, 0, 'no timer is left behind');
});

test('a small body is sent with keepalive, one above the browser limit is not', async () => {
  const kept: (boolean | undefined)[] = [];
  const runtime = fakeRuntime({
    fetch: async (_, init) => {
      kept.push(init!.keepalive);
      return answer(204);
    },
  });
  for (const body of ['x', 'x'.repeat(62_000), 'é'.repeat(31_000)])
    await requestJson(runtime, { url, body, keepalive: true });
  await requestJson(runtime, { url, body: 'x' });
  assert.deepEqual(kept, [true, false, false, false]);
});

test('a problem becomes an error with its code, status and Retry-After', async () => {
  const problem = { type: 'about:blank', title: 'Slow down', status: 429, code: 'rate_limited' };
  const runtime = fakeRuntime({ fetch: async () => answer(429, problem, { 'Retry-After': '7' }) });
  await assert.rejects(requestJson(runtime, { url }), (error) => {
    assert.ok(isClientError(error));
    assert.deepEqual([error.code, error.status, error.retryAfterMs], ['rate_limited', 429, 7_000]);
    assert.match(error.message, /Slow down/);
    return true;
  });
});

test('a Retry-After date is compared with the clock of the host, not of the device', async () => {
  const waitFor = async (headers: Record<string, string>) => {
    // The device's clock shows February 2026.
    const runtime = fakeRuntime({ fetch: async () => answer(503, undefined, headers) });
    const error = await requestJson(runtime, { url }).catch((error: unknown) => error);
    return isClientError(error) && error.retryAfterMs;
  };
  const Date = 'Sun, 06 Nov 2022 08:49:37 GMT';
  assert.equal(await waitFor({ Date, 'Retry-After': 'Sun, 06 Nov 2022 08:51:07 GMT' }), 90_000);
  assert.equal(await waitFor({ 'Retry-After': 'Tue, 03 Feb 2026 04:05:16 GMT' }), 10_000);
  assert.equal(await waitFor({ Date, 'Retry-After': 'Sun, 06 Nov 2022 08:40:00 GMT' }), undefined, 'over');
  assert.equal(await waitFor({ Date, 'Retry-After': 'soon' }), undefined);
  assert.equal(await waitFor({ Date, 'Retry-After': '-5' }), undefined);
  assert.equal(await waitFor({ Date, 'Retry-After': '0' }), 0);
  assert.equal(await waitFor({ Date }), undefined);
});

test('a wait beyond the timer limit becomes a day, not zero', async () => {
  const waitFor = async (retryAfter: string) => {
    // The device's clock was never set.
    const fetch = async () => answer(503, undefined, { 'Retry-After': retryAfter });
    const error = await requestJson(fakeRuntime({ fetch, now: () => 0 }), { url }).catch(
      (error: unknown) => error,
    );
    return isClientError(error) && error.retryAfterMs;
  };
  for (const far of ['Tue, 03 Feb 2026 04:05:16 GMT', '2147484', '9'.repeat(400)])
    assert.equal(await waitFor(far), 86_400_000, far);
  assert.equal(await waitFor('86400'), 86_400_000);
  assert.equal(await waitFor('86399'), 86_399_000);
});

test('a network failure, a truncated body and a proxy page have different codes', async () => {
  const codeOf = async (fetch: typeof globalThis.fetch) =>
    requestJson(fakeRuntime({ fetch }), { url }).catch((error) => error.code);
  assert.equal(await codeOf(() => Promise.reject(new TypeError('refused'))), 'network');
  assert.equal(await codeOf(async () => new Response('{"a":')), 'bad_answer');
  assert.equal(await codeOf(async () => new Response('<h1>Bad gateway</h1>', { status: 502 })), 'http');
});

test('a request without a response times out', async () => {
  const runtime = fakeRuntime({
    fetch: (_, init) =>
      new Promise((_, reject) => init!.signal!.addEventListener('abort', () => reject(init!.signal!.reason))),
  });
  const outcome = requestJson(runtime, { url, timeoutMs: 5_000 }).catch((error) => error.code);
  await runtime.pass(5_000);
  assert.equal(await outcome, 'timeout');
});

/**
 * A host that sends the headers and the first half of a response, and then nothing. Its `fetch` ignores the
 * signal.
 */
const stalling: typeof globalThis.fetch = async () =>
  new Response(
    new ReadableStream<Uint8Array>({ start: (body) => body.enqueue(new TextEncoder().encode('{"a":')) }),
  );

test('a response with a stalled body times out with any status', async () => {
  for (const status of [200, 500]) {
    const fetch = async () => new Response((await stalling('')).body, { status });
    const runtime = fakeRuntime({ fetch });
    const outcome = requestJson(runtime, { url, timeoutMs: 5_000 }).catch((error) => error.code);
    await runtime.pass(5_000);
    assert.equal(await Promise.race([outcome, settle()]), 'timeout');
    assert.equal(runtime.timers, 0);
  }
});

test('an abort by the caller ends the reading of a body', async () => {
  const abort = new AbortController();
  const outcome = requestJson(fakeRuntime({ fetch: stalling }), { url, signal: abort.signal }).catch(
    (reason) => reason,
  );
  await settle();
  abort.abort('enough');
  assert.equal(await Promise.race([outcome, settle()]), 'enough');
});

test('an abort by the caller rejects with the given reason', async () => {
  const abort = new AbortController();
  abort.abort('enough');
  const runtime = fakeRuntime({
    fetch: async (_, init) => {
      init!.signal!.throwIfAborted();
      return answer(200);
    },
  });
  await assert.rejects(requestJson(runtime, { url, signal: abort.signal }), (reason) => reason === 'enough');
});

test('JSON is correct on a page that adds toJSON to arrays and strings', () => {
  const arrays = Array.prototype as { toJSON?: () => string };
  arrays.toJSON = function (this: unknown[]) {
    return `"[${this.join(', ')}]"`;
  };
  try {
    assert.equal(toJson({ list: [1, 'a'] }), '{"list":[1,"a"]}');
    assert.equal(typeof arrays.toJSON, 'function', 'the value of the page is restored');
  } finally {
    delete arrays.toJSON;
  }
});
