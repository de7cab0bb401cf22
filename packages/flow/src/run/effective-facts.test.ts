import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cleanVisitor, effectiveFacts } from './effective-facts.ts';

const claims = {
  name: 'CEO',
  email: 'ceo@shop.example',
  phone: '1',
  language: 'id',
  attributes: { plan: 'gold', page: '/' },
};

test('name, email and phone of a verified visitor come only from the token', () => {
  assert.deepEqual(effectiveFacts(claims, {}), {
    language: 'id',
    attributes: { plan: 'gold', page: '/' },
  });
  assert.deepEqual(effectiveFacts(claims, { name: 'Ayu', attributes: { plan: 'free' } }), {
    name: 'Ayu',
    language: 'id',
    attributes: { plan: 'free', page: '/' },
  });
  assert.deepEqual(effectiveFacts(claims, null), claims);
  assert.deepEqual(effectiveFacts(undefined, null), {});
});

test('a claim can neither remove nor displace an attribute of the token', () => {
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`k${i}`, 'claim']));
  const { attributes = {} } = effectiveFacts(
    { attributes: many },
    { attributes: { k7: 'token', own: 'token' } },
  );
  assert.equal(Object.keys(attributes).length, 50);
  assert.deepEqual([attributes['k7'], attributes['own'], attributes['k0']], ['token', 'token', 'claim']);
});

test('values of another type and malformed keys are omitted', () => {
  const odd = { name: 7, email: '', language: 'x'.repeat(300), attributes: { 'a b': 'x', n: 1, ok: 'yes' } };
  assert.deepEqual(cleanVisitor(odd), { language: 'x'.repeat(256), attributes: { ok: 'yes' } });
  assert.deepEqual(cleanVisitor({ attributes: null }), {});
});
