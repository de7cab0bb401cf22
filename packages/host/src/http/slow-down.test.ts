import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestHost } from '../testing/test-host.ts';
import { createRateLimiter } from './rate-limit.ts';
import { createSlowDown } from './slow-down.ts';

test('an address is delayed after a hundred responses, others are not, and few wait at once', async () => {
  let now = 0;
  const pauses: (() => void)[] = [];
  const pause = () => new Promise<void>((end) => pauses.push(end));
  const slowDown = createSlowDown(
    createRateLimiter(() => now),
    pause,
  );
  for (let each = 0; each < 100; each++) await slowDown('a');
  const held = slowDown('a');
  await slowDown('b');
  assert.equal(pauses.length, 1);
  pauses.pop()!();
  await held;
  now += 1_000;
  for (let each = 0; each < 10; each++) await slowDown('a');
  assert.equal(pauses.length, 0, 'ten a second pass');
  for (let each = 0; each < 1_000; each++) void slowDown('a');
  assert.equal(pauses.length, 1_000);
  await slowDown('a');
  assert.equal(pauses.length, 1_000);
});

test('rejections and health checks of an address are delayed', async () => {
  const host = await createTestHost({ limits: {} });
  try {
    const msOf = async (path: string, status: number) => {
      const began = performance.now();
      assert.equal((await host.call(path)).status, status);
      return performance.now() - began;
    };
    for (let each = 0; each < 120; each++) await host.call(`/v1/widget/inb_${each}/config`);
    for (let each = 0; each < 100; each++) await host.call(`/v1/widget/inb_${each + 120}/config`);
    assert.ok((await msOf('/v1/widget/inb_invented/config', 429)) > 200);
    assert.ok((await msOf('/v1/health', 200)) > 200);
  } finally {
    await host.close();
  }
});
