import type { RunKinds, StepRunKind, TestRunKind } from './run-kind.ts';
import { stepRuns } from './steps.ts';
import { textTestRun } from './text-test.ts';
import { timeTestRun } from './time-test.ts';

/**
 * Returns the built-in kinds with the kinds of a partner, whose names begin with `x-`. Pass the return value
 * to `compileFlow`.
 */
export function runKinds(custom: { tests?: TestRunKind[]; steps?: StepRunKind[] } = {}): RunKinds {
  const byKind = <K extends { kind: string }>(kinds: K[]) => new Map(kinds.map((kind) => [kind.kind, kind]));
  return {
    tests: byKind([textTestRun, timeTestRun, ...(custom.tests ?? [])]),
    steps: byKind([...stepRuns, ...(custom.steps ?? [])]),
  };
}
