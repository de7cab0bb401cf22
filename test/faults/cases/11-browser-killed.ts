import assert from 'node:assert/strict';
import { makeProfile, startBrowser, type OwnBrowser } from '../harness/own-browser.ts';
import { until } from '@alur/tooling/testing';
import type { WidgetPage } from '../harness/widget-page.ts';
import { count as said, type Row } from '../row.ts';
import { look } from './16-quota.ts';

/** Number of messages in a row. The browser is killed in the middle of them. */
const MESSAGES = 12;

export const browserKilled: Row = {
  number: 11,
  fault: 'Browser killed',
  expected: 'the next start sends every message whose bubble was shown',
  pass: '20 kills: 0 lost',
  trials: [
    {
      with: 'widget',
      counts: { shrunk: 2, full: 20 },
      unit: 'kills of one profile',
      async run(harness, count) {
        const profile = await makeProfile(harness);
        let browser = await startBrowser(profile);
        harness.later(() => browser.kill());
        let page = await harness.page({ within: browser.context });
        await page.begin();
        let shown = 0;
        for (let number = 0; number < count; number++) {
          // In turns, the entries are only on the disk, or the browser crashes during exchanges.
          harness.proxy.set(number % 2 === 0 ? { refuses: true } : { latencyMs: 40 });
          const words = Array.from({ length: MESSAGES }, (_, index) => `putaran ${number}, kata ${index}`);
          const there = await killWhileSending(browser, page, words, 1 + (number % 8));
          shown += there.length;
          harness.proxy.set({ refuses: false, latencyMs: 0 });

          const { said: before } = page;
          browser = await startBrowser(profile);
          page = await harness.page({ within: browser.context });
          page.said.push(...before, ...there);
          await page.open();
          await until(
            async () => (await page.heard()).includes(there.at(-1)!),
            'the last bubble was sent',
            10_000,
          );
          // Messages that were being written when the browser crashed can be there as well, but without gaps.
          const { page: tab } = page;
          await until(async () => (await tab.evaluate(look)).onDisk === 0, 'everything was sent');
          const kept = (await page.heard()).slice(page.said.length);
          page.said.push(...words.slice(there.length, there.length + kept.length));
          await page.check();
        }
        return `${said(count)} kills, ${said(shown)} bubbles shown before: 0 lost, 0 doubled`;
      },
    },
  ],
};

/**
 * Sends `words` one after the other, and kills the browser as soon as `enough` of their bubbles are shown.
 * Returns the shown texts.
 */
async function killWhileSending(
  browser: OwnBrowser,
  page: WidgetPage,
  words: readonly string[],
  enough: number,
): Promise<string[]> {
  page.page
    .evaluate(async (all) => {
      const { livechat } = globalThis as unknown as { livechat: (...given: string[]) => Promise<unknown> };
      for (const text of all) await livechat('sendMessage', text);
    }, words)
    .catch(() => {});
  const there = await until(async () => {
    const bubbles = (await page.bubbles()).filter((text) => words.includes(text));
    return bubbles.length >= enough && bubbles;
  }, 'there were bubbles');
  await browser.kill();
  assert.deepEqual(there, words.slice(0, there.length), 'bubbles stand in order');
  return there;
}
