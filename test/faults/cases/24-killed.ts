import assert from 'node:assert/strict';
import { type HostProcess, createHostProcess, rest, until } from '@alur/tooling/testing';
import type { Harness } from '../harness/harness.ts';
import type { TestVisitor } from '../harness/visitor.ts';
import { count as said, type Row } from '../row.ts';
import { faultWorkspace } from '../harness/workspace.ts';

const VISITORS = 4;

/**
 * Keeps a visitor's outbox filled: first a greeting, a pressed button, then plain messages. Each page is a
 * new visitor.
 */
async function keepWriting(visitor: TestVisitor, stop: AbortSignal): Promise<void> {
  await visitor.say('halo');
  await visitor.press('ask', 'order');
  for (let number = 0; !stop.aborted; number++) {
    await visitor.say(`nomor ${number}`);
    await until(() => stop.aborted || visitor.outbox.length < 4, 'there was room in the queue', 60_000);
  }
}

/** Kills the host `count` times while it writes. */
async function killLoop(harness: Harness, host: HostProcess, count: number): Promise<string> {
  let turns = 0;
  let doubled = 0;
  for (let round = 0; round < count; round++) {
    const stop = new AbortController();
    const visitors = Array.from({ length: VISITORS }, () =>
      harness.visitor({ via: host.url, host: host.url, haste: 5 }),
    );
    const talking = visitors.map((visitor) => keepWriting(visitor, stop.signal));
    await until(() => visitors.every(({ answers }) => answers.length > 3), 'turns were being written');
    await rest((round * 37) % 150);
    await host.stop('SIGKILL');
    await host.start();
    stop.abort();
    await Promise.all(talking);
    for (const visitor of visitors) {
      await visitor.check();
      turns += visitor.answers.length;
      doubled += visitor.answers.filter(({ result }) => result.replayed).length;
      // The label of the press exists once, however often the press was sent.
      const conversation = await harness
        .deskOf(host)
        .getConversation(await harness.conversationOf(visitor.token(), host));
      assert.deepEqual(conversation.labelIds, ['lbl_order']);
      await visitor.close();
    }
  }
  return `${said(count)} kills, ${said(turns)} acknowledged turns: 0 lost, 0 doubled (${said(doubled)} were sent twice)`;
}

export const killed: Row = {
  number: 24,
  fault: 'Host SIGKILL during a transaction',
  expected: 'turn, events and effects are one transaction',
  pass: '50 kills on each database: 0 acknowledged turns lost, 0 doubled',
  elsewhere: [
    {
      file: 'packages/host/src/database/durability.test.ts',
      test: 'after a kill during writes each acknowledged turn is stored exactly once',
    },
  ],
  trials: [
    {
      with: 'process',
      counts: { shrunk: 1, full: 50 },
      unit: 'kills on PGlite, five times as fast',
      run: (harness, count) => killLoop(harness, harness.host, count),
    },
    {
      with: 'process',
      counts: { shrunk: 0, full: 50 },
      unit: 'kills on PostgreSQL, five times as fast',
      needs: 'postgres',
      async run(harness, count) {
        const host = await createHostProcess({
          workspace: faultWorkspace(),
          postgresUrl: await harness.postgresUrl(),
        });
        harness.later(() => host.end());
        await host.start();
        return killLoop(harness, host, count);
      },
    },
  ],
};
