import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { ROOT } from './test-files.ts';

/** Runs a test file with a name pattern, in a process of its own. Returns the number of results as JSON. */
async function countTests(pattern: string): Promise<string> {
  const script = `${ROOT}.test/node-tests.ts`;
  await mkdir(`${ROOT}.test`, { recursive: true });
  await writeFile(
    script,
    `import { runNodeTests } from '../test/run/node-tests.ts';
     const options = { testNamePatterns: [${pattern}] };
     const { passed, failures } = await runNodeTests(['test/run/budgets.test.ts'], 1, () => {}, options);
     console.error(JSON.stringify({ passed, failures: failures.length }));`,
  );
  const env = { ...process.env, NODE_TEST_CONTEXT: undefined };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [script], { env }, (error, _stdout, stderr) =>
      error ? reject(error) : resolve(stderr.trim().split('\n').at(-1) ?? ''),
    );
  });
}

test('a name pattern that matches no test is a failure', async () => {
  assert.equal(await countTests('/every suite has a budget/'), '{"passed":1,"failures":0}');
  assert.equal(await countTests('/no such test/'), '{"passed":0,"failures":1}');
});
