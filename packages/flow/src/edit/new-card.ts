import type { AuthorKinds, Field } from '../kinds/author-kind.ts';
import { authorKinds } from '../kinds/author-kinds.ts';
import type { Card, FlowTest } from '../document/flow.ts';

/** Returns a card of a kind with all fields unset. It can be saved; `checkFlow` reports the empty fields. */
export function newCard(kind: string, kinds: AuthorKinds = authorKinds): Card {
  return { kind, ...blank(kinds.steps.get(kind)?.fields ?? []), next: [] } as unknown as Card;
}

/** Returns a test of a kind with all fields unset. */
export function newTest(kind: string, kinds: AuthorKinds = authorKinds): FlowTest {
  return { kind, ...blank(kinds.tests.get(kind)?.fields ?? []) } as FlowTest;
}

function blank(fields: readonly Field[]): Record<string, unknown> {
  return Object.fromEntries(
    fields.filter(({ optional }) => !optional).map((field) => [field.name, blankValue(field)]),
  );
}

function blankValue(field: Field): unknown {
  switch (field.type) {
    case 'text':
    case 'url':
    case 'time':
      return '';
    case 'choice':
      return field.initial;
    case 'keywords':
    case 'ids':
    case 'days':
    case 'list':
      return [];
    case 'translations':
      return {};
    case 'boolean':
      return false;
    case 'id':
    case 'card':
    case 'time-zone':
    case 'test':
      return null;
  }
}
