import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findChromium } from './chromium.ts';

test('the Chromium pinned in npm is the default where npm has one', async (t) => {
  const { ALUR_CHROMIUM: outside } = process.env;
  delete process.env['ALUR_CHROMIUM'];
  t.after(() => void (outside === undefined || (process.env['ALUR_CHROMIUM'] = outside)));
  const hasPinned = process.platform === 'linux' && process.arch === 'x64';
  assert.equal((await findChromium()).from, hasPinned ? 'npm' : 'system');
});

test('any executable file can be configured, and other values are rejected', async () => {
  const { executablePath, from } = await findChromium(process.execPath);
  assert.deepEqual([executablePath, from], [process.execPath, 'system']);
  await assert.rejects(findChromium('/no/such/chromium'), /neither npm, system nor an executable file/);
});
