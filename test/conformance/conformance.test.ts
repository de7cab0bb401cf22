/**
 * What the conformance kit reports of a host, and its command.
 *
 * @module
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadChecks, runConformance, type Report } from '@alur/conformance';
import { startProxy } from './self-test/breaking-proxy.ts';
import { startOwnHost, type OwnHost } from './self-test/own-host.ts';

const allChecks = await loadChecks();
let own: OwnHost;
before(async () => {
  own = await startOwnHost();
});
after(() => own.close());

test('every check has a unique id', () => {
  const ids = allChecks.map(({ id }) => id);
  assert.deepEqual(
    ids.filter((id, index) => ids.indexOf(id) !== index),
    [],
  );
  for (const id of ids) assert.match(id, /^[a-z]+(\/[a-z0-9-]+)+$/);
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

test('an unreachable host and a rejected token are reported', async () => {
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

test('a base URL without a scheme is reported with a correction', async () => {
  for (const base of ['localhost:8787', '127.0.0.1:8787', '//localhost:8787', 'ftp://localhost:8787'])
    await assert.rejects(
      runConformance(allChecks, { ...own.options, base }),
      ({ message }: Error) =>
        message.includes(`"${base}" is no base URL`) &&
        /write http:\/\/(localhost|127\.0\.0\.1):8787,/.test(message),
    );
});

test('an unknown part is reported, also beside a known one', async () => {
  for (const only of [['nonsense'], ['turns/first', 'nonsense']])
    await assert.rejects(
      runConformance(allChecks, { ...own.options, only }),
      /^Error: No check matches --only nonsense\. .*\bturns, /,
    );
});

test('a stopped run starts no further checks', async () => {
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
      const main = fileURLToPath(import.meta.resolve('@alur/conformance').replace('index.ts', 'main.ts'));
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
