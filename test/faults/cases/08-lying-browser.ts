import type { BrowserContext } from 'playwright-core';
import { until } from '@alur/tooling/testing';
import { count as said, seconds, within, type Row } from '../row.ts';
import { arrived } from './07-offline.ts';

/** A browser whose `onLine` never changes, and which never fires an event for a change. */
function fixOnLine(onLine: boolean) {
  return (context: BrowserContext) =>
    context.addInitScript((says: boolean) => {
      Object.defineProperty(Navigator.prototype, 'onLine', { get: () => says });
      for (const name of ['online', 'offline'])
        addEventListener(name, (event) => event.isTrusted && event.stopImmediatePropagation(), true);
    }, onLine);
}

export const lyingBrowser: Row = {
  number: 8,
  fault: 'navigator.onLine is wrong',
  expected: 'it is never trusted; it only causes an earlier retry or a check of the connection',
  pass: 'all in order; without an event the first within the longest wait of 30 s, all within 10 s of it',
  trials: [
    {
      with: 'widget',
      counts: { shrunk: 5, full: 200 },
      unit: 'messages, the browser reports repeatedly that it is offline',
      async run(harness, count) {
        const page = await harness.page({ prepare: fixOnLine(false) });
        await page.open();
        const began = performance.now();
        for (let number = 0; number < count; number++) {
          await page.send(`vip ${number}`);
          if (number % 10 === 0) await page.page.evaluate(() => dispatchEvent(new Event('offline')));
        }
        await page.check();
        return `${said(count)} of ${said(count)} in order, ${seconds(performance.now() - began)}`;
      },
    },
    {
      with: 'widget',
      counts: { shrunk: 10, full: 200 },
      unit: 'messages, the browser never reports the outage',
      async run(harness, count) {
        const page = await harness.page({
          async prepare(context, page) {
            await fixOnLine(true)(context);
            await page.clock.install();
          },
        });
        await page.begin();
        harness.proxy.set({ refuses: true });
        for (let number = 0; number < count; number++) await page.send(`diam ${number}`);
        // Long enough that waits reach their maximum. The network returns only after a wait has begun, not
        // during an attempt.
        for (let minutes = 0; minutes < 10; minutes++) {
          const failed = page.page.waitForEvent('requestfailed', (request) =>
            request.url().endsWith('/turns'),
          );
          await page.page.clock.fastForward('01:00');
          await failed;
        }
        harness.proxy.set({ refuses: false });
        const began = performance.now();
        // `npm test` moves the page's clock over the longest wait. The full matrix waits for it.
        if (!harness.isFull) await page.page.clock.fastForward('00:31');
        // One arrived before the outage.
        await until(async () => (await arrived(page)) > 1, 'the first had arrived', 45_000);
        const first = performance.now() - began;
        await until(async () => (await arrived(page)) > count, 'everything had arrived', 45_000);
        const took = performance.now() - began;
        await page.check();
        within(first, 30_000, 'milliseconds until the first had arrived');
        within(took - first, 10_000, 'milliseconds from the first to the last');
        return `${said(count)} of ${said(count)} in order, the first ${seconds(first)} after the network returned without an event, the last ${seconds(took)}`;
      },
    },
  ],
};
