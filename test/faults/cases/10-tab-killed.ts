import assert from 'node:assert/strict';
import type { Harness } from '../harness/harness.ts';
import { rest, until } from '@alur/tooling/testing';
import type { WidgetPage } from '../harness/widget-page.ts';
import { count as said, seconds, within, type Row } from '../row.ts';
import { arrived } from './07-offline.ts';

/** Number of its messages in the outbox when the tab crashes. */
const WAITING = 6;

export const tabKilled: Row = {
  number: 10,
  fault: 'Tab killed',
  expected: 'another tab, or the next visit, sends the queue',
  pass: 'sent within 5 s by another tab',
  trials: [
    {
      with: 'widget',
      counts: { shrunk: 2, full: 20 },
      unit: 'leading tabs killed beside another tab',
      async run(harness, count) {
        let dying = await begin(harness);
        let slowest = 0;
        for (let number = 0; number < count; number++) {
          const other = await harness.page({ beside: dying });
          await other.open();
          await sees(other, dying.said.at(-1)!);
          await killWhileSending(harness, dying, number);
          const began = performance.now();
          other.said.unshift(...dying.said);
          await until(async () => (await arrived(other)) >= other.said.length, 'the other tab had drained');
          slowest = Math.max(slowest, performance.now() - began);
          assert.ok(!other.crashed(), 'the other tab is alive');
          await other.check();
          dying = other;
        }
        within(slowest, 5_000, 'milliseconds until a live tab had drained');
        return `${said(count)} killed with ${WAITING} pending messages: sent after ${seconds(slowest)} at most, 0 lost, 0 doubled`;
      },
    },
    {
      with: 'widget',
      counts: { shrunk: 1, full: 20 },
      unit: 'lone tabs killed',
      async run(harness, count) {
        let dying = await begin(harness);
        for (let number = 0; number < count; number++) {
          await killWhileSending(harness, dying, number);
          const next = await harness.page({ beside: dying });
          next.said.unshift(...dying.said);
          await next.open();
          await next.check();
          dying = next;
        }
        return `${said(count)} killed with ${WAITING} pending messages: the next visit sent them, 0 lost, 0 doubled`;
      },
    },
  ],
  elsewhere: [
    {
      file: 'packages/client/src/outbox/outbox.test.ts',
      test: 'entries of another tab are sent by the draining tab, which reports it to that tab',
    },
  ],
};

async function begin(harness: Harness): Promise<WidgetPage> {
  const page = await harness.page();
  await page.begin();
  return page;
}

/** Waits until the last bubble has the text `text`. */
async function sees(page: WidgetPage, text: string): Promise<void> {
  await until(async () => (await page.bubbles()).at(-1) === text, `"${text}" was shown`);
}

/** Kills a tab before, during or after one of the exchanges that send its outbox. */
async function killWhileSending(harness: Harness, page: WidgetPage, number: number): Promise<void> {
  harness.proxy.set({ latencyMs: 60 });
  for (let index = 0; index < WAITING; index++) await page.send(`putaran ${number}, kata ${index}`);
  await rest((number * 37) % 300);
  await page.crash();
  harness.proxy.set({ latencyMs: 0 });
}
