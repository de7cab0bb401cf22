import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { ROOT } from './run/test-files.ts';

test('npm start prints what it does before it installs anything, and the installation shows its progress', async (t) => {
  const child = spawn('npm', ['start', '--', '--help'], { cwd: ROOT });
  t.after(() => child.kill());
  let output = '';
  for await (const chunk of child.stdout) output += String(chunk);
  const begin = output.search(/^Installing packages/m);
  const installer = output.search(/Progress: |Lockfile is up to date|Already up to date/);
  const end = output.indexOf('npm start -- [options]');
  assert.ok(begin >= 0 && begin < installer && installer < end, output);
});
