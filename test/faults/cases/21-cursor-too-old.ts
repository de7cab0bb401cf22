import assert from 'node:assert/strict';
import { cp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Harness } from '../harness/harness.ts';
import { until } from '@alur/tooling/testing';
import type { Fault } from '../proxy.ts';
import { count as said, type Row } from '../row.ts';

/** The two responses of a host to an unusable cursor. */
const CURSOR_EXPIRED: Fault[] = [
  { answer: 200, headers: { 'Content-Type': 'text/event-stream' }, body: 'event: reset\ndata: {}\n\n' },
  {
    answer: 410,
    headers: { 'Content-Type': 'application/problem+json' },
    body: JSON.stringify({ code: 'cursor_expired', status: 410, title: 'Gone' }),
  },
];

export const cursorTooOld: Row = {
  number: 21,
  fault: 'Cursor too old',
  expected: 'reset, snapshot, one redraw',
  pass: 'the screen equals the host',
  elsewhere: [
    {
      file: 'packages/host/src/streams/streams.test.ts',
      test: 'a cursor of another log gets a reset event, and the stream ends',
    },
  ],
  trials: [
    {
      with: 'client',
      counts: { shrunk: 4, full: 100 },
      unit: 'resets, ten times as fast',
      async run(harness, count) {
        const visitor = harness.visitor({ haste: 10 });
        await visitor.say('vip');
        await visitor.drained();
        const conversationId = await harness.conversationOf(visitor.token());
        for (let round = 0; round < count; round++) {
          await until(() => visitor.isOnline, 'the stream stood');
          const before = visitor.snapshots;
          let isSpent = false;
          harness.proxy.fault(({ target }) => {
            if (!target.endsWith('/stream') || isSpent) return undefined;
            isSpent = true;
            return CURSOR_EXPIRED[round % CURSOR_EXPIRED.length];
          });
          harness.proxy.reset((last) => last !== undefined && last.target.endsWith('/stream'));
          await harness.say(conversationId, `balasan ${round}`);
          await visitor.say(`sambil lalu ${round}`);
          await until(() => visitor.snapshots > before, 'there was a new snapshot');
          await visitor.check();
          assert.equal(visitor.snapshots, before + 1, 'one redraw');
        }
        return `${said(count)} resets, one redraw each, the screen equals the host`;
      },
    },
    {
      with: 'process',
      counts: { shrunk: 0, full: 5 },
      unit: 'hosts restored from a backup, ten times as fast',
      run: restoreBackups,
    },
  ],
};

/**
 * Restores an older state of the host's folder: its visitors have newer cursors and turn numbers than the
 * host.
 */
async function restoreBackups(harness: Harness, count: number): Promise<string> {
  const { host } = harness;
  const [folder, backup] = [join(host.dataDir, 'pglite'), join(host.dataDir, 'backup')];
  for (let round = 0; round < count; round++) {
    const visitor = harness.visitor({ haste: 10 });
    await visitor.say('vip');
    await visitor.drained();
    await host.stop('SIGTERM');
    await cp(folder, backup, { recursive: true });
    await host.start();
    await until(() => visitor.isOnline, 'the stream stood');
    for (const word of ['satu', 'dua', 'tiga']) await visitor.say(`hilang ${word}`);
    await visitor.drained();
    await visitor.caughtUp();
    await host.stop('SIGTERM');
    await rm(folder, { recursive: true });
    await rename(backup, folder);
    await host.start();
    await visitor.say('setelah pemulihan');
    await visitor.drained();
    await visitor.caughtUp();
    const there = await visitor.hostMessages();
    assert.deepEqual(
      there.map(({ text }) => text),
      ['vip', 'setelah pemulihan'],
      'what the backup lacks is gone, and the next turn is taken under the number that the host expects',
    );
    assert.deepEqual(
      visitor.screen.map(({ id }) => id),
      there.map(({ id }) => id),
      'the screen shows what the host has',
    );
  }
  return `${said(count)} restored: visitors renumber, redraw and continue`;
}
