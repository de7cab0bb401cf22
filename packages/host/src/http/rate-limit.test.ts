import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { defaultLimits } from './limit-table.ts';
import { createRateLimiter } from './rate-limit.ts';

test('a burst passes, then requests pass at the rate, with the time to wait', () => {
  let now = 0;
  const { take } = createRateLimiter(() => now);
  const rate = { burst: 3, perMinute: 60 };
  assert.deepEqual([take('a', rate), take('a', rate), take('a', rate)], [0, 0, 0]);
  assert.equal(take('a', rate), 1);
  assert.equal(take('b', rate), 0, 'each key has its own');
  now += 1_000;
  assert.deepEqual([take('a', rate), take('a', rate)], [0, 1]);
});

test('a rejected call uses no tokens, so waiting for Retry-After is enough', () => {
  let now = 0;
  const { take } = createRateLimiter(() => now);
  const rate = { burst: 1, perMinute: 6 };
  take('a', rate);
  for (let again = 0; again < 100; again++) take('a', rate);
  now += take('a', rate) * 1_000;
  assert.equal(take('a', rate), 0);
});

test('the contract states the default limits', async () => {
  const contract = await readFile(new URL(import.meta.resolve('@alur/protocol/openapi.yaml')), 'utf8');
  const said = [...contract.matchAll(/^ *\| [^|]+ \| ([\d,]+) \| ([\d,]+) \|$/gm)].map(([, ...cells]) =>
    cells.map((cell) => Number(cell.replace(',', ''))),
  );
  const {
    streamsPerVisitor,
    streamsPerAddress,
    streamsPerAccount,
    uploadsAtOnce,
    uploadsAtOncePerVisitor,
    uploadsAtOncePerAddress,
    downloadsAtOnce,
    downloadsPerReader,
    downloadsPerAddress,
    uploadBytesPerAddress,
    ...rates
  } = defaultLimits;
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
  assert.equal(said.length, Object.values(rates).filter((limit) => typeof limit === 'object').length);
  const open = `${streamsPerVisitor} for a visitor, ${streamsPerAddress} for an address, ${streamsPerAccount} for an account`;
  assert.ok(contract.includes(`Streams open at once: ${open};`));
  const words = contract.replaceAll(/\s+/g, ' ');
  const mib = uploadBytesPerAddress.burst / 1024 / 1024;
  for (const sentence of [
    `Files coming in at once: ${uploadsAtOnce}, and being read at once: ${downloadsAtOnce};`,
    `${uploadsAtOncePerVisitor} may come from a visitor and ${uploadsAtOncePerAddress} from an address`,
    `${downloadsPerReader} may be read by a visitor or a holder of a dashboard token and ${downloadsPerAddress} from an address`,
    `may upload ${mib} MiB at once and then ${(uploadBytesPerAddress.perMinute * 60) / 1024 / 1024} MiB an hour`,
  ])
    assert.ok(words.includes(sentence), sentence);
});

test('requests pass after a clock that was ahead is corrected', () => {
  let now = Date.parse('2030-01-01');
  const { take } = createRateLimiter(() => now);
  const rate = { burst: 1, perMinute: 60 };
  assert.deepEqual([take('a', rate), take('a', rate)], [0, 1]);
  now = Date.parse('2026-12-01');
  assert.equal(take('a', rate), 1);
  now += 1_000;
  assert.equal(take('a', rate), 0);
});

test('bytes count as tokens, and a bucket is kept until it is full', () => {
  let now = 0;
  const { take } = createRateLimiter(() => now);
  const rate = { burst: 600, perMinute: 10 };
  assert.equal(take('a', rate, 500), 0);
  assert.equal(take('a', rate, 200), 600, 'ten a minute');
  now += 30 * 60_000;
  assert.equal(take('other', rate), 0);
  assert.equal(take('a', rate, 500), 600, '400 after half an hour');
  now += 10 * 60_000;
  assert.equal(take('a', rate, 500), 0);
});
