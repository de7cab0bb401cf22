import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PlacedCard } from '../layout/flow-layout.ts';
import { findPlace } from './drag-branch.ts';

const siblings = [0, 300, 600].map((x, i) => ({ id: `b${i}`, x })) as PlacedCard[];

test('a dragged branch moves to the place of its center', () => {
  assert.equal(findPlace(siblings, 'b0', 0), 0);
  assert.equal(findPlace(siblings, 'b0', 299), 0);
  assert.equal(findPlace(siblings, 'b0', 301), 1);
  assert.equal(findPlace(siblings, 'b0', 5000), 2);
  assert.equal(findPlace(siblings, 'b2', -301), 1);
  assert.equal(findPlace(siblings, 'b2', -5000), 0);
});
