import type { Harness } from '../harness/harness.ts';
import { until } from '@alur/tooling/testing';
import type { WidgetPage } from '../harness/widget-page.ts';
import { count as said, seconds, within, type Row } from '../row.ts';

/**
 * Cuts the network as an operating system does: nothing passes, open connections break, and the page gets an
 * event.
 */
export async function goOffline(harness: Harness, { context }: WidgetPage): Promise<void> {
  await context.setOffline(true);
  harness.proxy.set({ refuses: true });
}

/** Returns how many of the visitor's messages the host has stored. */
export async function arrived(page: WidgetPage): Promise<number> {
  return (await page.hostView('limit=1')).seq;
}

export const offline: Row = {
  number: 7,
  fault: 'Offline for an hour, 200 messages',
  expected: 'the queue is stored and sent in order after the reconnect',
  pass: '200 of 200 in order, within 10 s',
  trials: [
    {
      with: 'widget',
      counts: { shrunk: 20, full: 200 },
      unit: 'messages',
      async run(harness, count) {
        const page = await harness.page({ prepare: (_, page) => page.clock.install() });
        await page.begin();
        await goOffline(harness, page);
        for (let number = 0; number < count; number++) {
          await page.send(`luring ${number}`);
          // Ten periods of six minutes.
          if (number % (count / 10) === 0) await page.page.clock.fastForward('06:00');
        }
        await page.log.getByText('Menunggu dikirim').waitFor();
        const began = performance.now();
        harness.proxy.set({ refuses: false });
        await page.context.setOffline(false);
        await until(async () => (await arrived(page)) > count, 'everything had arrived');
        const took = performance.now() - began;
        await page.check();
        within(took, 10_000, 'milliseconds until all had arrived');
        return `${said(count)} of ${said(count)} in order, ${seconds(took)} after an hour`;
      },
    },
  ],
};
