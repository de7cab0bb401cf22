import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signToken, verifyToken } from './jwt.ts';

const nowMs = Date.parse('2026-11-22T00:00:00.000Z');
const exp = nowMs / 1000 + 600;
const rules = { nowMs, maxAheadS: 3_600 };

test('a token is good with any of the keys, so that one can be replaced', () => {
  const token = signToken({ sub: 'a', exp }, 'new');
  assert.ok(verifyToken(token, ['new', 'old'], rules).ok);
  assert.ok(verifyToken(token, ['old', 'new'], rules).ok);
  assert.deepEqual(verifyToken(token, ['old'], rules), { ok: false, fault: 'signature' });
});

test('an empty key signs nothing', () => {
  assert.deepEqual(verifyToken(signToken({ exp }, ''), [''], rules), { ok: false, fault: 'signature' });
});

test('a changed claim or a changed header is noticed', () => {
  const [head, , mac] = signToken({ sub: 'a', exp }, 'key').split('.');
  const other = Buffer.from(JSON.stringify({ sub: 'b', exp })).toString('base64url');
  assert.equal(verifyToken(`${head}.${other}.${mac}`, ['key'], rules).ok, false);
  for (const alg of ['none', 'RS256', 'hs256', 'HS512', undefined]) {
    const forged = Buffer.from(JSON.stringify({ alg })).toString('base64url');
    assert.deepEqual(verifyToken(`${forged}.${other}.${mac}`, ['key'], rules), {
      ok: false,
      fault: 'algorithm',
    });
  }
});

test('clocks may differ by a minute, no more', () => {
  const at = (offset: number) => verifyToken(signToken({ exp: nowMs / 1000 + offset }, 'k'), ['k'], rules).ok;
  assert.deepEqual([at(-59), at(-61), at(3_659), at(3_661)], [true, false, true, false]);
});

test('nonsense is malformed, not an exception', () => {
  for (const token of ['', '.', '..', 'a.b', 'a.b.c.d', 'e30.e30', 'bnVsbA.bnVsbA.x', '\u{1F600}.x.y'])
    assert.equal(verifyToken(token, ['k'], rules).ok, false, token);
});
