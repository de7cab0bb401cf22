import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openPGlite } from '../database/pglite-database.ts';
import { countedDatabase } from '../testing/counted-database.ts';
import { templateFile } from '../testing/template-file.ts';
import { createClock, createTestHost, type TestHost, type TestWorkspace } from '../testing/test-host.ts';
import { signToken } from '../testing/sign-token.ts';
import { onTimer } from '../timers.ts';

const REFUSALS = { burst: 8, perMinute: 8 };
const MISSES = { burst: 5, perMinute: 5 };

describe('database queries of unauthenticated callers', () => {
  const clock = createClock();
  let host: TestHost;
  let at: TestWorkspace;
  let counts: Map<string, number>;
  before(async () => {
    const database = countedDatabase(
      await openPGlite({ dataDir: null, clock, template: await templateFile() }),
    );
    ({ counts } = database);
    host = await createTestHost({
      clock,
      database,
      // The pauses of many refusals would take minutes.
      after: (_ms, action) => onTimer(0, action),
      limits: {
        refusalsPerAddress: REFUSALS,
        refusalsPerKey: { burst: 3, perMinute: 3 },
        missesPerAddress: MISSES,
      },
    });
    at = await host.workspace();
  });
  after(() => host.close());

  /** Returns how often the operations ran during `action`. */
  async function ran(names: string[], action: () => Promise<unknown>): Promise<number> {
    const sum = () => names.reduce((all, name) => all + (counts.get(name) ?? 0), 0);
    const earlier = sum();
    await action();
    return sum() - earlier;
  }
  const statusOf = async (path: string, options: Parameters<TestHost['call']>[1] = {}) =>
    (await host.call(path, options)).status;
  const origin = { Origin: 'https://shop.example' };
  const minutes = (count: number) => clock.pass(count * 60_000);

  test('an unknown inbox is queried once for all endpoints', async () => {
    const asked = await ran(['findInbox', 'getWidgetConfig', 'getPublicFlow'], async () => {
      for (let time = 0; time < 20; time++) {
        // A preflight is answered for any page: its response contains nothing confidential.
        const preflight = { method: 'OPTIONS', headers: origin };
        assert.equal(await statusOf('/v1/widget/inb_none/config', preflight), 204);
        assert.equal(await statusOf('/v1/widget/inb_none/config', { headers: origin }), 404);
        assert.equal(await statusOf('/v1/widget/inb_none/flows/f/versions/1'), 404);
      }
    });
    assert.equal(asked, 1);
    minutes(2);
  });

  test('a result cached while the clock was ahead is queried again after the clock is corrected', async () => {
    minutes(60);
    assert.equal(await statusOf('/v1/widget/inb_ahead/config'), 404);
    assert.equal(await statusOf(`/v1/widget/${at.inboxId}/config`), 200);
    minutes(-60);
    const asked = await ran(['findInbox'], async () => {
      assert.equal(await statusOf('/v1/widget/inb_ahead/config'), 404);
      assert.equal(await statusOf(`/v1/widget/${at.inboxId}/config`), 200);
    });
    assert.equal(asked, 2);
    minutes(2);
  });

  test('an address with many unknown inbox ids is rejected without a query; known inboxes still respond', async () => {
    assert.equal(await statusOf(`/v1/widget/${at.inboxId}/config`), 200);
    const statuses: number[] = [];
    const asked = await ran(['findInbox'], async () => {
      for (let number = 0; number < 30; number++)
        statuses.push(await statusOf(`/v1/widget/inb_${number}/config`, { headers: origin }));
    });
    assert.equal(asked, MISSES.burst);
    assert.equal(statuses.filter((status) => status === 404).length, MISSES.burst);
    assert.equal(statuses.filter((status) => status === 429).length, 30 - MISSES.burst);
    clock.pass(15_000);
    assert.equal(await statusOf(`/v1/widget/${at.inboxId}/config`, { headers: origin }), 200);
    minutes(2);
  });

  test('unknown token issuers count against the limit', async () => {
    const exp = clock() / 1000 + 600;
    const asked = await ran(['findAccount'], async () => {
      for (let number = 0; number < 30; number++)
        await statusOf('/v1/flows', {
          token: signToken({ iss: `acc_${number}`, sub: 'a', exp }, 'x'.repeat(32)),
        });
    });
    assert.equal(asked, MISSES.burst);
    minutes(2);
  });

  test('wrong API keys are limited before the query, and a key valid in the last minute passes', async () => {
    assert.equal(await statusOf('/v1/flows', { token: at.key }), 200);
    const statuses: number[] = [];
    const asked = await ran(['findAccountByKey'], async () => {
      for (let number = 0; number < 200; number++)
        statuses.push(await statusOf('/v1/flows', { token: `key-${number}-wrong` }));
      for (let number = 0; number < 200; number++)
        statuses.push(await statusOf('/v1/flows', { token: `${at.key.slice(0, 6)}${number}` }));
    });
    assert.deepEqual([...new Set(statuses)].sort(), [401, 429]);
    assert.ok(asked <= REFUSALS.burst, `${asked} look-ups`);
    clock.pass(30_000);
    assert.equal(await statusOf('/v1/flows', { token: at.key }), 200);
    minutes(2);
  });

  test('a wrong key blocks keys with the same prefix, not other keys from the same address', async () => {
    for (let number = 0; number < 5; number++) await statusOf('/v1/flows', { token: `guess-${number}` });
    assert.equal(await statusOf('/v1/flows', { token: 'guess-again' }), 429);
    minutes(0);
    assert.equal(await statusOf('/v1/flows', { token: at.key }), 200);
    minutes(2);
  });

  test('tokens with a valid signature pass while their address is limited, expired ones do not count', async () => {
    const sign = (exp: number, key = at.workspace.account.signingKey) =>
      signToken({ iss: at.accountId, sub: 'agt_budi', roles: ['agent'], exp }, key);
    const now = clock() / 1000;
    for (let number = 0; number < 40; number++)
      assert.equal(await statusOf('/v1/flows', { token: sign(now - 600 - number) }), 401);
    assert.equal(await statusOf('/v1/flows', { token: sign(now + 600) }), 200);
    const forged = async () => statusOf('/v1/flows', { token: sign(now + 600, 'y'.repeat(40)) });
    for (let number = 0; number < REFUSALS.burst; number++) assert.equal(await forged(), 401);
    assert.equal(await forged(), 429);
    assert.equal(await statusOf('/v1/flows', { token: sign(now + 600) }), 200);
    minutes(2);
  });

  test('wrong refresh tokens are limited before the query', async () => {
    const asked = await ran(['refreshVisitor'], async () => {
      for (let number = 0; number < 30; number++)
        await statusOf(`/v1/widget/${at.inboxId}/visitors/refresh`, { body: { refreshToken: `r${number}` } });
    });
    assert.equal(asked, MISSES.burst);
    minutes(2);
  });
});
