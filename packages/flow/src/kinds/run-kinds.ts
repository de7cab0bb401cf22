import { assignAiRun } from './assign-ai/run.ts';
import { assignHumanRun } from './assign-human/run.ts';
import { buttonsRun } from './buttons/run.ts';
import { collaboratorRun } from './collaborator/run.ts';
import { textTestRun } from './first-message-text/run.ts';
import { timeTestRun } from './first-message-time/run.ts';
import { jumpRun } from './jump/run.ts';
import { labelRun } from './label/run.ts';
import { messageRun } from './message/run.ts';
import type { CustomRunKinds, RunKinds, StepRunKind, TestRunKind } from './run-kind.ts';
import { webhookRun } from './webhook/run.ts';

const tests: readonly TestRunKind[] = [textTestRun, timeTestRun];

/** `start`, conditions, Else and buttons have no engine side: the engine walks them itself. */
const steps: readonly StepRunKind[] = [
  labelRun,
  collaboratorRun,
  messageRun,
  webhookRun,
  jumpRun,
  buttonsRun,
  assignAiRun,
  assignHumanRun,
];

/**
 * Returns the built-in kinds with the kinds of a partner, whose names begin with `x-`. Pass the return value
 * to `compileFlow`.
 */
export function runKinds(custom: CustomRunKinds = {}): RunKinds {
  const byKind = <K extends { kind: string }>(kinds: K[]) => new Map(kinds.map((kind) => [kind.kind, kind]));
  return {
    tests: byKind([...tests, ...(custom.tests ?? [])]),
    steps: byKind([...steps, ...(custom.steps ?? [])]),
  };
}
