import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { pageCursor } from '../operations/cursor.ts';
import { createTestHost, databases, type TestHost, type TestWorkspace } from '../testing/test-host.ts';
import { signToken } from '../testing/sign-token.ts';
import type { Claims } from './jwt.ts';

/** Texts that no database can store. */
const UNSTORABLE = ['a\0b', '\ud800', 'x\udfff'];

for (const database of databases)
  describe(`unstorable input on ${database.name}`, () => {
    let host: TestHost;
    let at: TestWorkspace;
    before(async () => {
      host = await createTestHost({}, database);
      at = await host.workspace();
    });
    // Fails when the host logged an error.
    after(() => host.close());

    const codeOf = async (path: string, options: Parameters<TestHost['call']>[1] = {}) => {
      const { status, body } = await host.call<{ code: string }>(path, options);
      return `${status} ${body.code}`;
    };
    const exp = () => host.clock() / 1000 + 600;
    const sign = (claims: Claims) => signToken({ exp: exp(), ...claims }, at.workspace.account.signingKey);

    test('NUL in an inbox id with an Origin is an unknown inbox', async () => {
      for (const id of ['%00', 'inb_%00', '%ED%A0%80', 'x'.repeat(65)])
        assert.equal(
          await codeOf(`/v1/widget/${id}/config`, { headers: { Origin: 'https://shop.example' } }),
          '404 not_found',
          id,
        );
    });

    test('NUL or a lone surrogate in the claims of a dashboard token makes it invalid', async () => {
      for (const text of UNSTORABLE)
        for (const claims of [
          { iss: text, sub: 'agt_budi' },
          { iss: at.accountId, sub: text },
          { iss: at.accountId, sub: 'agt_budi', [text]: 1 },
        ])
          assert.equal(await codeOf('/v1/flows', { token: sign(claims) }), '401 unauthenticated');
    });

    test('NUL or a lone surrogate in the claims of an identity token makes it invalid', async () => {
      const key = [at.workspace.inboxes![0]!.identityKey].flat()[0]!;
      for (const text of UNSTORABLE)
        for (const claims of [{ sub: text }, { sub: 'a', name: text }, { sub: 'a', email: text }]) {
          const identity = signToken({ exp: exp(), ...claims }, key);
          const path = `/v1/widget/${at.inboxId}/visitors`;
          assert.equal(await codeOf(path, { body: { identity } }), '401 unauthenticated');
        }
    });

    test('a time outside the range of the databases is rejected with its field', async () => {
      const flow = '/v1/flows/flow_shop/statistics';
      for (const time of ['0000-01-01T00:00:00Z', '0001-01-01T00:00:00+14:00', '9999-12-31T23:59:59-10:00'])
        for (const name of ['from', 'to']) {
          const { status, body } = await host.call<{ code: string; fields: { path: string }[] }>(
            `${flow}?${name}=${encodeURIComponent(time)}`,
            { token: at.key },
          );
          assert.equal(`${status} ${body.code}`, '400 invalid_request', time);
          assert.equal(body.fields[0]!.path, `/query/${name}`);
        }
      const counted = await host.call(`${flow}?from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59Z`, {
        token: at.key,
      });
      assert.equal(counted.status, 200);
    });

    test('a cursor that this host did not issue is rejected', async () => {
      const values = ['0000-01-01T00:00:00.000Z', '-000001-01-01T00:00:00.000Z', ...UNSTORABLE];
      for (const list of ['flows', 'conversations'])
        for (const value of values)
          assert.equal(
            await codeOf(`/v1/${list}?cursor=${pageCursor(value, 'id')}`, { token: at.key }),
            '400 invalid_request',
            `${list}: ${JSON.stringify(value)}`,
          );
    });
  });
