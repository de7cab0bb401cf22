import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { TurnResult, VisitorConversation, VisitorSession } from '@alur/protocol';
import { workspaceOf } from '../testing/test-workspace.ts';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));

describe('a host on a folder', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alur-host-'));
    await writeFile(join(folder, 'workspace.json'), JSON.stringify(workspaceOf('disk')));
  });
  /** Killed after the tests: a host that outlives a failed test would keep this file from ending. */
  const children: ChildProcess[] = [];
  after(async () => {
    for (const child of children) child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  const run = (...options: string[]) => {
    const child = spawn(process.execPath, [main, '--data', join(folder, 'data'), ...options], {
      env: { ...process.env, ALUR_DATABASE_URL: '', ALUR_POSTGRES_URL: '' },
    });
    children.push(child);
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    return { child, output: () => output, exited: once(child, 'exit') as Promise<[number | null]> };
  };

  async function start() {
    const host = run('--port', '0', '--workspace', join(folder, 'workspace.json'));
    for await (const _ of host.child.stdout) if (/Data: /.test(host.output())) break;
    // The loop above stopped reading the stream; later output must still be read.
    host.child.stdout.resume();
    const url = /http:\S+/.exec(host.output())?.[0] ?? '';
    assert.ok(url, host.output());
    return { ...host, url: `${url}/v1/widget/inb_disk` };
  }

  async function post<T>(url: string, body: unknown, token?: string): Promise<T> {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    });
    assert.ok(response.ok, await response.clone().text());
    return (await response.json()) as T;
  }

  const turnOf = (seq: number) => ({
    id: `t${seq}`,
    session: 's',
    seq,
    input: { kind: 'message', id: `t${seq}`, at: '2026-11-22T00:00:00.000Z', text: `nomor ${seq}` },
  });

  test('after a kill during writes each acknowledged turn is stored exactly once', async () => {
    let host = await start();
    assert.match(host.output(), /not safe against power loss/);
    assert.match(host.url, /^http:\/\/localhost:/, 'without --hostname only this machine can reach it');
    const { token } = await post<VisitorSession>(`${host.url}/visitors`, {});
    let acknowledged = 0;
    for (let round = 0; round < 3; round++) {
      const dying = (async () => {
        for (;;) {
          const { seq } = await post<TurnResult>(`${host.url}/turns`, turnOf(acknowledged + 1), token);
          acknowledged = seq;
          if (acknowledged % 10 === 5) host.child.kill('SIGKILL');
        }
      })();
      await assert.rejects(dying);
      await host.exited;
      host = await start();
      // The turn without a received response is sent again under its id, as a widget does.
      acknowledged = (await post<TurnResult>(`${host.url}/turns`, turnOf(acknowledged + 1), token)).seq;
    }
    const response = await fetch(`${host.url}/conversation?limit=200`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    const { messages, seq } = (await response.json()) as VisitorConversation;
    const said = messages.filter(({ author }) => author.kind === 'visitor').map(({ text }) => text);
    assert.equal(seq, acknowledged);
    assert.deepEqual(
      said,
      Array.from({ length: acknowledged }, (_, index) => `nomor ${index + 1}`),
    );
    host.child.kill('SIGTERM');
    assert.deepEqual((await host.exited)[0], 0, 'it ends cleanly');
  });

  test('a second process on the folder exits immediately, names the first, and changes nothing', async () => {
    const first = await start();
    const begun = Date.now();
    const second = run('--port', '0');
    assert.deepEqual((await second.exited)[0], 1);
    assert.match(second.output(), new RegExp(`in use by process ${first.child.pid}`));
    assert.ok(Date.now() - begun < 5_000);
    assert.ok((await fetch(first.url.replace('/widget/inb_disk', '/health'))).ok);
    first.child.kill('SIGTERM');
    await first.exited;
  });

  test('a port in use is reported', async () => {
    const blocker = createServer().listen(0);
    await once(blocker, 'listening');
    const { port } = blocker.address() as { port: number };
    const host = run('--port', String(port));
    assert.deepEqual((await host.exited)[0], 1);
    assert.match(host.output(), new RegExp(`Port ${port} is taken`));
    blocker.close();
  });
});
