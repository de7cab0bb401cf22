import { authorKinds, type Card, type FlowTest } from '@alur/flow';
import { assignAiKind } from './assign-ai.ts';
import { assignHumanKind } from './assign-human.ts';
import { buttonKind } from './button.ts';
import { buttonsKind } from './buttons.ts';
import { collaboratorKind } from './collaborator.ts';
import { conditionKind } from './condition.ts';
import type { EditorKind, EditorKinds } from './editor-kind.ts';
import { elseKind } from './else.ts';
import { textTestKind } from './first-message-text.ts';
import { timeTestKind } from './first-message-time.ts';
import { jumpKind } from './jump.ts';
import { labelKind } from './label.ts';
import { messageKind } from './message.ts';
import { startKind } from './start.ts';
import { webhookKind } from './webhook.ts';

/** Kinds of cards, in the order of the add menu. */
const steps: readonly EditorKind[] = [
  startKind,
  conditionKind,
  elseKind,
  buttonKind,
  labelKind,
  collaboratorKind,
  messageKind,
  webhookKind,
  jumpKind,
  buttonsKind,
  assignAiKind,
  assignHumanKind,
];

/** Kinds of tests, in the order of the add menu. */
const tests: readonly EditorKind<FlowTest>[] = [textTestKind, timeTestKind];

/** Built-in kinds. */
export const editorKinds: EditorKinds = {
  steps: new Map(steps.map((kind) => [kind.kind, kind])),
  tests: new Map(tests.map((kind) => [kind.kind, kind])),
  author: authorKinds,
  run: {},
};

/** Returns what the editor shows for a card: for a condition, the kind of its test. */
export function subjectOf(
  card: Card,
  kinds: EditorKinds,
): { kind: EditorKind; subject: Card } | { kind: EditorKind<FlowTest>; subject: FlowTest } | null {
  const test = card.kind === 'condition' ? card.test : null;
  const testKind = test && kinds.tests.get(test.kind);
  if (test && testKind) return { kind: testKind, subject: test };
  const kind = kinds.steps.get(card.kind);
  return kind ? { kind, subject: card } : null;
}
