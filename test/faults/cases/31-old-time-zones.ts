import assert from 'node:assert/strict';
import type { BrowserContext } from 'playwright-core';
import { CLOCK_INBOX, clockWords } from '../harness/clock-flow.ts';
import { count as said, type Row } from '../row.ts';

/** Places far from the inbox, on both sides of the date line. */
const ZONES = [
  'Pacific/Kiritimati',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Pacific/Pago_Pago',
  'Africa/Casablanca',
];

/**
 * Simulates a browser with wrong time zone data for every place: one hour off, and in another zone than
 * reported.
 */
function useWrongTimeZones(context: BrowserContext): Promise<unknown> {
  return context.addInitScript(() => {
    const { DateTimeFormat } = Intl;
    const HOUR_MS = 3_600_000;
    Intl.DateTimeFormat = new Proxy(DateTimeFormat, {
      construct(target, args: ConstructorParameters<typeof DateTimeFormat>) {
        const format = new target(...args);
        const { formatToParts } = format;
        format.formatToParts = (date?: number | Date) =>
          formatToParts.call(format, Number(date ?? Date.now()) + HOUR_MS);
        return format;
      },
    });
  });
}

export const oldTimeZones: Row = {
  number: 31,
  fault: 'Time-zone data older than the host’s',
  expected: 'no effect: zones are data from the host',
  pass: 'identical outcome',
  elsewhere: [
    {
      file: 'test/architecture.test.ts',
      test: 'the flow package uses no clock, randomness or locale in a run',
    },
  ],
  trials: [
    {
      with: 'widget',
      counts: { shrunk: 2, full: 20 },
      unit: 'pages in other zones, with wrong data',
      async run(harness, count) {
        for (let number = 0; number < count; number++) {
          const page = await harness.page({
            inboxId: CLOCK_INBOX,
            context: { timezoneId: ZONES[number % ZONES.length]! },
            prepare: useWrongTimeZones,
          });
          await page.openWithFlow();
          const before = harness.hostNow();
          await page.type('pertama');
          await page.check();
          const words = (await page.bubbles()).slice(1).join();
          const moments = [before, harness.hostNow()].map((at) => clockWords(at).join());
          assert.ok(moments.includes(words), `the flow said ${words} at ${moments.join(' or ')}`);
          assert.deepEqual(await harness.verdicts(await harness.conversationOf(page.token())), ['equal']);
          await page.close();
        }
        return `${said(count)} pages: the widget’s and the host’s results are equal`;
      },
    },
  ],
};
