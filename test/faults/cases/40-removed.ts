import assert from 'node:assert/strict';
import type { CDPSession } from 'playwright-core';
import { ownBrowser } from '../harness/own-browser.ts';
import type { WidgetPage } from '../harness/widget-page.ts';
import type { SeenRequest } from '../proxy.ts';
import { until } from '@alur/tooling/testing';
import { count as said, within, type Row } from '../row.ts';

/** Resources of a page after garbage collection. */
interface Resources {
  heap: number;
  listeners: number;
  nodes: number;
}

async function countResources(session: CDPSession): Promise<Resources> {
  // Objects released by finalizers are collected the next time.
  for (let times = 0; times < 3; times++) await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const of = (wanted: string) => metrics.find(({ name }) => name === wanted)!.value;
  return { heap: of('JSHeapUsedSize'), listeners: of('JSEventListeners'), nodes: of('Nodes') };
}

/**
 * Runs in the page: removes the open chat and inserts it again, mostly after it is ready, sometimes before.
 */
async function replace(times: number): Promise<void> {
  const widget = document.querySelector('livechat-widget')!;
  for (let number = 0; number < times; number++) {
    widget.remove();
    // Moving an element within one task does not count as a removal.
    await new Promise((next) => setTimeout(next));
    const opened = new Promise((open) => widget.addEventListener('livechat-open', open, { once: true }));
    document.body.append(widget);
    if (number % 5 === 4) await new Promise((next) => setTimeout(next, number % 20));
    else await opened;
  }
}

/** Waits until an inserted chat is up to date, so that it holds only what it needs. */
async function waitUntilCurrent({ page, bubbles }: WidgetPage, text: string): Promise<void> {
  const isOnline = () =>
    (document.querySelector('livechat-widget') as unknown as { status?: string }).status === 'online';
  await page.waitForFunction(isOnline);
  await until(async () => (await bubbles()).at(-1) === text, 'the chat was in step');
}

/**
 * Machine code is on the heap as well, up to a tenth of it, created whenever the engine optimizes a function.
 */
const NO_COMPILERS = '--js-flags=--no-sparkplug,--no-maglev,--no-turbofan';

const isStream = (last: SeenRequest | undefined) => last?.target.endsWith('/stream') ?? false;

export const removed: Row = {
  number: 40,
  fault: 'Element removed and inserted again repeatedly',
  expected: 'no leak',
  pass: '1,000 times: heap within 5 %, no listener left',
  trials: [
    {
      with: 'widget',
      counts: { shrunk: 60, full: 1_000 },
      unit: 'times',
      async run(harness, count) {
        const browser = await ownBrowser(harness, [NO_COMPILERS]);
        const page = await harness.page({ within: browser.context });
        await page.begin();
        const session = await page.context.newCDPSession(page.page);
        await session.send('Performance.enable');
        // Objects created once for all of them are not a leak.
        await page.page.evaluate(replace, harness.isFull ? 100 : 40);
        await waitUntilCurrent(page, 'vip');
        const before = await countResources(session);
        await page.page.evaluate(replace, count);
        await waitUntilCurrent(page, 'vip');
        let after = before;
        // A pending call can still have a listener.
        const isTidy = async () => (after = await countResources(session)).listeners <= before.listeners;
        await until(isTidy, 'no listener was left', 10_000).catch((cause: unknown) => {
          throw new Error(`${after.listeners} listeners, and there were ${before.listeners}.`, { cause });
        });
        const growth = (after.heap / before.heap - 1) * 100;
        within(growth, 5, 'per cent of growth');
        await page.type('masih di sini');
        await page.check();
        assert.equal(harness.proxy.reset(isStream), 1, 'one stream was open');
        return `${said(count)} times: heap ${said(before.heap)} to ${said(after.heap)} bytes (${growth.toFixed(1)} %), ${after.listeners} listeners (before ${before.listeners}), ${after.nodes} nodes (before ${before.nodes})`;
      },
    },
  ],
  elsewhere: [{ file: 'test/pages/hostile-pages/moved.ts', test: 'moved' }],
};
