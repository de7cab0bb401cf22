import type { CDPSession } from 'playwright-core';
import type { Harness } from '../harness/harness.ts';
import { ownBrowser } from '../harness/own-browser.ts';
import { until } from '@alur/tooling/testing';
import type { WidgetPage } from '../harness/widget-page.ts';
import { count as said, seconds, within, type Row } from '../row.ts';
import { arrived } from './07-offline.ts';

/** Freezes a tab as browsers do with background tabs: its code stops, and it keeps its locks. */
async function freeze({ context, page }: WidgetPage): Promise<CDPSession> {
  const isFrozen = page.evaluate(
    () => new Promise((frozen) => document.addEventListener('freeze', frozen, { once: true })),
  );
  const session = await context.newCDPSession(page);
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  await isFrozen;
  return session;
}

/** Unfreezes it. */
async function thaw(session: CDPSession): Promise<void> {
  await session.send('Page.setWebLifecycleState', { state: 'active' });
}

export const leaderFrozen: Row = {
  number: 13,
  fault: 'Leading tab frozen',
  expected: 'another tab takes over; the frozen tab is up to date after it resumes',
  pass: 'within 10 s',
  trials: [
    {
      with: 'widget',
      counts: { shrunk: 1, full: 10 },
      unit: 'leaders frozen',
      async run(harness, count) {
        // Playwright’s own browser keeps every tab visible, and visible tabs never freeze.
        const browser = await ownBrowser(harness);
        let leader = await harness.page({ within: browser.context });
        await leader.begin();
        let slowest = 0;
        for (let number = 0; number < count; number++) {
          // `npm test` moves the other tab’s clock over its timeout. The full matrix waits for it.
          const other = await harness.page({
            beside: leader,
            ...(!harness.isFull && { prepare: (_, page) => page.clock.install() }),
          });
          await other.open();
          await until(
            async () => (await other.bubbles()).length === (await leader.bubbles()).length,
            'the other tab was in step',
          );
          const session = await freeze(leader);
          slowest = Math.max(slowest, await takeOver(harness, other, `beku ${number}`, leader.said.length));
          await harness.say(await harness.conversationOf(other.token()), `balasan ${number}`);
          await other.log.getByText(`balasan ${number}`).waitFor();
          await thaw(session);
          other.said.unshift(...leader.said);
          leader.said.push(other.said.at(-1)!);
          await leader.check();
          await other.check();
          await leader.page.close();
          leader = other;
        }
        within(slowest, 10_000, 'milliseconds until another tab had taken over and sent');
        const took = harness.isFull ? `, ${seconds(slowest)} at most` : '';
        return `${said(count)} frozen: another tab took over and sent${took}; both up to date after the resume`;
      },
    },
  ],
  elsewhere: [
    {
      file: 'packages/client/src/tabs/leadership.browser.test.ts',
      test: 'a leader that does not respond is replaced, is notified, and can lead again',
    },
  ],
};

/** Sends a message in a tab whose leader is frozen. Returns how long it took to arrive. */
async function takeOver(harness: Harness, tab: WidgetPage, text: string, before: number): Promise<number> {
  const began = performance.now();
  await tab.type(text);
  if (!harness.isFull) for (let twice = 0; twice < 2; twice++) await tab.page.clock.fastForward('00:05');
  await until(async () => (await arrived(tab)) > before, 'another tab had taken over');
  return performance.now() - began;
}
