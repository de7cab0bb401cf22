import assert from 'node:assert/strict';
import type { Harness } from '../harness/harness.ts';
import { rest, until } from '@alur/tooling/testing';
import { count as said, type Row } from '../row.ts';

/**
 * Breaks streams at random times, `least` to `most` milliseconds apart. Returns a function that stops this
 * and returns the number of breaks.
 */
function keepCutting({ proxy }: Harness, least: number, most: number): () => number {
  let cuts = 0;
  let timer: NodeJS.Timeout;
  const cut = () => {
    cuts += proxy.reset((last) => last !== undefined && last.target.endsWith('/stream'));
    timer = setTimeout(cut, least + Math.random() * (most - least));
  };
  cut();
  return () => {
    clearTimeout(timer);
    return cuts;
  };
}

/** Sends `count` messages of the agent over `ms` milliseconds. */
async function sendReplies(
  harness: Harness,
  conversationId: string,
  count: number,
  ms: number,
): Promise<void> {
  const began = performance.now();
  for (let number = 0; number < count; number++) {
    const due = began + (ms * number) / count - performance.now();
    if (due > 5) await rest(due);
    await harness.say(conversationId, `balasan ${number}`);
  }
}

export const streamCut: Row = {
  number: 18,
  fault: 'Stream cut every 1 to 5 s for 5 min',
  expected: 'continues from the cursor; no gap and no repeat on the screen',
  pass: '10,000 events, 0 gaps, 0 doubles',
  trials: [
    {
      with: 'client',
      counts: { shrunk: 200, full: 10_000 },
      unit: 'events, five times as fast',
      async run(harness, count) {
        const haste = 5;
        const visitor = harness.visitor({ haste });
        await visitor.say('vip');
        await visitor.drained();
        const conversationId = await harness.conversationOf(visitor.token());
        const stop = keepCutting(harness, 1_000 / haste, 5_000 / haste);
        await sendReplies(harness, conversationId, count, harness.isFull ? 300_000 / haste : 2_500);
        const cuts = stop();
        await visitor.caughtUp();
        const seqs = visitor.events.map(({ seq }) => seq);
        assert.deepEqual(
          seqs,
          [...new Set(seqs)].sort((a, b) => a - b),
          'no event came twice or out of order',
        );
        assert.equal(visitor.snapshots, 1, 'it never had to read a new snapshot');
        assert.ok(cuts > 1, 'the stream was cut');
        await visitor.check();
        const heard = visitor.screen.filter(({ author }) => author.kind === 'agent').length;
        assert.equal(heard, count);
        return `${said(heard)} events over ${said(cuts)} cuts: 0 gaps, 0 doubles`;
      },
    },
    {
      with: 'widget',
      counts: { shrunk: 20, full: 500 },
      unit: 'messages on the screen',
      async run(harness, count) {
        const page = await harness.page();
        await page.page.evaluate(() => {
          const heard: string[] = [];
          Object.assign(globalThis, { heard });
          document.addEventListener('livechat-message', (event) =>
            heard.push((event as CustomEvent<{ id: string }>).detail.id),
          );
        });
        await page.begin();
        const conversationId = await harness.conversationOf(page.token());
        const stop = harness.isFull ? keepCutting(harness, 1_000, 5_000) : keepCutting(harness, 200, 600);
        await sendReplies(harness, conversationId, count, harness.isFull ? 60_000 : 2_000);
        const cuts = stop();
        await page.check();
        const heard = () => page.page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard);
        await until(async () => (await heard()).length >= count, 'every message was announced');
        const there = (await page.hostMessages()).filter(({ author }) => author.kind === 'agent');
        assert.deepEqual(
          await heard(),
          there.map(({ id }) => id),
          'each is announced once, in order',
        );
        return `${said(count)} shown over ${said(cuts)} cuts: 0 gaps, 0 doubles`;
      },
    },
  ],
};
