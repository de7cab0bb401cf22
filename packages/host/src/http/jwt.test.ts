import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
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

/**
 * Requirements of OWASP ASVS 5.0, chapter 9, for self-contained tokens: each of these tokens must be refused.
 */
const VECTORS: {
  rule: string;
  what: string;
  header?: object;
  claims?: object;
  key?: string;
  fault: string;
}[] = [
  { rule: '9.1.1', what: 'another key', key: 'guess', fault: 'signature' },
  { rule: '9.1.1', what: 'no key', key: '', fault: 'signature' },
  { rule: '9.1.2', what: 'alg none', header: { alg: 'none' }, fault: 'algorithm' },
  { rule: '9.1.2', what: 'alg nOnE', header: { alg: 'nOnE' }, fault: 'algorithm' },
  { rule: '9.1.2', what: 'an asymmetric algorithm', header: { alg: 'RS256' }, fault: 'algorithm' },
  { rule: '9.1.2', what: 'no algorithm', header: {}, fault: 'algorithm' },
  { rule: '9.1.2', what: 'several algorithms', header: { alg: ['HS256', 'none'] }, fault: 'algorithm' },
  {
    rule: '9.1.3',
    what: 'a key that it brings along',
    header: { alg: 'HS256', jwk: { kty: 'oct', k: Buffer.from('guess').toString('base64url') } },
    key: 'guess',
    fault: 'signature',
  },
  {
    rule: '9.1.3',
    what: 'a key that it points to',
    header: {
      alg: 'HS256',
      jku: 'https://evil.example/keys',
      x5u: 'https://evil.example/x5u',
      kid: '../../dev/null',
    },
    key: '',
    fault: 'signature',
  },
  {
    rule: '9.1.3',
    what: 'an extension',
    header: { alg: 'HS256', b64: false, crit: ['b64'] },
    fault: 'malformed',
  },
  { rule: '9.2.1', what: 'no end', claims: { exp: undefined }, fault: 'expired' },
  { rule: '9.2.1', what: 'an end in the past', claims: { exp: exp - 700 }, fault: 'expired' },
  { rule: '9.2.1', what: 'an end as text', claims: { exp: String(exp) }, fault: 'expired' },
  { rule: '9.2.1', what: 'an end that is no number', claims: { exp: null }, fault: 'expired' },
  { rule: '9.2.1', what: 'an end for ever', claims: { exp: 1e300 }, fault: 'too-long' },
  { rule: '9.2.1', what: 'a beginning in the future', claims: { nbf: exp }, fault: 'too-early' },
  { rule: '9.2.1', what: 'a beginning that is no time', claims: { nbf: 'soon' }, fault: 'too-early' },
];

for (const { rule, what, header = { alg: 'HS256' }, claims = {}, key = 'key', fault } of VECTORS)
  test(`ASVS ${rule}: a token with ${what} is refused`, () => {
    const parts = [header, { sub: 'a', exp, ...claims }].map((part) =>
      Buffer.from(JSON.stringify(part)).toString('base64url'),
    );
    const mac = createHmac('sha256', key).update(parts.join('.')).digest('base64url');
    assert.deepEqual(verifyToken([...parts, mac].join('.'), ['key', ''], rules), { ok: false, fault });
  });

test('a token whose beginning has come, or is not said, is good', () => {
  for (const nbf of [undefined, exp - 700, nowMs / 1000 + 59])
    assert.ok(verifyToken(signToken({ exp, ...(nbf !== undefined && { nbf }) }, 'k'), ['k'], rules).ok);
});
