import assert from 'node:assert/strict';
import { until, rest } from '@alur/tooling/testing';
import type { TestVisitor } from '../harness/visitor.ts';
import { count as said, percentile, seconds, within, type Row } from '../row.ts';

/** Number of visitors with a conversation, so that something can be lost. */
const WRITING_VISITORS = 100;

export const restart: Row = {
  number: 23,
  fault: 'Host restarted under open streams',
  expected: 'bye with a delay, reconnect with jitter',
  pass: '0 lost; 99 of 100 back within 10 s',
  trials: [
    {
      with: 'process',
      counts: { shrunk: 50, full: 5_000 },
      unit: 'visitors with the published client',
      async run(harness, count) {
        const { host } = harness;
        // Without the proxy: in this process it would double the work of every connection.
        const crowd: TestVisitor[] = [];
        for (let number = 0; number < count; number++) {
          crowd.push(harness.visitor({ via: host.url }));
          // Real visitors do not open that many pages in one moment.
          if (number % 100 === 99)
            await until(() => crowd.every(({ isOnline }) => isOnline), 'all were there', 60_000);
        }
        await until(() => crowd.every(({ isOnline }) => isOnline), 'all were there', 60_000);
        const talkers = crowd.slice(0, Math.min(WRITING_VISITORS, count / 5));
        for (const talker of talkers) await talker.say('vip');
        for (const talker of talkers) await talker.drained();
        const conversations: string[] = [];
        for (const talker of talkers) conversations.push(await harness.conversationOf(talker.token()));
        const { streams, rss } = await host.stats();

        let spoken = 0;
        const over = new AbortController();
        const speaking = (async () => {
          for (; !over.signal.aborted; spoken += 1) {
            const words = `balasan ${spoken}`;
            await harness.say(conversations[spoken % conversations.length]!, words).catch(() => rest(50));
            await rest(10);
          }
        })();
        const visiting = (async () => {
          for (const talker of talkers) await talker.say('di tengah mulai ulang').then(() => rest(20));
        })();
        await rest(200);
        const began = performance.now();
        assert.equal(await host.stop('SIGTERM'), 0, 'it ends cleanly');
        const down = performance.now() - began;
        const startUp = await host.start();
        const back = await Promise.all(
          crowd.map(async (visitor) => {
            await until(() => visitor.onlineAt > began, 'everybody was back', 60_000);
            return visitor.onlineAt - began;
          }),
        );
        over.abort();
        await Promise.all([speaking, visiting]);
        for (const talker of talkers) await talker.check();
        const p99 = percentile(back, 0.99);
        // Waits grow with the outage: a machine that runs other tests can take long to start a host.
        const slack = harness.isFull ? 0 : 3 * startUp;
        within(p99, 10_000 + slack, 'milliseconds until 99 of 100 were back');
        return (
          `${said(count)} streams (${said(streams)} places, host ${said(Math.round(rss / 1e6))} MB); ` +
          `closed in ${seconds(down)}, up again in ${seconds(startUp)}; back: median ${seconds(percentile(back, 0.5))}, ` +
          `99 of 100 within ${seconds(p99)}; 0 of ${said(spoken)} replies and ${said(talkers.length * 2)} turns lost`
        );
      },
    },
  ],
};
