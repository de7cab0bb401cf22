/**
 * Every handler of Enter and Escape leaves these keys to an input method, by one shared rule: `isComposing`.
 */
import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = ['packages/{livechat-widget,flow-editor}/src/**/*.ts', 'demo/**/*.ts'];
const HANDLES_KEY = /\bkey [!=]== '(Enter|Escape)'|case '(Enter|Escape)'/;
const OWN_RULE = /\.isComposing\b|\bkeyCode\b/;

test('a handler of Enter or Escape asks isComposing of @alur/flow/keyboard, and no file has a rule of its own', async () => {
  const silent: string[] = [];
  const own: string[] = [];
  let handlers = 0;
  for await (const file of glob(SOURCES, { cwd: root })) {
    if (/\.test\.ts$|\/testing\/|\/dist\/|node_modules/.test(file)) continue;
    const source = await readFile(root + file, 'utf8');
    if (OWN_RULE.test(source)) own.push(file);
    if (!HANDLES_KEY.test(source)) continue;
    handlers += 1;
    if (!/isComposing\(event\)/.test(source)) silent.push(file);
  }
  assert.ok(handlers > 8, `only ${handlers} handlers were found`);
  assert.deepEqual(silent, []);
  assert.deepEqual(own, []);
});
