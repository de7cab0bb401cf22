import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { count as said, seconds, within, type Row } from '../row.ts';

const MAIN = fileURLToPath(new URL('../../../packages/host/src/main.ts', import.meta.url));

/** Runs `alur-host` until it exits. */
function alurHost(...args: string[]): Promise<{ code: number; output: string; ms: number }> {
  const began = performance.now();
  const env = { ...process.env, ALUR_DATABASE_URL: '', ALUR_POSTGRES_URL: '' };
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...args], { env }, (error, stdout, stderr) =>
      resolve({
        code: typeof error?.code === 'number' ? error.code : 0,
        output: stdout + stderr,
        ms: performance.now() - began,
      }),
    );
  });
}

export const secondProcess: Row = {
  number: 25,
  fault: 'A second host on the PGlite folder',
  expected: 'refuses to start and names the first one’s process',
  pass: 'exit code not 0 within 1 s of its start-up; data intact',
  elsewhere: [
    {
      file: 'packages/host/src/database/durability.test.ts',
      test: 'a second process on the folder exits immediately, names the first, and changes nothing',
    },
  ],
  trials: [
    {
      with: 'process',
      counts: { shrunk: 1, full: 20 },
      unit: 'second hosts',
      async run(harness, count) {
        const visitor = harness.visitor();
        await visitor.say('vip');
        await visitor.drained();
        // Loading Node and the modules takes this long even for a host that does nothing.
        const { ms: startUp } = await alurHost('--help');
        let slowest = 0;
        for (let round = 0; round < count; round++) {
          const { code, output, ms } = await alurHost('--port', '0', '--data', harness.host.dataDir);
          assert.notEqual(code, 0);
          assert.match(output, new RegExp(`in use by process ${harness.host.pid}`));
          slowest = Math.max(slowest, ms - startUp);
          await visitor.say(`masih ada ${round}`);
        }
        within(slowest, 1_000, 'milliseconds until it refused');
        await visitor.check();
        return `${said(count)} refused, the slowest ${seconds(Math.max(0, slowest))} after its start-up of ${seconds(startUp)}; nothing lost`;
      },
    },
  ],
};
