/**
 * The product behind a proxy that compresses, changes headers, holds responses back and closes idle
 * connections. `npm test` runs the checks that depend on these. `.ci/run` runs the whole conformance kit, and
 * the journey of the main job (`suites.ts`).
 *
 * @module
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createDashboardClient } from '@alur/client/dashboard';
import { loadChecks, runConformance } from '@alur/conformance';
import { startOwnHost, type OwnHost } from '../conformance/self-test/own-host.ts';
import { isFull } from '../support/run-size.ts';
import { startHostileProxy, type ETags } from './hostile-proxy.ts';

const ETAGS: readonly ETags[] = ['weakened', 'suffixed', 'removed'];
/** Checks that depend on headers, streams and connections. */
const SLICE = [
  'flows/',
  'streams/',
  'events/',
  'attachments/served',
  'config/public',
  'cors/preflight',
  'turns/first',
];

describe('behind a hostile proxy', { timeout: 600_000 }, () => {
  let own: OwnHost;
  before(async () => {
    own = await startOwnHost();
  });
  after(() => own.close());

  for (const etags of ETAGS)
    test(`the conformance kit passes with ETags ${etags}`, async (t) => {
      const proxy = await startHostileProxy(() => own.options.base, { etags });
      t.after(() => proxy.close());
      // The whole kit once: its checks other than ETags are the same in each case.
      const only = isFull && etags === 'suffixed' ? {} : { only: etags === 'suffixed' ? SLICE : ['flows/'] };
      const report = await runConformance(await loadChecks(), {
        ...own.options,
        ...only,
        slow: false,
        base: proxy.url,
      });
      assert.deepEqual(
        report.outcomes.flatMap(({ id, result, expected, came }) =>
          result === 'failed' ? [`${id}: expected ${expected}; came ${came}`] : [],
        ),
        [],
      );
      assert.ok(report.passed > 5, `${report.passed} checks passed`);
      assert.ok(proxy.counts.compressed > 5 && proxy.counts.etags > 5, JSON.stringify(proxy.counts));
    });

  test('an idle connection is closed, and the next call works', async (t) => {
    const proxy = await startHostileProxy(() => own.options.base, { etags: 'removed', idleMs: 100 });
    t.after(() => proxy.close());
    const desk = createDashboardClient({ host: proxy.url, token: own.options.token });
    const inboxes = await desk.listInboxes();
    const end = performance.now() + 10_000;
    while (proxy.counts.cut === 0 && performance.now() < end)
      await new Promise((next) => setTimeout(next, 20));
    assert.ok(proxy.counts.cut > 0);
    assert.deepEqual(await desk.listInboxes(), inboxes);
  });
});
