/** Checks that every test that docs/security.md and docs/reliability.md name exists. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { missingOf, namedIn, testNamesIn, type Named } from '../support/named-tests.ts';

/** Threats that need a test in this repository. */
const COVERED = [1, 4, 5, 6, 8, 9, 11, 13, 14, 16, 17, 18, 19, 20, 26, 27];

/** Returns the files and tests that the numbered rows of a page in docs/ name. */
async function groupIntoRows(page: string): Promise<(Named & { row: number })[]> {
  const text = await readFile(new URL(`../../docs/${page}`, import.meta.url), 'utf8');
  return text.split('\n').flatMap((line) => {
    const row = Number(/^\| (\d+) \|/.exec(line)?.[1] ?? 0);
    return row > 0 ? namedIn(line).map((named) => ({ row, ...named })) : [];
  });
}

for (const page of ['security.md', 'reliability.md'])
  test(`every test that docs/${page} names exists`, async () => {
    const missing = (await groupIntoRows(page)).map(async ({ row, ...named }) =>
      (await missingOf(named)).map((what) => `${row}: ${what}`),
    );
    assert.deepEqual((await Promise.all(missing)).flat(), []);
  });

test('a name elsewhere in a file does not count as a test', () => {
  const source = `// moved away\nconst framed = { name: 'framed' };\ntest('an element that is moved', () => {});`;
  assert.deepEqual([...testNamesIn('test/a.test.ts', source)], ['an element that is moved']);
  assert.deepEqual([...testNamesIn('test/pages/hostile-pages/framed.ts', source)], ['framed']);
});

test('every handled threat names a test', async () => {
  const rows = (await groupIntoRows('security.md'))
    .filter(({ names }) => names.length > 0)
    .map(({ row }) => row);
  assert.deepEqual(
    COVERED.filter((row) => !rows.includes(row)),
    [],
  );
});

test('the limits against a hostile page are documented with an alternative', async () => {
  const read = (page: string) => readFile(new URL(`../../docs/${page}`, import.meta.url), 'utf8');
  const [security, embedding] = await Promise.all([read('security.md'), read('embedding.md')]);
  const row = security.split('\n').find((line) => line.startsWith('| 14 |')) ?? '';
  assert.match(row, /out of scope by design/);
  const [, anchor = ''] = /\(embedding\.md#([\w-]+)\)/.exec(row) ?? [];
  const answer = embedding
    .split(/^## /m)
    .find((section) => section.split('\n')[0]!.toLowerCase().replaceAll(' ', '-') === anchor);
  assert.match(answer ?? '', /out of scope by\s+design/);
  assert.match(answer ?? '', /another origin[\s\S]*<iframe[\s\S]*frame-ancestors/);
  // The section "What is not claimed" repeats it.
  assert.match(
    security.split('## What is not claimed')[1] ?? '',
    /hostile page can read its own chat\*\* \(14\)/,
  );
});
