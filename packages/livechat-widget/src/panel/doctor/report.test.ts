import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportOf } from './report.ts';

test('a report starts with the errors and their fixes, in columns', () => {
  const report = reportOf('1.2.3', '2026-02-03T04:05:06.000Z', [
    { name: 'Host', finding: 'ok', says: 'responds in 12 ms' },
    { name: 'Storage', finding: 'note', says: 'keeps nothing' },
    { name: 'Policy', finding: 'problem', says: 'connect-src blocks x', remedy: 'add x to connect-src' },
  ]);
  assert.equal(report.healthy, false);
  assert.equal(
    report.text,
    [
      'livechat 1.2.3, 2026-02-03T04:05:06.000Z',
      '! Policy   connect-src blocks x',
      '           -> add x to connect-src',
      '? Storage  keeps nothing',
      '+ Host     responds in 12 ms',
    ].join('\n'),
  );
});

test('notes are not errors', () => {
  const report = reportOf('1', 'now', [{ name: 'Page', finding: 'note', says: 'plain http' }]);
  assert.equal(report.healthy, true);
});
