import assert from 'node:assert/strict';
import { CLOCK_INBOX, clockWords } from '../harness/clock-flow.ts';
import type { Harness } from '../harness/harness.ts';
import { rest, until } from '@alur/tooling/testing';
import { count as said, type Row } from '../row.ts';

const DAY_MS = 86_400_000;
const SCRIPT = ['pertama', 'kedua', 'ketiga'];

/** The error of each visitor's clock at its n-th message. */
const ERRORS: ((number: number) => number)[] = [
  () => 0,
  () => DAY_MS,
  () => -DAY_MS,
  (number) => (number % 2 === 0 ? DAY_MS : -DAY_MS),
  (number) => (number % 2 === 0 ? -3_600_000 : 5 * 3_600_000),
];

export const wrongClock: Row = {
  number: 30,
  fault: 'Client clock a day off, jumping during a chat',
  expected: 'order, waits and office hours are not affected',
  pass: 'identical outcome',
  elsewhere: [
    {
      file: 'packages/host/src/operations/effective-time.test.ts',
      test: 'the time of a delayed input is moved back by its delay, whatever the clock shows',
    },
  ],
  trials: [
    {
      with: 'client',
      counts: { shrunk: 2, full: 40 },
      unit: 'rounds of five clocks, with an outage',
      async run(harness, count) {
        for (let round = 0; round < count; round++) await compareClocks(harness);
        return `${said(count * ERRORS.length)} conversations: weekday, hour and order as with a correct clock; waits end in time`;
      },
    },
    {
      with: 'widget',
      counts: { shrunk: 2, full: 10 },
      unit: 'pages',
      async run(harness, count) {
        for (let number = 0; number < count; number++) {
          const error = number % 2 === 0 ? DAY_MS : -DAY_MS;
          const page = await harness.page({
            inboxId: CLOCK_INBOX,
            prepare: (_, page) => page.clock.install({ time: harness.hostNow() + error }),
          });
          await page.openWithFlow();
          const taken = harness.hostNow();
          await page.type('pertama');
          await page.log.getByText('Terkirim').waitFor();
          await page.page.clock.setSystemTime(harness.hostNow() - error);
          for (const text of SCRIPT.slice(1)) await page.type(text);
          await page.check();
          const words = (await page.bubbles()).filter((text) => !page.said.includes(text));
          assert.ok(isThen(words, taken, harness.hostNow()), `the flow said ${words.join(', ')}`);
          assert.deepEqual(await harness.verdicts(await harness.conversationOf(page.token())), [
            'equal',
            'equal',
            'equal',
          ]);
          await page.close();
        }
        return `${said(count)} pages a day off and jumping two: the widget’s and the host’s results are equal`;
      },
    },
  ],
};

async function compareClocks(harness: Harness): Promise<void> {
  const began = harness.hostNow();
  let number = 0;
  const visitors = ERRORS.map((error) =>
    harness.visitor({ inboxId: CLOCK_INBOX, clockError: () => error(number) }),
  );
  await until(() => visitors.every(({ isOnline }) => isOnline), 'all were there');
  for (const text of SCRIPT) {
    number += 1;
    // The clock jumps while the message waits for the network.
    harness.proxy.set({ refuses: true });
    for (const visitor of visitors) await visitor.say(text);
    await rest(100);
    number += 1;
    harness.proxy.set({ refuses: false });
    // The longest wait is then a few seconds, whatever the clocks show.
    for (const visitor of visitors) await visitor.drained(15_000);
  }
  for (const visitor of visitors) {
    await visitor.check();
    const words = (await visitor.hostMessages()).filter(({ author }) => author.kind === 'bot');
    assert.ok(
      isThen(
        words.map(({ text }) => text),
        began,
        harness.hostNow(),
      ),
      words.map(({ text }) => text).join(', '),
    );
  }
}

/** Whether the flow replied with the weekday and hour of a moment between `from` and `to`. */
function isThen(words: string[], from: number, to: number): boolean {
  return [from, to].some((at) => clockWords(at).join() === words.join());
}
