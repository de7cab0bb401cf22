import type { Harness } from '../harness/harness.ts';
import { until } from '@alur/tooling/testing';
import { count as said, seconds, within, type Row } from '../row.ts';

const DIRECTIONS = ['toClient', 'toHost', 'both'] as const;

export const halfOpen: Row = {
  number: 19,
  fault: 'Half-open connection, in one direction or both',
  expected: 'reconnects after 45 s without a byte',
  pass: 'recovered within 60 s',
  trials: [
    {
      with: 'client',
      counts: { shrunk: 2, full: 30 },
      unit: 'rounds, 20 times as fast',
      async run(harness, count) {
        const haste = 20;
        let slowest = 0;
        for (let round = 0; round < count; round++) {
          const visitor = harness.visitor({ haste });
          await visitor.say('vip');
          await visitor.drained();
          const conversationId = await harness.conversationOf(visitor.token());
          await until(() => visitor.isOnline, 'the stream stood');
          harness.proxy.halfOpen(DIRECTIONS[round % DIRECTIONS.length]!);
          const began = performance.now();
          await Promise.all([harness.say(conversationId, 'halo?'), visitor.say('ada orang?')]);
          await visitor.drained();
          await visitor.caughtUp();
          slowest = Math.max(slowest, (performance.now() - began) * haste);
          await visitor.check();
        }
        within(slowest, 60_000, 'milliseconds on the client’s clock until both sides had heard each other');
        return `${said(count)} recovered, the slowest after ${seconds(slowest)} of the client’s clock`;
      },
    },
    {
      with: 'widget',
      counts: { shrunk: 1, full: 2 },
      unit: 'rounds',
      run: recoverOnScreen,
    },
  ],
};

async function recoverOnScreen(harness: Harness, count: number): Promise<string> {
  let slowest = 0;
  for (let round = 0; round < count; round++) {
    const page = await harness.page({
      // `npm test` moves the page's clock over the silence. The full matrix waits for it.
      prepare: async (_, page) => void (harness.isFull || (await page.clock.install())),
    });
    await page.begin();
    const conversationId = await harness.conversationOf(page.token());
    harness.proxy.halfOpen(round % 2 === 0 ? 'toClient' : 'both');
    const began = performance.now();
    await harness.say(conversationId, 'halo?');
    await page.send('ada orang?');
    for (let moved = 0; !harness.isFull && moved < 60; moved += 10)
      await page.page.clock.fastForward('00:10');
    await page.check(80_000);
    slowest = Math.max(slowest, performance.now() - began);
    await page.close();
  }
  if (!harness.isFull) return `${said(count)} recovered within 60 s of the page’s clock`;
  within(slowest, 60_000, 'milliseconds until the screen showed what the host has');
  return `${said(count)} recovered on the screen, the slowest after ${seconds(slowest)}`;
}
