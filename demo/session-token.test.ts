import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { signSessionToken } from './session-token.ts';

const SIGNING_KEY = 'a secret of at least thirty-two characters';

test('a session token contains agent, account, roles and an expiry within the hour', async () => {
  const token = await signSessionToken({
    accountId: 'acc',
    signingKey: SIGNING_KEY,
    agentId: 'agt',
    now: Date.parse('2026-11-22T09:00:00Z'),
  });
  const [head = '', body = '', signature] = token.split('.');
  const read = (segment: string): unknown => JSON.parse(Buffer.from(segment, 'base64url').toString());
  assert.deepEqual(read(head), { alg: 'HS256', typ: 'JWT' });
  const issued = Date.parse('2026-11-22T09:00:00Z') / 1000;
  assert.deepEqual(read(body), {
    iss: 'acc',
    sub: 'agt',
    roles: ['admin', 'agent'],
    iat: issued,
    exp: issued + 900,
  });
  assert.equal(signature, createHmac('sha256', SIGNING_KEY).update(`${head}.${body}`).digest('base64url'));
});
