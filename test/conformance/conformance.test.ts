import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadChecks } from './checks/index.ts';
import { runConformance, type Outcome, type Report } from './kit/run.ts';
import { startProxy, type Fault } from './self-test/breaking-proxy.ts';
import { brokenHosts } from './self-test/broken-hosts.ts';
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

test('every check has an id of its own', () => {
  const ids = allChecks.map(({ id }) => id);
  assert.deepEqual(
    ids.filter((id, index) => ids.indexOf(id) !== index),
    [],
  );
  for (const id of ids) assert.match(id, /^[a-z]+(\/[a-z0-9-]+)+$/);
});

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

test('the kit leaves the account as it found it', async () => {
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

test('a host that limits the kit is waited for, and held to the form of its refusals', async () => {
  const slow = await startOwnHost({ visitorsPerAddress: { burst: 2, perMinute: 120 } });
  try {
    const report = await runConformance(allChecks, {
      ...slow.options,
      only: ['turns/claim-forged', 'limits/rate', 'form/createVisitor'],
    });
    assert.deepEqual(
      report.outcomes.map(({ id, result }) => [id, result]),
      [
        ['turns/claim-forged', 'passed'],
        ['limits/rate', 'passed'],
        ['form/createVisitor', 'passed'],
      ],
    );
  } finally {
    await slow.close();
  }
});

test('a host that counts wrong tokens is waited for, or the check is not run; it never fails for that', async () => {
  for (const [perMinute, result] of [
    [600, 'passed'],
    [0.5, 'not-run'],
  ] as const) {
    const narrow = await startOwnHost({ refusalsPerAddress: { burst: 3, perMinute } });
    try {
      const { outcomes } = await runConformance(allChecks, {
        ...narrow.options,
        only: ['auth/wrong', 'auth/unsigned', 'auth/header-only'],
      });
      assert.deepEqual(
        outcomes.map((one) => [one.id, one.result]),
        [
          ['auth/wrong', result],
          ['auth/unsigned', result],
          // A call without a bearer token does not count as a wrong token.
          ['auth/header-only', 'passed'],
        ],
      );
      // One token takes 120 s, a part of which can have passed on a busy machine.
      if (result === 'not-run')
        for (const { came } of outcomes.slice(0, 2)) assert.match(came!, /Retry-After (120|1[01]\d) s/);
    } finally {
      await narrow.close();
    }
  }
});

test('a host that cannot be reached, or a token that is refused, is said so', async () => {
  await assert.rejects(
    runConformance(allChecks, { ...own.options, base: 'http://127.0.0.1:9' }),
    /fetch failed/,
  );
  await assert.rejects(runConformance(allChecks, { ...own.options, token: 'wrong' }), /401/);
  const other = await startProxy(own.options.base, async () => ({
    status: 200,
    headers: new Headers(),
    body: 'hello',
  }));
  try {
    await assert.rejects(
      runConformance(allChecks, { ...own.options, base: other.base }),
      /No Alur host answers/,
    );
  } finally {
    await other.close();
  }
});

test('a base URL without its scheme is answered with what to write', async () => {
  for (const base of ['localhost:8787', '127.0.0.1:8787', '//localhost:8787', 'ftp://localhost:8787'])
    await assert.rejects(
      runConformance(allChecks, { ...own.options, base }),
      ({ message }: Error) =>
        message.includes(`"${base}" is no base URL`) &&
        /write http:\/\/(localhost|127\.0\.0\.1):8787,/.test(message),
    );
});

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

test('a part that no check is in is said so, also beside one that is', async () => {
  for (const only of [['nonsense'], ['turns/first', 'nonsense']])
    await assert.rejects(
      runConformance(allChecks, { ...own.options, only }),
      /^Error: No check matches --only nonsense\. .*\bturns, /,
    );
});

test('a run that is stopped makes no further check', async () => {
  const stop = new AbortController();
  const heard: string[] = [];
  const report = await runConformance(allChecks, {
    ...own.options,
    signal: stop.signal,
    heard: ({ id }) => {
      heard.push(id);
      if (heard.length === 2) stop.abort();
    },
  });
  assert.deepEqual([report.outcomes.length, report.failed], [2, 0]);
});

test('the command prints a line for each check, a summary, and an exit code', async () => {
  const { base, token } = own.options;
  const command = (args: string[], ALUR_TOKEN = ''): Promise<{ stdout: string; code: number }> =>
    new Promise((resolve) => {
      const main = fileURLToPath(new URL('main.ts', import.meta.url));
      execFile(process.execPath, [main, ...args], { env: { ...process.env, ALUR_TOKEN } }, (error, stdout) =>
        resolve({ stdout, code: Number(error?.code ?? 0) }),
      );
    });
  const good = await command([base, '--token', token, '--only', 'turns/first', '--only', 'auth/identity']);
  assert.match(good.stdout, /^not run auth\/identity {2}\[createVisitor\]/m);
  assert.match(good.stdout, /^ok {6}turns\/first {2}\[submitTurn, rules 1, 2 and 6\]/m);
  assert.match(good.stdout, /\n\d+ not run, for the reasons above\n2 passed, 0 failed\n$/);
  assert.equal(good.code, 0);
  const json = await command([base, '--only', 'turns/first', '--json'], token);
  assert.equal((JSON.parse(json.stdout) as Report).passed, 1);
  assert.equal((await command([base])).code, 2);
  assert.equal((await command(['http://127.0.0.1:9', '--token', token])).code, 2);
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

  test('and none is caught where nothing is broken', async () => {
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
