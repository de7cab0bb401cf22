/** Threat 8: a token for one purpose is refused for every other one (OWASP ASVS 5.0, 9.2.2 and 9.2.3). */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  createTestHost,
  createTestVisitor,
  signToken,
  type TestHost,
  type TestWorkspace,
} from '@alur/host/testing';

describe('a token', () => {
  let host: TestHost;
  let shop: TestWorkspace;
  before(async () => {
    host = await createTestHost();
    shop = await host.workspace();
  });
  after(() => host.close());

  const exp = () => Math.floor(host.clock() / 1000) + 600;
  const identityKey = () => String(shop.workspace.inboxes?.[0]?.identityKey);
  const asVisitor = async (token: string) =>
    (await host.call(`/v1/widget/${shop.inboxId}/conversation`, { token })).status;
  const asIdentity = async (identity: string) =>
    (await host.call(`/v1/widget/${shop.inboxId}/visitors`, { body: { identity } })).status;
  const asDashboard = async (token: string) => (await host.call('/v1/flows', { token })).status;

  test('of a visitor is rejected by the dashboard API and as an identity token', async () => {
    const { token, refreshToken } = await createTestVisitor(host, shop.inboxId);
    assert.equal(await asVisitor(token), 200);
    for (const stray of [token, refreshToken]) {
      assert.equal(await asDashboard(stray), 401);
      assert.equal(await asIdentity(stray), 401);
    }
    assert.equal(await asVisitor(refreshToken), 401);
  });

  test('of an identity is rejected by the visitor API and the dashboard API', async () => {
    const identity = signToken({ sub: 'ayu', exp: exp() }, identityKey());
    assert.equal(await asIdentity(identity), 201);
    assert.equal(await asVisitor(identity), 401);
    assert.equal(await asDashboard(identity), 401);
    const dressedUp = signToken(
      { iss: shop.accountId, sub: 'agt_budi', roles: ['admin'], exp: exp() },
      identityKey(),
    );
    assert.equal(await asDashboard(dressedUp), 401, 'the inbox’s key signs for visitors only');
  });

  test('of a dashboard is rejected by the visitor API and as an identity token', async () => {
    const claims = { iss: shop.accountId, sub: 'agt_budi', roles: ['admin'], exp: exp() };
    const token = signToken(claims, shop.workspace.account.signingKey);
    assert.equal(await asDashboard(token), 200);
    for (const stray of [token, shop.key]) {
      assert.equal(await asVisitor(stray), 401);
      assert.equal(await asIdentity(stray), 401);
    }
  });

  test('for another audience is rejected, also with a valid signature', async () => {
    const own = signToken({ sub: 'ayu', aud: shop.inboxId, exp: exp() }, identityKey());
    assert.equal(await asIdentity(own), 201);
    for (const aud of ['inb_other', '', ['inb_other'], 0]) {
      const claims = { sub: 'ayu', aud, exp: exp() } as Parameters<typeof signToken>[0];
      assert.equal(await asIdentity(signToken(claims, identityKey())), 401, JSON.stringify(aud));
    }
  });
});
