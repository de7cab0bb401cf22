import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lookForEngines, type Installed } from './find-engines.ts';

const launch = () => Promise.reject(new Error('not called'));
const withoutFirefox: Installed = { chromium: launch, firefox: null, webkit: launch };
const look = (wanted: string | undefined) => {
  const { found, missing } = lookForEngines(wanted, withoutFirefox);
  return [found.map(({ name }) => name), missing.map((what) => what.split(' ')[0])];
};

test('tests run in the configured engines, by default in Chromium; a missing one is listed', (t) => {
  const { ALUR_ENGINES: outside } = process.env;
  delete process.env['ALUR_ENGINES'];
  t.after(() => void (outside === undefined || (process.env['ALUR_ENGINES'] = outside)));
  assert.deepEqual(look('chromium,firefox'), [['chromium'], ['Firefox']]);
  assert.deepEqual(look('firefox'), [[], ['Firefox']]);
  assert.deepEqual(look(undefined), [['chromium'], []]);
  assert.deepEqual(look('webkit, chromium'), [['chromium', 'webkit'], []]);
});

test('an unknown engine is rejected', () => {
  for (const wanted of ['', 'netscape', 'chromium,toString'])
    assert.throws(() => look(wanted), /no engine is called/);
});
