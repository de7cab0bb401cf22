import assert from 'node:assert/strict';
import { rest, until } from '@alur/tooling/testing';
import { count as said, type Row } from '../row.ts';

export const snapshotGap: Row = {
  number: 22,
  fault: 'Event between snapshot and stream',
  expected: 'no loss: the stream starts at the snapshot’s cursor',
  pass: '0 lost',
  elsewhere: [
    {
      file: 'packages/host/src/streams/log-follower.test.ts',
      test: 'in 3,000 interleavings of writes, reads, notifications and losses no event is lost, duplicated or reordered',
    },
  ],
  trials: [
    {
      with: 'client',
      counts: { shrunk: 10, full: 300 },
      unit: 'new connections during many messages',
      async run(harness, count) {
        const first = harness.visitor();
        await first.say('vip');
        await first.drained();
        const conversationId = await harness.conversationOf(first.token());
        const { storage } = first;
        await first.close();
        // Long enough that several messages arrive between the snapshot and the stream.
        harness.proxy.set({ latencyMs: 15 });
        const over = new AbortController();
        let poured = 0;
        const pouring = (async () => {
          for (; !over.signal.aborted; poured += 1) {
            await harness.say(conversationId, `balasan ${poured}`);
            await rest(4);
          }
        })();
        const screens: string[][] = [];
        let live = 0;
        for (let round = 0; round < count; round++) {
          const visitor = harness.visitor({ storage });
          await until(() => visitor.events.length > round % 5, 'some came live');
          screens.push(visitor.screen.map(({ id }) => id));
          live += visitor.events.length;
          await visitor.close();
        }
        over.abort();
        await pouring;
        const last = harness.visitor({ storage });
        await last.caughtUp();
        const there = (await last.hostMessages()).map(({ id }) => id);
        for (const screen of screens) {
          const from = there.indexOf(screen[0] ?? '');
          assert.deepEqual(
            screen,
            there.slice(from, from + screen.length),
            'without a hole and without a repeat',
          );
        }
        return `${said(count)} arrivals among ${said(poured)} messages, ${said(live)} received by stream: 0 lost, 0 doubled`;
      },
    },
  ],
};
