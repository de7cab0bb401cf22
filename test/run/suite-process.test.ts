import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { test, type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { resultFile, runSuiteProcess } from './suite-process.ts';
import { ROOT } from './test-files.ts';

/** Writes a script that leaves a result, runs `rest`, and then does not end. */
async function scriptOf(t: TestContext, rest: string): Promise<{ name: string; script: string }> {
  const name = `suite-process-${t.name.length}`;
  const script = `${ROOT}.test/${name}.ts`;
  const kept = { passed: 3, failures: ['one\nwas wrong'], isDone: false, cpuMs: null };
  await writeFile(
    script,
    `import { writeFileSync } from 'node:fs';
     import { spawn } from 'node:child_process';
     writeFileSync(${JSON.stringify(resultFile(name))}, ${JSON.stringify(JSON.stringify(kept))});
     ${rest}`,
  );
  return { name, script: pathToFileURL(script).pathname };
}

test('a hanging suite is ended with its child processes, and its results are kept', async (t) => {
  const alive = createServer().listen(0, '127.0.0.1');
  t.after(() => alive.close());
  const connected = once(alive, 'connection') as Promise<[Socket]>;
  await once(alive, 'listening');
  const { port } = alive.address() as AddressInfo;
  const child = `require('node:net').connect(${port}, '127.0.0.1')`;
  const { name, script } = await scriptOf(
    t,
    `spawn(process.execPath, ['-e', ${JSON.stringify(child)}]);
     setInterval(() => {}, 1000);`,
  );
  const running = runSuiteProcess(name, 3_000, script);
  const [socket] = await connected;
  const { passed, failures } = await running;
  assert.deepEqual([passed, failures[0]], [3, 'one\nwas wrong']);
  assert.match(failures[1]!, /took more than/);
  // The connection of the suite's child process ends with it.
  if (!socket.closed)
    await once(
      socket.resume().on('error', () => undefined),
      'close',
    );
});

test('a suite whose process ends early fails', async (t) => {
  const { name, script } = await scriptOf(t, 'process.exit(0);');
  const { failures } = await runSuiteProcess(name, 60_000, script);
  assert.match(failures[1]!, /ended with 0 before it was done/);
});
