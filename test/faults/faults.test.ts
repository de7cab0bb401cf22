/**
 * Every row of the fault matrix once, shrunk. `npm run faults` runs the whole counts.
 *
 * @module
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, afterEach, before, describe, test } from 'node:test';
import { openLab, type Lab } from './lab/lab.ts';
import { rows } from './matrix.ts';

describe('the fault matrix', () => {
  let lab: Lab;
  before(async () => {
    lab = await openLab({ isFull: false });
  });
  afterEach(() => lab.sweep());
  after(() => lab.end());

  for (const { number, fault, expected, trials } of rows)
    for (const trial of trials.filter(({ counts }) => counts.shrunk > 0))
      test(`row ${number}: ${fault}: ${expected} (${trial.with}: ${trial.unit})`, async (t) => {
        t.diagnostic(await trial.run(lab, trial.counts.shrunk));
      });
});

test('rows that are tried elsewhere name a test that is there', async () => {
  for (const { number, elsewhere = [] } of rows)
    for (const { file, test } of elsewhere) {
      const source = await readFile(new URL(`../../${file}`, import.meta.url), 'utf8').catch(() => '');
      assert.ok(source.includes(test), `row ${number}: ${file} has no test "${test}"`);
    }
});

test('every row is tried, here or elsewhere', () => {
  for (const { number, trials, elsewhere = [] } of rows)
    assert.ok(trials.some(({ counts }) => counts.shrunk > 0) || elsewhere.length > 0, `row ${number}`);
  const numbers = rows.map(({ number }) => number);
  assert.deepEqual(
    numbers,
    [...new Set(numbers)].sort((a, b) => a - b),
  );
});
