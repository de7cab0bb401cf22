import assert from 'node:assert/strict';
import { until } from '@alur/tooling/testing';
import { count as said, type Row } from '../row.ts';

const TABS = 5;

export const tabsAtOnce: Row = {
  number: 12,
  fault: 'Five tabs send at once',
  expected: 'one tab sends for all and has the only stream',
  pass: '250 once, in the order of each tab',
  trials: [
    {
      with: 'widget',
      counts: { shrunk: 4, full: 50 },
      unit: 'messages in each of five tabs',
      async run(harness, count) {
        const first = await harness.page();
        await first.begin();
        const tabs = [first];
        while (tabs.length < TABS) {
          const tab = await harness.page({ beside: first });
          await tab.open();
          tabs.push(tab);
        }
        const numbers = Array.from({ length: count }, (_, number) => number);
        await Promise.all(
          tabs.map(async (tab, name) => {
            for (const number of numbers) await tab.send(`tab ${name} kata ${number}`);
          }),
        );
        const own = async () => (await first.heard()).slice(1);
        await until(async () => (await own()).length >= TABS * count, 'everything had arrived', 60_000);
        const texts = await own();
        for (const name of tabs.keys())
          assert.deepEqual(
            texts.filter((text) => text.startsWith(`tab ${name} `)),
            numbers.map((number) => `tab ${name} kata ${number}`),
            'each tab’s own, once and in its order',
          );
        assert.equal(texts.length, TABS * count);
        const asked = harness.proxy.requests.filter(
          ({ method, target }) => method === 'GET' && target.includes('/stream'),
        );
        assert.equal(asked.length, 1, 'one stream for five tabs');
        return `${said(texts.length)} of ${said(TABS * count)} once, in the order of each tab, over one stream`;
      },
    },
  ],
};
