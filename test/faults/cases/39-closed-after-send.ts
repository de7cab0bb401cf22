import assert from 'node:assert/strict';
import { until } from '@alur/tooling/testing';
import { count as said, type Row } from '../row.ts';
import { arrived } from './07-offline.ts';

/**
 * Maximum time after a page closed until its last message must arrive, in milliseconds. No other tab can send
 * it.
 */
const LAST_MESSAGE_MS = 2_000;

export const closedAfterSend: Row = {
  number: 39,
  fault: 'Page closed right after Send',
  expected: 'stored first, and sent at once with keepalive',
  pass: '100 of 100 after the next visit, 90 before it',
  trials: [
    {
      with: 'widget',
      counts: { shrunk: 4, full: 100 },
      unit: 'pages closed after the Enter key',
      async run(harness, count) {
        const first = await harness.page();
        await first.begin();
        await first.page.close();
        const words = ['vip'];
        let before = 0;
        for (let number = 0; number < count; number++) {
          const page = await harness.page({ within: first.context });
          await page.open();
          // Faster than any typing: earlier messages are shown by now.
          await until(async () => (await page.bubbles()).at(-1) === words.at(-1), 'the page was in step');
          await page.type(`kata terakhir ${number}`);
          await page.page.close();
          words.push(`kata terakhir ${number}`);
          const isThere = async () => (await arrived(first)) === words.length;
          before += await until(isThere, 'it had arrived', LAST_MESSAGE_MS).then(Number, () => 0);
        }
        const next = await harness.page({ within: first.context });
        next.said.push(...words);
        await next.open();
        await next.check();
        // With a small count, one more or less has no meaning.
        if (harness.isFull)
          assert.ok(before >= count * 0.9, `${before} of ${count} arrived before the next visit`);
        return `${said(count)} of ${said(count)} after the next visit, ${said(before)} before it`;
      },
    },
  ],
  elsewhere: [{ file: 'test/pages/hostile-pages/closed-after-send.ts', test: 'closed-after-send' }],
};
