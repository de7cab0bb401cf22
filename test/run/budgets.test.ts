import assert from 'node:assert/strict';
import { test } from 'node:test';
import budgets from '../budgets.json' with { type: 'json' };
import { describeTime } from './report.ts';
import { CI_ONLY, suites } from './suites.ts';

const totalOf = (minutes: Record<string, number>): number =>
  Math.round(Object.values(minutes).reduce((all, each) => all + each, 0) * 10) / 10;

test('every suite has a budget in minutes, 10 in total for npm test and 60 for .ci/run', () => {
  const names = Object.keys(suites);
  assert.deepEqual(Object.keys(budgets['.ci/run']), names);
  assert.deepEqual(
    Object.keys(budgets['npm test']),
    names.filter((name) => !CI_ONLY.includes(name)),
  );
  assert.deepEqual([totalOf(budgets['npm test']), totalOf(budgets['.ci/run'])], [10, 60]);
  assert.ok(budgets['hard limit'] < 90, 'CI ends a run after 90 minutes');
});

test('the report has the minutes of each suite, and a warning for a suite over its budget', () => {
  const run = (name: string, ms: number) => ({ name, ms, cpuMs: null, passed: 1, failures: [] });
  const text = describeTime([run('node', 150_000), run('pages', 30_000)], { node: 2, pages: 1 });
  assert.match(text, /^node +2\.5 +2\.0 +-$/m);
  assert.match(text, /^total +3\.0 +3\.0/m);
  assert.deepEqual(text.match(/WARNING.*/g), ['WARNING: node took 2.5 of 2 minutes']);
});
