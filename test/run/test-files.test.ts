import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BROWSER_FILES, filesOf, findFiles, NODE_SUITES, type NodeSuite } from './test-files.ts';

test('every test file runs in exactly one suite', () => {
  const runs = new Map(findFiles('**/*.test.ts').map((path) => [path, [] as string[]]));
  assert.ok(runs.size > 100, `${runs.size} test files`);
  for (const suite of Object.keys(NODE_SUITES) as NodeSuite[])
    for (const path of filesOf(suite)) runs.get(path)?.push(suite);
  for (const path of findFiles(BROWSER_FILES)) runs.get(path)?.push('browser');
  assert.deepEqual(
    [...runs].filter(([, suites]) => suites.length !== 1),
    [],
  );
});
