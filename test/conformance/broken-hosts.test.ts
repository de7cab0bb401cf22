/**
 * Each broken host is caught by the check for its fault, and a host that differs within the contract by none.
 *
 * @module
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { loadChecks, runConformance, type Outcome } from '@alur/conformance';
import { isFull } from '../support/run-size.ts';
import { startProxy, type Fault } from './self-test/breaking-proxy.ts';
import { brokenHosts } from './self-test/broken-hosts.ts';
import { startOwnHost, type OwnHost } from './self-test/own-host.ts';

const allChecks = await loadChecks();
let own: OwnHost;
before(async () => {
  own = await startOwnHost();
});
after(() => own.close());

/** Returns the second account under the ids of the first: equal ids in two accounts. */
const equalIds: Fault = async (request, forward) => {
  const isForeign = request.headers.get('authorization') === `Bearer ${own.options.foreignToken}`;
  if (!isForeign) return forward(request);
  const toForeign = (text: string): string => text.replaceAll('own_', 'foreign_');
  const answer = await forward({ ...request, path: toForeign(request.path), body: toForeign(request.body) });
  if (typeof answer.body !== 'string') return answer;
  return { ...answer, body: answer.body.replaceAll('foreign_', 'own_') };
};

/** Returns the lists of the first account to the second. */
const leakyLists: Fault = (request, forward) => {
  const headers = new Headers(request.headers);
  if (/^\/v1\/[a-z-]+\?/.test(request.path)) headers.set('authorization', `Bearer ${own.options.token}`);
  return forward({ ...request, headers });
};

/** Returns a different problem code for every refused flow. */
const ownRefusalCodes: Fault = async (request, forward) => {
  const answer = await forward(request);
  if (answer.status !== 422 || typeof answer.body !== 'string') return answer;
  const body = JSON.parse(answer.body) as { problems?: { code: string }[] };
  for (const problem of body.problems ?? []) problem.code = 'my-own-word';
  return { ...answer, body: JSON.stringify(body) };
};

for (const [what, fault, only, expected] of [
  ['equal ids in two accounts are accepted', equalIds, ['tenancy/foreign'], ['passed', 'not-run', 'not-run']],
  ['lists of another account are not', leakyLists, ['tenancy/foreign-account'], ['failed']],
  ['a refusal may have codes of the host', ownRefusalCodes, ['vectors/reading/two-starts'], ['passed']],
] as const)
  test(what, async () => {
    const proxy = await startProxy(own.options.base, fault);
    try {
      const { outcomes } = await runConformance(allChecks, {
        ...own.options,
        base: proxy.base,
        only: [...only],
      });
      assert.deepEqual(
        outcomes.map(({ result }) => result),
        expected,
        JSON.stringify(outcomes),
      );
    } finally {
      await proxy.close();
    }
  });

describe('a broken host is caught by the check meant for it', () => {
  // Form checks use the responses of other checks, so some must run.
  const asked = ['flows/create', 'flows/rename-delete', 'config/public'];
  const meant = [...new Set(brokenHosts.map(({ caughtBy }) => caughtBy))];

  async function outcomesThrough(fault: Fault, ids: string[]): Promise<Outcome[]> {
    const proxy = await startProxy(own.options.base, fault);
    const only = ids.some((id) => id.startsWith('form/')) ? [...ids, ...asked] : ids;
    try {
      const { outcomes } = await runConformance(allChecks, { ...own.options, base: proxy.base, only });
      return outcomes.filter(({ id }) => ids.includes(id));
    } finally {
      await proxy.close();
    }
  }

  test('a correct host passes all checks', async () => {
    const outcomes = await outcomesThrough((request, forward) => forward(request), meant);
    assert.deepEqual(
      outcomes.map(({ id, result }) => `${id} ${result}`).toSorted(),
      meant.map((id) => `${id} ${!isFull && id === 'streams/heartbeat' ? 'not-run' : 'passed'}`).toSorted(),
    );
  });

  for (const { name, caughtBy, misses, fault } of brokenHosts)
    test(`${caughtBy}: a host that ${name}`, async () => {
      const [outcome, ...others] = await outcomesThrough(fault(), [caughtBy]);
      assert.deepEqual([others, outcome?.result], [[], 'failed']);
      assert.ok(outcome?.expected?.includes(misses), `missed for another reason: ${outcome?.expected}`);
    });
});
