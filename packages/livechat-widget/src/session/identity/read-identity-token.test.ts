import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readIdentityToken } from './read-identity-token.ts';

const token = (claims: object) => `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;

test('a token names its subject, in any alphabet', () => {
  assert.equal(readIdentityToken(token({ sub: 'usr_1' })).who, 'usr_1');
  assert.equal(readIdentityToken(token({ sub: 'Ñandú 🐦 ?>' })).who, 'Ñandú 🐦 ?>');
});

test('a token without a subject is rejected', () => {
  for (const bad of ['', 'x', token({}), token({ sub: '' }), token({ sub: 7 })])
    assert.throws(() => readIdentityToken(bad), /identify needs a JWT/);
});
