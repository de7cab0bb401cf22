import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Facts } from '@alur/flow';
import { cleanFacts, mergeClaims, visitorOf } from './facts.ts';
import type { VisitorRow } from './records.ts';

const visitor = {
  name: 'Dewi',
  email: null,
  phone: null,
  attributes: { plan: 'gold' },
  token_attributes: {},
  verified: false,
} as unknown as VisitorRow;

const mergeFacts = (row: VisitorRow, claimed: Facts) => ({
  visitor: visitorOf(row, mergeClaims(row, claimed)),
});

test('facts are validated', () => {
  const odd = {
    visitor: {
      name: '\u{1F600}'.repeat(300),
      email: 7,
      admin: true,
      attributes: {
        ok: 'yes',
        'not ok': 'x',
        number: 1,
        ...Object.fromEntries(Array.from({ length: 80 }, (_, i) => [`k${i}`, 'v'])),
      },
    },
    inbox: { name: 'forged' },
  } as unknown as Facts;
  const { visitor: clean, inbox } = cleanFacts(odd);
  assert.equal([...(clean?.name ?? '')].length, 256);
  assert.deepEqual(Object.keys(clean ?? {}).sort(), ['attributes', 'name']);
  assert.equal(Object.keys(clean?.attributes ?? {}).length, 50);
  assert.equal(clean?.attributes?.['ok'], 'yes');
  assert.equal(inbox, undefined);
});

test('new attributes overwrite earlier ones, a verified identity overwrites both', () => {
  const claim = { visitor: { name: 'Rina', email: 'r@x.example', attributes: { lang: 'id' } } };
  assert.deepEqual(mergeFacts(visitor, claim).visitor, {
    name: 'Rina',
    email: 'r@x.example',
    attributes: { plan: 'gold', lang: 'id' },
  });
  assert.equal(mergeFacts({ ...visitor, verified: true }, claim).visitor?.name, 'Dewi');
});

test('at most fifty attributes are stored, the newest included', () => {
  const keys = (from: number, count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${from + i}`, String(from + i)]));
  let kept: Record<string, string> = { k0: 'old' };
  for (let round = 0; round < 5; round++) {
    const facts = mergeFacts(
      { ...visitor, attributes: kept },
      { visitor: { attributes: keys(round * 30, 30) } },
    );
    kept = facts.visitor?.attributes ?? {};
    assert.ok(Object.keys(kept).length <= 50);
    for (const [key, value] of Object.entries(keys(round * 30, 30))) assert.equal(kept[key], value);
  }
  assert.equal(Object.keys(kept).length, 50);
});
