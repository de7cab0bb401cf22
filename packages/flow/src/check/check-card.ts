import type { AuthorKinds, CheckContext, Directory, Field } from '../kinds/author-kind.ts';
import type { Flow, Problem } from '../document/flow.ts';
import { cardPath } from '../document/problem-list.ts';
import { checkField } from './check-field.ts';

/** Input shared by all checks of a flow. */
export interface FlowContext {
  flow: Flow;
  channel: string;
  directory: Directory;
  kinds: AuthorKinds;
}

/** Returns the problems of one card: its fields, the checks of its kind, and its test. */
export function checkCard(cardId: string, { flow, channel, directory, kinds }: FlowContext): Problem[] {
  const card = flow.cards[cardId]!;
  const problems: Problem[] = [];
  const report: CheckContext['report'] = ({ field, cardId: about = cardId, ...problem }) => {
    problems.push({ ...problem, cardId: about, path: cardPath(about, ...(field?.split('/') ?? [])) });
  };
  const context: CheckContext = { flow, cardId, channel, directory, report };

  const kind = kinds.steps.get(card.kind);
  if (!kind) {
    report(unknownKind(card.kind, 'kind'));
    return problems;
  }
  checkFields(card, kind.fields, '');
  kind.check?.(card, context);
  if (card.kind === 'condition' && card.test) {
    const test = kinds.tests.get(card.test.kind);
    if (!test) report(unknownKind(card.test.kind, 'test/kind'));
    else {
      checkFields(card.test, test.fields, 'test/');
      test.check?.(card.test, context);
    }
  }
  return problems;

  function checkFields(owner: object, fields: readonly Field[], prefix: string): void {
    for (const field of fields) {
      checkField(field, (owner as Record<string, unknown>)[field.name], `${prefix}${field.name}`, context);
    }
  }
}

function unknownKind(kind: string, field: string) {
  return {
    code: 'unknown-kind',
    severity: 'error' as const,
    field,
    message: `Nothing here knows the kind "${kind}": a step of it is passed over, a test of it never matches.`,
    data: { kind },
  };
}
