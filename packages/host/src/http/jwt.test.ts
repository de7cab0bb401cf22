import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signToken as signByHand } from '../testing/sign-token.ts';
import { isSignedBy, signToken, verifyToken, type Claims } from './jwt.ts';

const nowMs = Date.parse('2026-11-22T00:00:00.000Z');
const exp = nowMs / 1000 + 600;
const rules = { nowMs, maxAheadS: 3_600 };

test('a token signed with any of the keys is valid, so that keys can be rotated', async () => {
  const token = await signToken({ sub: 'a', exp }, 'new');
  assert.ok((await verifyToken(token, ['new', 'old'], rules)).ok);
  assert.ok((await verifyToken(token, ['old', 'new'], rules)).ok);
  assert.deepEqual(await verifyToken(token, ['old'], rules), { ok: false, fault: 'signature' });
});

test('an empty key signs nothing', async () => {
  const token = signByHand({ exp }, '');
  assert.deepEqual(await verifyToken(token, [''], rules), { ok: false, fault: 'signature' });
  assert.equal(await isSignedBy(token, ''), false);
  await assert.rejects(signToken({ exp }, ''));
});

test('a signed token has the format of RFC 7515 for all claims', async () => {
  for (const claims of [
    { sub: 'a', exp },
    { exp: '1' as never, aud: 5 as never, text: 'ü\u{1F600}' },
  ])
    assert.equal(await signToken(claims, 'key'), signByHand(claims, 'key'));
});

test('the signature is checked without the claims', async () => {
  const token = await signToken({ exp: exp - 7_000 }, 'key');
  assert.deepEqual([await isSignedBy(token, 'key'), await isSignedBy(token, 'other')], [true, false]);
});

test('a changed claim or header is rejected', async () => {
  const [head, , mac] = signByHand({ sub: 'a', exp }, 'key').split('.');
  const other = Buffer.from(JSON.stringify({ sub: 'b', exp })).toString('base64url');
  assert.equal((await verifyToken(`${head}.${other}.${mac}`, ['key'], rules)).ok, false);
  for (const alg of ['none', 'RS256', 'hs256', 'HS512', undefined]) {
    const forged = Buffer.from(JSON.stringify({ alg })).toString('base64url');
    assert.deepEqual(await verifyToken(`${forged}.${other}.${mac}`, ['key'], rules), {
      ok: false,
      fault: 'algorithm',
    });
  }
});

test('clocks can differ by at most one minute', async () => {
  const isValid = async (offset: number) =>
    (await verifyToken(signByHand({ exp: nowMs / 1000 + offset }, 'k'), ['k'], rules)).ok;
  const results = await Promise.all([-59, -61, 3_659, 3_661].map(isValid));
  assert.deepEqual(results, [true, false, true, false]);
});

test('invalid input is malformed, not an exception', async () => {
  for (const token of ['', '.', '..', 'a.b', 'a.b.c.d', 'e30.e30', 'bnVsbA.bnVsbA.x', '\u{1F600}.x.y'])
    assert.equal((await verifyToken(token, ['k'], rules)).ok, false, token);
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
  test(`ASVS ${rule}: a token with ${what} is rejected`, async () => {
    const token = signByHand({ sub: 'a', exp, ...claims } as Claims, key, header);
    assert.deepEqual(await verifyToken(token, ['key', ''], rules), { ok: false, fault });
  });

test('a token without nbf or with a past nbf is valid', async () => {
  for (const nbf of [undefined, exp - 700, nowMs / 1000 + 59])
    assert.ok(
      (await verifyToken(signByHand({ exp, ...(nbf !== undefined && { nbf }) }, 'k'), ['k'], rules)).ok,
    );
});
