import assert from 'node:assert/strict';
import { ownBrowser } from '../harness/own-browser.ts';
import type { Harness } from '../harness/harness.ts';
import { until } from '@alur/tooling/testing';
import type { WidgetPage } from '../harness/widget-page.ts';
import { count as said, seconds, within, type Row } from '../row.ts';
import { arrived } from './07-offline.ts';

/** A name that is not a loopback address: over plain http it is not a secure context. */
const SITE = 'shop.test';

/** Opens two tabs of a visitor on a page over plain http. The first is the leader. */
async function twoTabs(harness: Harness): Promise<[WidgetPage, WidgetPage]> {
  const browser = await ownBrowser(harness, [`--host-resolver-rules=MAP ${SITE} 127.0.0.1`]);
  const first = await harness.page({ within: browser.context, site: SITE });
  assert.deepEqual(
    await first.page.evaluate(() => [isSecureContext, 'locks' in navigator, 'randomUUID' in crypto]),
    [false, false, false],
  );
  await first.begin();
  return [first, await secondTab(harness, first)];
}

async function secondTab(harness: Harness, first: WidgetPage): Promise<WidgetPage> {
  const second = await harness.page({
    beside: first,
    site: SITE,
    ...(!harness.isFull && { prepare: (_, page) => page.clock.install() }),
  });
  await second.open();
  const last = (await first.bubbles()).at(-1);
  await until(async () => (await second.bubbles()).at(-1) === last, 'the other tab was in step');
  return second;
}

export const noLocks: Row = {
  number: 14,
  fault: 'No Web Locks (a page over plain http)',
  expected: 'a lease in IndexedDB; the host accepts each turn once',
  pass: 'the widget works, 0 doubled',
  trials: [
    {
      with: 'widget',
      counts: { shrunk: 5, full: 100 },
      unit: 'messages in each of two tabs',
      async run(harness, count) {
        const tabs = await twoTabs(harness);
        const numbers = Array.from({ length: count }, (_, number) => number);
        await Promise.all(
          tabs.map(async (tab, name) => {
            for (const number of numbers) await tab.send(`tab ${name} kata ${number}`);
          }),
        );
        const [first, second] = tabs;
        await until(async () => (await arrived(first)) > 2 * count, 'everything had arrived', 60_000);
        const own = await first.heard();
        for (const name of tabs.keys())
          assert.deepEqual(
            own.filter((text) => text.startsWith(`tab ${name} `)),
            numbers.map((number) => `tab ${name} kata ${number}`),
            'each tab’s own, once and in its order',
          );
        // The host decides the order between the tabs.
        for (const tab of [first, second]) {
          tab.said.splice(0, Infinity, ...own);
          await tab.check();
        }
        const asked = harness.proxy.requests.filter(
          ({ method, target }) => method === 'GET' && target.endsWith('/stream'),
        );
        assert.equal(asked.length, 1, 'one stream for both tabs');
        return `${said(own.length - 1)} of ${said(2 * count)} once, in the order of each tab, over one stream`;
      },
    },
    {
      with: 'widget',
      counts: { shrunk: 1, full: 10 },
      unit: 'leading tabs killed',
      async run(harness, count) {
        let [leader, other] = await twoTabs(harness);
        let slowest = 0;
        for (let number = 0; number < count; number++) {
          if (number > 0) other = await secondTab(harness, leader);
          await leader.crash();
          await leader.page.close();
          const began = performance.now();
          // `npm test` moves its clock over the lease. The full matrix waits for it.
          if (!harness.isFull) await other.page.clock.fastForward('00:09');
          other.said.unshift(...leader.said);
          await other.type(`sesudah ${number}`);
          await until(async () => (await arrived(other)) === other.said.length, 'the other tab had sent');
          slowest = Math.max(slowest, performance.now() - began);
          await other.check();
          leader = other;
        }
        // The lease lasts 8 s, and tabs try to take it every 2 s.
        within(slowest, 12_000, 'milliseconds until the lease had run out and another tab had sent');
        const took = harness.isFull ? ` after ${seconds(slowest)} at most` : '';
        return `${said(count)} killed: another tab had sent${took}, 0 doubled`;
      },
    },
  ],
  elsewhere: [{ file: 'test/pages/hostile-pages/plain-http.ts', test: 'plain-http' }],
};
