/**
 * The reference host passes every check of the conformance kit.
 *
 * @module
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { loadChecks, runConformance, type Report } from '@alur/conformance';
import { isFull } from '../support/run-size.ts';
import { startOwnHost, withoutVersion, type OwnHost } from './self-test/own-host.ts';

const allChecks = await loadChecks();
let own: OwnHost;
before(async () => {
  own = await startOwnHost();
});
after(() => own.close());

const failures = ({ outcomes }: Report): string[] =>
  outcomes
    .filter(({ result }) => result === 'failed')
    .map(({ id, expected, came }) => `${id}: expected ${expected}; came ${came}`);

test('our own host passes the whole kit', async () => {
  const report = await runConformance(allChecks, own.options);
  assert.deepEqual(failures(report), []);
  const notRun = report.outcomes.filter(({ result }) => result === 'not-run').map(({ id }) => id);
  // Our test host has no limits. Its heartbeat takes 15 s, and only full runs wait for it. All other checks
  // must have run.
  const vectors = ({ id }: { id: string }): boolean => id.startsWith('vectors/');
  assert.deepEqual(
    notRun.filter((id) => !vectors({ id })),
    isFull ? ['limits/rate'] : ['streams/heartbeat', 'limits/rate'],
  );
  // A host cannot be tested with vectors of flows that cannot go live or with times of day.
  const replayed = report.outcomes.filter((one) => vectors(one) && one.result === 'passed');
  assert.ok(replayed.length >= 150, `${replayed.length} vectors were replayed`);
  for (const [group, least] of [
    ['check', 70],
    ['public-copy', 15],
    ['zones', 13],
  ] as const) {
    const { length } = replayed.filter(({ id }) => id.startsWith(`vectors/${group}/`));
    assert.ok(length >= least, `${length} vectors of ${group} were replayed`);
  }
});

test('the kit restores the account', async () => {
  const get = async (path: string): Promise<unknown> => {
    const answer = await fetch(own.options.base + path, {
      headers: { authorization: `Bearer ${own.options.token}` },
    });
    const { items } = (await answer.json()) as { items: object[] };
    return items.map(withoutVersion);
  };
  const before = [await get('/v1/inboxes'), await get('/v1/flows')];
  await runConformance(allChecks, { ...own.options, only: ['turns/first', 'cors/preflight', 'ai/skip'] });
  assert.deepEqual([await get('/v1/inboxes'), await get('/v1/flows')], before);
});
