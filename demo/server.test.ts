import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { brotliCompressSync, brotliDecompressSync, gunzipSync } from 'node:zlib';
import { createPageServer, createSite, listen, sendPage, serveFolder } from './server.ts';

let folder = '';
let port = 0;
let site = createSite();
const server = createPageServer(() => site);

const SCRIPT = 'export const text = "a longer text, which is worth compressing";\n'.repeat(40);

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alur-server-'));
  await writeFile(join(folder, 'page.html'), '<p title="%NAME%"></p>');
  await writeFile(join(folder, 'chunk-a1b2c3d4.js'), 'export {};');
  await writeFile(join(folder, 'entry.js'), SCRIPT);
  await writeFile(join(folder, 'built.js'), SCRIPT);
  await writeFile(join(folder, 'built.js.br'), brotliCompressSync(SCRIPT));
  site = createSite();
  site.get(
    '/',
    sendPage({
      file: join(folder, 'page.html'),
      fill: { NAME: '"><b>' },
      headers: { 'Content-Security-Policy': "default-src 'none'" },
    }),
  );
  site.get('/missing', sendPage({ file: join(folder, 'page.html'), fill: { NAME: '$&' }, status: 404 }));
  site.get('/fails', sendPage({ file: join(folder, 'none.html') }));
  serveFolder(site, { path: '/cdn/', folder, anyOrigin: true });
  serveFolder(site, { path: '/own/', folder });
  port = await listen(server, 6490);
});
after(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

/** Requests a path as it is written. `fetch` would normalise it. */
function get(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<{ status?: number; headers: Record<string, unknown>; body: Buffer }> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, headers, method, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    })
      .on('error', reject)
      .end();
  });
}

test('a page contains escaped values and is sent with its policy', async () => {
  const page = await get('/');
  assert.equal(String(page.body), '<p title="&quot;>&lt;b>"></p>');
  assert.equal(page.headers['content-security-policy'], "default-src 'none'");
  assert.equal(page.headers['cache-control'], 'no-cache');
  assert.equal(page.headers['x-content-type-options'], 'nosniff');
  const missing = await get('/missing');
  assert.equal(missing.status, 404);
  assert.equal(String(missing.body), '<p title="$&amp;"></p>');
});

test('a file with a hash in its name is cached for a year, any other is revalidated', async () => {
  assert.match(String((await get('/cdn/chunk-a1b2c3d4.js')).headers['cache-control']), /immutable/);
  const entry = await get('/cdn/entry.js');
  assert.equal(entry.headers['cache-control'], 'no-cache');
  assert.equal((await get('/cdn/entry.js', { 'If-None-Match': String(entry.headers['etag']) })).status, 304);
});

test('files of the CDN can be loaded by pages of any origin, as JavaScript', async () => {
  const { headers } = await get('/cdn/entry.js');
  assert.equal(headers['access-control-allow-origin'], '*');
  assert.equal(headers['content-type'], 'text/javascript; charset=utf-8');
  assert.equal((await get('/own/entry.js')).headers['access-control-allow-origin'], undefined);
});

test('a built file is sent in its brotli form, any other is compressed with gzip', async () => {
  const built = await get('/cdn/built.js', { 'Accept-Encoding': 'gzip, br' });
  assert.equal(built.headers['content-encoding'], 'br');
  assert.equal(String(brotliDecompressSync(built.body)), SCRIPT);
  const entry = await get('/cdn/entry.js', { 'Accept-Encoding': 'gzip, br' });
  assert.equal(entry.headers['content-encoding'], 'gzip');
  assert.equal(String(gunzipSync(entry.body)), SCRIPT);
  for (const { headers } of [built, entry]) assert.equal(headers['vary'], 'Accept-Encoding');
  const plain = await get('/cdn/built.js');
  assert.equal(plain.headers['content-encoding'], undefined);
  assert.equal(String(plain.body), SCRIPT);
});

test('each encoding of a file has its own ETag and is revalidated with it', async () => {
  const tags = new Set<string>();
  for (const encoding of ['br', 'gzip', 'identity']) {
    const asked = { 'Accept-Encoding': encoding };
    const tag = String((await get('/cdn/built.js', asked)).headers['etag']);
    tags.add(tag);
    const known = await get('/cdn/built.js', { ...asked, 'If-None-Match': tag });
    assert.equal(known.status, 304);
    assert.equal(known.headers['cache-control'], 'no-cache');
    assert.equal(known.body.byteLength, 0);
  }
  assert.equal(tags.size, 3);
});

test('other methods get 405, and an error response contains no path', async (t) => {
  assert.equal((await get('/cdn/entry.js', {}, 'POST')).status, 405);
  const head = await get('/cdn/entry.js', {}, 'HEAD');
  assert.deepEqual([head.status, head.body.byteLength], [200, 0]);
  t.mock.method(console, 'error', () => undefined);
  const failed = await get('/fails');
  assert.equal(failed.status, 500);
  assert.doesNotMatch(String(failed.body), /none\.html/);
});

test('a path cannot leave the folder', async () => {
  for (const path of [
    '/cdn/../server.ts',
    '/cdn/%2e%2e/%2e%2e/etc/passwd',
    '/cdn/..%2f..%2fetc%2fpasswd',
    '/cdn/%00',
  ]) {
    const { status } = await get(path);
    assert.ok(status === 404 || status === 400, `${path} returned ${status}`);
  }
});

test('a port in use is replaced by the next free one', async () => {
  const second = createPageServer(createSite);
  const other = await listen(second, port);
  second.close();
  assert.ok(other > port);
});
