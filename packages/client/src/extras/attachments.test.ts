import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createVisitorClient } from '../index.ts';
import { createMemoryStorage } from '../storage/memory-storage.ts';
import { answer, fakeRuntime } from '../testing/fake-runtime.ts';
import { fetchAttachment, uploadAttachment } from './index.ts';

const ATTACHMENT = { id: 'att_1', name: 'struk.png', type: 'image/png', size: 3 };

/** Creates a client whose host stores one file. The first token is rejected. */
function setUp(t: { after(action: () => void): void }) {
  const calls: { path: string; init: RequestInit }[] = [];
  let tokens = 0;
  const runtime = fakeRuntime({
    fetch: async (input, init) => {
      const path = String(input).replace('https://host.test/v1/widget/inb/', '');
      if (path.startsWith('visitors')) {
        tokens += 1;
        const times = { expiresIn: 900, serverTime: '2026-02-03T04:05:06.000Z' };
        return answer(201, { visitorId: 'v', token: `t${tokens}`, refreshToken: 'r', ...times });
      }
      calls.push({ path, init: init! });
      const { Authorization } = init!.headers as Record<string, string>;
      if (Authorization === 'Bearer t1') return answer(401, { code: 'token_expired' });
      if (init!.method === 'POST') {
        const isTaken = (init!.body as Blob).size < 100;
        return isTaken ? answer(201, ATTACHMENT) : answer(415, { code: 'unsupported_media' });
      }
      return new Response('abc', { headers: { 'Content-Type': 'image/png' } });
    },
  });
  const client = createVisitorClient({
    host: 'https://host.test',
    inboxId: 'inb',
    runtime,
    locks: undefined,
    storage: async () => createMemoryStorage(),
  });
  t.after(() => client.close());
  return { client, calls };
}

test('a file is sent unchanged with its name in a header, and an expired token is refreshed', async (t) => {
  const { client, calls } = setUp(t);
  const file = new File(['abc'], 'struk 😀.png', { type: 'text/html' });
  assert.deepEqual(await uploadAttachment(client, file), ATTACHMENT);
  assert.equal(calls.length, 2);
  const { path, init } = calls[1]!;
  assert.deepEqual([path, init.method, init.body], ['attachments', 'POST', file]);
  const { Authorization: _, ...headers } = init.headers as Record<string, string>;
  assert.deepEqual(headers, {
    'Content-Type': 'application/octet-stream',
    'Alur-File-Name': 'struk%20%F0%9F%98%80.png',
  });
});

test('a long file name keeps its end, and a missing one is sent empty', async (t) => {
  const { client, calls } = setUp(t);
  await uploadAttachment(client, new Blob(['abc']), { name: `${'😀'.repeat(200)}\ud800.png` });
  const sent = decodeURIComponent((calls[1]!.init.headers as Record<string, string>)['Alur-File-Name']!);
  assert.equal([...sent].length, 100);
  assert.ok(sent.endsWith('😀.png'));
  await uploadAttachment(client, new Blob(['abc']));
  assert.equal((calls[2]!.init.headers as Record<string, string>)['Alur-File-Name'], '');
});

test('a rejected file is an error with the code of the host, and an abort is an AbortError', async (t) => {
  const { client } = setUp(t);
  await assert.rejects(uploadAttachment(client, new Blob(['x'.repeat(200)])), { code: 'unsupported_media' });
  const signal = AbortSignal.abort(new Error('enough'));
  await assert.rejects(uploadAttachment(client, new Blob(['x']), { signal }), /enough/);
});

test('a file is returned as bytes with its type, and its id stays one path segment', async (t) => {
  const { client, calls } = setUp(t);
  const blob = await fetchAttachment(client, '../x');
  assert.deepEqual([blob.type, await blob.text()], ['image/png', 'abc']);
  assert.equal(calls.at(-1)!.path, 'attachments/..%2Fx');
  await fetchAttachment(client, 'a', { size: 'thumbnail' });
  assert.equal(calls.at(-1)!.path, 'attachments/a?size=thumbnail');
});
