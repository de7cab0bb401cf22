import assert from 'node:assert/strict';
import { networkInterfaces } from 'node:os';
import { connect } from 'node:net';
import { once } from 'node:events';
import { after, before, describe, test } from 'node:test';
import { createTestHost, type TestHost, type TestWorkspace } from '../testing/test-host.ts';
import { signToken } from '../testing/sign-token.ts';

describe('a host with its default limits', () => {
  let host: TestHost;
  let shop: TestWorkspace;
  before(async () => {
    host = await createTestHost({ limits: {} });
    shop = await host.workspace();
  });
  after(() => host.close());

  const tokenThatEnds = (inSeconds: number): string => {
    const exp = Math.floor(host.clock() / 1000) + inSeconds;
    const claims = { iss: shop.accountId, sub: 'agt_budi', roles: ['agent'], exp };
    return signToken(claims, shop.workspace.account.signingKey);
  };

  test('expired tokens do not use up the limit of wrong ones', async () => {
    const expired = tokenThatEnds(-600);
    for (let count = 0; count < 60; count++) {
      const { status, body } = await host.call<{ code: string }>('/v1/labels', { token: expired });
      assert.deepEqual([status, body.code], [401, 'token_expired']);
    }
    assert.equal((await host.call('/v1/labels', { token: tokenThatEnds(600) })).status, 200);
  });

  test('responses that need a token are not cached', async () => {
    const token = tokenThatEnds(600);
    for (const path of [
      '/v1/labels',
      '/v1/conversations',
      '/v1/flows',
      '/v1/inboxes',
      `/v1/inboxes/${shop.inboxId}`,
    ]) {
      const { status, headers } = await host.call(path, { token });
      assert.deepEqual([status, headers.get('Cache-Control')], [200, 'no-store'], path);
    }
  });

  test('it listens on localhost only', async () => {
    const { port } = new URL(await host.host.listen(0));
    assert.ok((await fetch(`http://127.0.0.1:${port}/v1/health`)).ok);
    const outside = Object.values(networkInterfaces())
      .flat()
      .find((address) => address && !address.internal && address.family === 'IPv4');
    // A machine without a network has no other address to listen on.
    if (!outside) return;
    const socket = connect(Number(port), outside.address);
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
    assert.equal(error.code, 'ECONNREFUSED');
  });
});
