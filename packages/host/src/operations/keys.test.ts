import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { signToken } from '../testing/sign-token.ts';
import { createTestDatabase } from '../testing/test-database.ts';
import { createTestHost, databases } from '../testing/test-host.ts';
import { workspaceOf } from '../testing/test-workspace.ts';
import { importWorkspace } from './import-workspace.ts';
import { listShortSecrets } from './keys.ts';

for (const database of databases)
  describe(`keys on ${database.name}`, () => {
    test('two keys are valid during a rotation, and a revoked key is rejected', async (t) => {
      const host = await createTestHost({}, database);
      t.after(() => host.close());
      const { accountId, key, workspace } = await host.workspace();
      const run = host.host.database.run;
      const statusOf = async (token: string) => (await host.call('/v1/labels', { token })).status;
      const tokenOf = (signingKey: string) => {
        const exp = Math.floor(host.clock() / 1000) + 600;
        return signToken({ iss: accountId, sub: 'agt_budi', roles: ['agent'], exp }, signingKey);
      };

      const [api, signing] = await run('listKeys', { accountId });
      assert.deepEqual([api?.kind, signing?.kind], ['api', 'signing']);
      assert.ok(key.startsWith(api!.prefix) && !JSON.stringify(api).includes(key));
      const next = await run('addKey', { accountId, kind: 'api' });
      assert.ok(next.secret.length >= 32);
      assert.deepEqual([await statusOf(key), await statusOf(next.secret)], [200, 200]);
      await run('revokeKey', { accountId, id: api!.id });
      // On PostgreSQL the host event reaches the processes with a delay.
      await host.until(async () => (await statusOf(key)) === 401);
      assert.equal(await statusOf(next.secret), 200);

      const { signingKey } = workspace.account;
      await assert.rejects(run('revokeKey', { accountId, id: signing!.id }), /the only signing key/);
      const successor = await run('addKey', { accountId, kind: 'signing' });
      await assert.rejects(run('addKey', { accountId, kind: 'signing' }), /Two signing keys are live/);
      await host.until(async () => (await statusOf(tokenOf(successor.secret))) === 200);
      assert.equal(await statusOf(tokenOf(signingKey)), 200);
      await run('revokeKey', { accountId, id: signing!.id });
      await host.until(async () => (await statusOf(tokenOf(signingKey))) === 401);
      assert.equal(await statusOf(tokenOf(successor.secret)), 200);

      const other = await host.workspace();
      await assert.rejects(run('revokeKey', { accountId: other.accountId, id: successor.id }), /no secret/);
      await assert.rejects(run('chooseAccount', { accountId: null }), /several accounts/);
      assert.equal(await run('chooseAccount', { accountId }), accountId);
    });
  });

test('stored secrets that are too short are reported with their path', async (t) => {
  const database = await createTestDatabase();
  t.after(() => database.close());
  await database.run(importWorkspace, { workspace: workspaceOf('short') });
  assert.deepEqual(await database.run(listShortSecrets, undefined as never), []);
  await database.sql(`update accounts set signing_key = 'short'`);
  await database.sql(`update inboxes set identity_keys = '{short}'`);
  assert.deepEqual(await database.run(listShortSecrets, undefined as never), [
    'identity key of inbox inb_short',
    'signing key of account acc_short',
  ]);
});
