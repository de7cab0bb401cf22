import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createPageServer, listen } from './server.ts';

let folder = '';
let port = 0;
const server = createPageServer(() => ({
  mounts: [{ path: '/cdn/', folder, anyOrigin: true }],
  pages: [
    {
      matches: (path) => path === '/',
      file: join(folder, 'page.html'),
      fill: { NAME: '"><b>' },
      headers: { 'Content-Security-Policy': "default-src 'none'" },
    },
  ],
}));

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alur-server-'));
  await writeFile(join(folder, 'page.html'), '<p title="%NAME%"></p>');
  await writeFile(join(folder, 'chunk-a1b2c3d4.js'), 'export {};');
  await writeFile(join(folder, 'entry.js'), 'export {};');
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
): Promise<{ status?: number; headers: Record<string, unknown>; body: string }> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, headers, agent: false }, (response) => {
      let body = '';
      response.on('data', (chunk) => (body += String(chunk)));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }));
    })
      .on('error', reject)
      .end();
  });
}

test('a page is filled in with values that cannot leave their attribute, and carries its policy', async () => {
  const page = await get('/');
  assert.equal(page.body, '<p title="&quot;>&lt;b>"></p>');
  assert.equal(page.headers['content-security-policy'], "default-src 'none'");
  assert.equal(page.headers['cache-control'], 'no-cache');
});

test('a file named by its content is kept for ever, any other is asked for again', async () => {
  assert.match(String((await get('/cdn/chunk-a1b2c3d4.js')).headers['cache-control']), /immutable/);
  const entry = await get('/cdn/entry.js');
  assert.equal(entry.headers['cache-control'], 'no-cache');
  assert.equal((await get('/cdn/entry.js', { 'If-None-Match': String(entry.headers['etag']) })).status, 304);
});

test('files of the cdn may be loaded by pages of any origin, with the type that modules need', async () => {
  const { headers } = await get('/cdn/entry.js');
  assert.equal(headers['access-control-allow-origin'], '*');
  assert.equal(headers['content-type'], 'text/javascript; charset=utf-8');
});

test('a path cannot leave its folder', async () => {
  for (const path of [
    '/cdn/../server.ts',
    '/cdn/%2e%2e/%2e%2e/etc/passwd',
    '/cdn/..%2f..%2fetc%2fpasswd',
    '/cdn/%00',
  ]) {
    const { status } = await get(path);
    assert.ok(status === 404 || status === 400, `${path} answered ${status}`);
  }
});

test('a taken port gives the next free one', async () => {
  const second = createPageServer(() => ({ mounts: [], pages: [] }));
  const other = await listen(second, port);
  second.close();
  assert.ok(other > port);
});
