import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  doBoxesMeet,
  fitBox,
  isBoxInside,
  revealBox,
  SCALE_RANGE,
  seenBox,
  toContent,
  toScreen,
  zoomTo,
  keepInSight,
} from './viewport.ts';

const screen = { width: 800, height: 600 };

test('zooming keeps the point under the pointer in place', () => {
  const before = { x: 40, y: -20, scale: 0.8 };
  const at = { x: 300, y: 200 };
  const under = toContent(before, at);
  const after = zoomTo(before, 1.6, at);
  assert.equal(after.scale, 1.6);
  const now = toScreen(after, under);
  assert.ok(Math.abs(now.x - at.x) < 1e-9 && Math.abs(now.y - at.y) < 1e-9);
});

test('the scale stays within its range', () => {
  const viewport = { x: 0, y: 0, scale: 1 };
  assert.equal(zoomTo(viewport, 100, { x: 0, y: 0 }).scale, SCALE_RANGE.max);
  assert.equal(zoomTo(viewport, 0, { x: 0, y: 0 }).scale, SCALE_RANGE.min);
});

test('fitting centers the whole flow, and never enlarges it', () => {
  const content = { x: -500, y: 0, width: 3000, height: 900 };
  const viewport = fitBox(content, screen);
  assert.ok(isBoxInside(content, seenBox(viewport, screen)));
  const middle = toScreen(viewport, { x: 1000, y: 450 });
  assert.ok(Math.abs(middle.x - 400) < 1e-9 && Math.abs(middle.y - 300) < 1e-9);
  assert.equal(fitBox({ x: 0, y: 0, width: 100, height: 50 }, screen).scale, 1);
});

test('a flow that does not fit at the smallest scale starts at the top', () => {
  const viewport = fitBox({ x: 0, y: 0, width: 100, height: 1_000_000 }, screen);
  assert.equal(viewport.scale, SCALE_RANGE.min);
  assert.equal(toScreen(viewport, { x: 0, y: 0 }).y, 48);
});

test('revealing moves only as far as needed', () => {
  const viewport = { x: 0, y: 0, scale: 1 };
  const seen = { x: 200, y: 200, width: 100, height: 50 };
  assert.deepEqual(revealBox(viewport, seen, screen), viewport);
  const far = { x: 900, y: 200, width: 100, height: 50 };
  const moved = revealBox(viewport, far, screen);
  assert.equal(moved.y, 0);
  assert.equal(toScreen(moved, far).x + 100, 800 - 64);
  const left = { x: -300, y: -10, width: 100, height: 50 };
  assert.deepEqual(toScreen(revealBox(viewport, left, screen), left), { x: 64, y: 64 });
});

test('boxes that only touch do not overlap', () => {
  const box = { x: 0, y: 0, width: 10, height: 10 };
  assert.equal(doBoxesMeet(box, { x: 10, y: 0, width: 5, height: 5 }), false);
  assert.equal(doBoxesMeet(box, { x: 9, y: 9, width: 5, height: 5 }), true);
});

test('a part of the flow stays on the screen at any pan distance', () => {
  const content = { x: 0, y: 0, width: 1000, height: 400 };
  const screen = { width: 800, height: 600 };
  for (const scale of [0.04, 0.5, 2])
    for (const [x, y] of [
      [-1e6, 0],
      [1e6, 1e6],
      [0, -1e6],
      [10, 10],
    ] as const) {
      const { x: left, y: top } = keepInSight({ x, y, scale }, content, screen);
      assert.ok(left < screen.width && left + content.width * scale > 0, `x ${left} at ${scale}`);
      assert.ok(top < screen.height && top + content.height * scale > 0, `y ${top} at ${scale}`);
    }
  const near = { x: 10, y: 10, scale: 1 };
  assert.deepEqual(keepInSight(near, content, screen), near);
});
