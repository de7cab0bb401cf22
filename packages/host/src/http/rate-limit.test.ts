import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { createGauge, createRateLimiter, defaultLimits } from './rate-limit.ts';

test('a burst passes, then one comes at a time, and the wait is told', () => {
  let now = 0;
  const { take } = createRateLimiter(() => now);
  const rate = { burst: 3, perMinute: 60 };
  assert.deepEqual([take('a', rate), take('a', rate), take('a', rate)], [0, 0, 0]);
  assert.equal(take('a', rate), 1);
  assert.equal(take('b', rate), 0, 'each key has its own');
  now += 1_000;
  assert.deepEqual([take('a', rate), take('a', rate)], [0, 1]);
});

test('a refused call costs nothing, so waiting as told is enough', () => {
  let now = 0;
  const { take } = createRateLimiter(() => now);
  const rate = { burst: 1, perMinute: 6 };
  take('a', rate);
  for (let again = 0; again < 100; again++) take('a', rate);
  now += take('a', rate) * 1_000;
  assert.equal(take('a', rate), 0);
});

test('places are taken under every key or under none, and freed once', () => {
  const gauge = createGauge();
  const places = [
    { key: 'visitor', limit: 2 },
    { key: 'address', limit: 3 },
  ];
  const first = gauge.take(places);
  assert.ok(first && gauge.take(places));
  assert.equal(gauge.take(places), null);
  assert.ok(gauge.take([{ key: 'address', limit: 3 }]), 'the refused one left nothing behind');
  first();
  first();
  assert.ok(gauge.take(places), 'one place was freed, not two');
  assert.equal(gauge.take(places), null);
});

test('the contract tells the default limits as they are', async () => {
  const contract = await readFile(new URL(import.meta.resolve('@alur/protocol/openapi.yaml')), 'utf8');
  const said = [...contract.matchAll(/^ *\| [^|]+ \| ([\d,]+) \| ([\d,]+) \|$/gm)].map(([, ...cells]) =>
    cells.map((cell) => Number(cell.replace(',', ''))),
  );
  const { streamsPerVisitor, streamsPerAddress, streamsPerAccount, uploadsAtOnce, ...rates } = defaultLimits;
  assert.deepEqual(
    said,
    [
      rates.visitorsPerAddress,
      rates.turnsPerVisitor,
      rates.turnsPerAddress,
      rates.uploadsPerVisitor,
      rates.uploadsPerAddress,
      rates.callsPerAddress,
      rates.dashboardWrites,
      rates.refusalsPerAddress,
      rates.refusalsPerKey,
      rates.missesPerAddress,
    ].map(({ burst, perMinute }) => [burst, perMinute]),
  );
  assert.equal(said.length, Object.keys(rates).length);
  const open = `${streamsPerVisitor} for a visitor, ${streamsPerAddress} for an address, ${streamsPerAccount} for an account`;
  assert.ok(contract.includes(`Streams open at once: ${open};`));
  assert.ok(contract.includes(`Files coming in at once: ${uploadsAtOnce};`));
});

test('a clock that was ahead and is corrected refuses no one until the false date', () => {
  let now = Date.parse('2030-01-01');
  const { take } = createRateLimiter(() => now);
  const rate = { burst: 1, perMinute: 60 };
  assert.deepEqual([take('a', rate), take('a', rate)], [0, 1]);
  now = Date.parse('2026-12-01');
  assert.equal(take('a', rate), 1);
  now += 1_000;
  assert.equal(take('a', rate), 0);
});
