/**
 * Checks that docs/field-reports.md refers to an existing test or decision for each report and each check.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import faults from './field-reports/faults.json' with { type: 'json' };
import { compareRows, HEADING, withFaults, type Fault } from './field-reports/fault-table.ts';
import { missingOf, namedIn } from './support/named-tests.ts';

const DOCS = new URL('../docs/', import.meta.url);
const DECISION = /\]\((decisions\/[\w-]+\.md)\), (\d+)(?: and (\d+))?/g;
const page = await readFile(new URL('field-reports.md', DOCS), 'utf8');
const [, reports = '', checks = ''] = page.split(/^## (?:Reports|Checks|Faults found by trial)$/m);

/** Returns the numbered rows of the table, as cells. */
const groupIntoRows = (section: string) =>
  section
    .split('\n')
    .filter((line) => /^\| \d+ \|/.test(line))
    .map((line) => line.slice(2, -2).split(' | '));

for (const [what, section, count, width] of [
  ['report', reports, 25, 5],
  ['check', checks, 10, 4],
] as const) {
  test(`each ${what} has its own complete row`, () => {
    const rows = groupIntoRows(section);
    assert.deepEqual(
      rows.map(([number]) => Number(number)),
      Array.from({ length: count }, (_, index) => index + 1),
    );
    for (const row of rows) {
      assert.equal(row.length, width, row[0]);
      assert.ok(
        row.every((cell) => cell.trim()),
        `row ${row[0]} has an empty cell`,
      );
    }
  });

  test(`each ${what} names an existing test, and the decision if there is one`, async () => {
    const missing: string[] = [];
    for (const row of groupIntoRows(section)) {
      const shownBy = row.at(-1)!;
      const named = namedIn(shownBy);
      if (!named.some(({ names }) => names.length > 0)) missing.push(`${row[0]}: no test`);
      for (const one of named) missing.push(...(await missingOf(one)).map((what) => `${row[0]}: ${what}`));
      for (const [, file = '', ...points] of shownBy.matchAll(DECISION)) {
        const decision = await readFile(new URL(file, DOCS), 'utf8').catch(() => '');
        for (const point of points.filter(Boolean))
          if (!decision.includes(`\n${point}. **`)) missing.push(`${row[0]}: ${file}, ${point}`);
      }
    }
    assert.deepEqual(missing, []);
  });
}

test('each point of the decision is referenced, here or in the other table', async () => {
  const decision = await readFile(new URL('decisions/0010-what-we-do-otherwise.md', DOCS), 'utf8');
  const points = [...decision.matchAll(/^(\d+)\. \*\*/gm)].map(([, point = '']) => point);
  const named = [...page.matchAll(DECISION)].flatMap(([, , ...numbers]) => numbers.filter(Boolean));
  // The queue before the script has loaded is not part of any report.
  assert.deepEqual(
    points.filter((point) => !named.includes(point)),
    ['12'],
  );
});

test('each fault found by trial is complete, in the order of its row, and names existing tests', async () => {
  const missing: string[] = [];
  for (const { row, wrong, fix, tests } of faults as Fault[]) {
    assert.match(row, /^[A-G]\d+$/);
    assert.ok(wrong.trim() && fix.trim(), `row ${row} is not filled`);
    if (!tests.some(({ names }) => names.length > 0)) missing.push(`${row}: no test`);
    for (const named of tests) missing.push(...(await missingOf(named)).map((what) => `${row}: ${what}`));
  }
  assert.deepEqual(missing, []);
  assert.deepEqual(faults, (faults as Fault[]).toSorted(compareRows));
});

test('the table of faults keeps the rest of the page, and escapes bars and line breaks', () => {
  const fault = { row: 'A1', wrong: 'a|b', fix: 'c\nd', tests: [{ file: 'test/x.test.ts', names: ['n'] }] };
  const once = withFaults('# Page\n\nText.\n', [fault]);
  assert.ok(once.startsWith(`# Page\n\nText.\n\n${HEADING}\n`));
  assert.ok(once.endsWith('| A1 | a\\|b | c d | [x.test.ts](../test/x.test.ts) "n" |\n'));
  assert.equal(withFaults(once, [fault]), once);
});
