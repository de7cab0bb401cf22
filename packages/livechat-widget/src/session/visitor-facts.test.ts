import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withAttributes } from './visitor-facts.ts';

test('name, email and phone have their own fields, and later values win', () => {
  const known = withAttributes(undefined, { name: 'Ani', plan: 'gold' });
  assert.deepEqual(withAttributes(known, { email: 'ani@example.com', plan: 'free' }), {
    name: 'Ani',
    email: 'ani@example.com',
    attributes: { plan: 'free' },
  });
});

test('any input of a page becomes facts that are valid in the contract', () => {
  const given = {
    name: 7,
    age: 30,
    member: true,
    nothing: null,
    missing: undefined,
    list: [1],
    'two words': 'x',
    long: '🐦'.repeat(300),
    zero: 'a\0b',
  };
  assert.deepEqual(withAttributes(undefined, given), {
    name: '7',
    attributes: { age: '30', member: 'true', long: '🐦'.repeat(256), zero: 'ab' },
  });
});

test('more than 50 attributes drop the oldest ones', () => {
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`k${i}`, i]));
  const { attributes = {} } = withAttributes(withAttributes(undefined, many), { plan: 'gold', k1: 'kept' });
  assert.equal(Object.keys(attributes).length, 50);
  assert.deepEqual([attributes['k0'], attributes['k1'], attributes['plan']], [undefined, 'kept', 'gold']);
});
