/** Threat 4: what a copy of a visitor's storage allows, and for how long. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createVisitorClient, type VisitorSession, type VisitorStorage } from '@alur/client';
import { createMemoryStorage } from '@alur/client/internal';
import { createTestHost, type TestHost } from '@alur/host/testing';

describe('a stolen refresh token', () => {
  let host: TestHost;
  let inboxId = '';
  before(async () => {
    host = await createTestHost();
    await host.host.listen(0, '127.0.0.1');
    ({ inboxId } = await host.workspace());
  });
  after(() => host.close());

  const refresh = (refreshToken: string) =>
    host.call<VisitorSession>(`/v1/widget/${inboxId}/visitors/refresh`, { body: { refreshToken } });
  const look = async (token: string) =>
    (await host.call(`/v1/widget/${inboxId}/conversation`, { token })).status;
  const kept = async (storage: VisitorStorage) =>
    (await storage.read<{ refreshToken: string }>('visitor'))?.refreshToken ?? '';

  /** Returns a visitor with the shipped client who has read the conversation once. */
  async function begin() {
    const storage = createMemoryStorage();
    const client = createVisitorClient({ host: host.host.url, inboxId, storage: async () => storage });
    await client.older(1);
    return { storage, client, look: () => client.older(1) };
  }

  test('revokes both sessions when the owner returns after the thief', async (t) => {
    const owner = await begin();
    t.after(() => owner.client.close());
    const loot = await kept(owner.storage);
    const first = await refresh(loot);
    const second = await refresh(first.body.refreshToken);
    assert.equal(second.status, 200, 'the thief is in');
    host.clock.pass(20 * 60_000);
    await owner.look();
    assert.notEqual(await kept(owner.storage), loot, 'the owner gets new tokens');
    assert.equal((await refresh(second.body.refreshToken)).status, 401, 'the thief’s token is dead');
    assert.equal((await refresh(first.body.refreshToken)).status, 401);
    assert.equal(await look(second.body.token), 401, 'and so is an access token, after a quarter of an hour');
  });

  test('is rejected once its owner used its successor, and revokes both sessions', async (t) => {
    const owner = await begin();
    t.after(() => owner.client.close());
    const loot = await kept(owner.storage);
    for (let visits = 0; visits < 2; visits++) {
      host.clock.pass(20 * 60_000);
      await owner.look();
    }
    const newest = await kept(owner.storage);
    assert.equal((await refresh(loot)).status, 401, 'used again after its successor was');
    assert.equal((await refresh(newest)).status, 401, 'one of the two holders stole it: the family is dead');
  });

  test('that is replayed a minute after its owner returned is rejected, and revokes both sessions', async (t) => {
    const owner = await begin();
    t.after(() => owner.client.close());
    const loot = await kept(owner.storage);
    // The thief is fast and has what the owner has. From then on the thief would have to be first every time.
    host.clock.pass(20 * 60_000);
    await owner.look();
    const shared = (await refresh(loot)).body.refreshToken;
    assert.equal(shared, await kept(owner.storage));
    host.clock.pass(20 * 60_000);
    await owner.look();
    host.clock.pass(60_000);
    assert.equal((await refresh(loot)).status, 401, 'two steps behind');
    assert.equal((await refresh(shared)).status, 401, 'the family is dead');
    host.clock.pass(20 * 60_000);
    await owner.look();
    assert.equal((await refresh(shared)).status, 401, 'and does not come back with its owner');
  });

  test('is rejected in another inbox', async (t) => {
    const owner = await begin();
    t.after(() => owner.client.close());
    const other = await host.workspace();
    const body = { refreshToken: await kept(owner.storage) };
    const answer = await host.call(`/v1/widget/${other.inboxId}/visitors/refresh`, { body });
    assert.equal(answer.status, 401);
  });
});
