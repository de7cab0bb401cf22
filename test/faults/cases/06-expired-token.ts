import assert from 'node:assert/strict';
import type { Harness } from '../harness/harness.ts';
import { until } from '@alur/tooling/testing';
import { count as said, type Row } from '../row.ts';

/** Longer than the lifetime of an access token, in milliseconds. */
const LATER_MS = 20 * 60_000;

const refreshes = ({ proxy }: Harness) =>
  proxy.requests.filter(({ method, target }) => method === 'POST' && target.endsWith('/visitors/refresh'))
    .length;

export const expiredToken: Row = {
  number: 6,
  fault: '401: the token expired',
  expected: 'one refresh for all waiting requests',
  pass: 'exactly 1 refresh for 50 waiting requests',
  elsewhere: [
    {
      file: 'packages/client/src/visitor/credentials.test.ts',
      test: 'no request is sent before the first token call, then one for all concurrent callers',
    },
  ],
  trials: [
    {
      with: 'client',
      counts: { shrunk: 2, full: 50 },
      unit: 'rounds of 50 requests',
      async run(harness, count) {
        const visitor = harness.visitor();
        await visitor.say('vip');
        await visitor.drained();
        for (let round = 1; round <= count; round++) {
          await harness.host.pass(LATER_MS);
          const waiters = Array.from({ length: 49 }, () => visitor.client.older(1));
          await Promise.all([visitor.say(`lagi ${round}`), ...waiters]);
          await visitor.drained();
          assert.equal(refreshes(harness), round, `refreshes after ${round} rounds`);
        }
        await visitor.check();
        return `${said(count * 50)} waiters, ${said(count)} refreshes`;
      },
    },
    {
      with: 'widget',
      counts: { shrunk: 1, full: 10 },
      unit: 'rounds',
      async run(harness, count) {
        const page = await harness.page();
        await page.begin();
        for (let round = 1; round <= count; round++) {
          await harness.host.pass(LATER_MS);
          // The stream reconnects while messages are being sent.
          harness.proxy.reset(({ target } = { target: '' } as never) => target.endsWith('/stream'));
          for (const word of ['satu', 'dua', 'tiga']) await page.send(`${word} ${round}`);
          await until(
            async () => (await page.hostMessages().catch(() => [])).at(-1)?.text === `tiga ${round}`,
            'all were taken',
          );
          assert.equal(refreshes(harness), round, `refreshes after ${round} rounds`);
        }
        await page.check();
        return `${said(count)} rounds of a stream and 3 messages, ${said(count)} refreshes`;
      },
    },
  ],
};
