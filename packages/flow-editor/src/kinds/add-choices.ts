import type { Flow } from '@alur/flow';
import { isFork } from '../layout/flow-layout.ts';
import type { AddGroup, Appearance, EditorKind, EditorKinds } from './editor-kind.ts';

/** Choice of the add menu. */
export interface AddChoice extends Appearance {
  /** Kind of step, kind of test (adds a condition), or `button`. */
  kind: string;
  group: AddGroup;
  /** Synonyms of the name, for the search. */
  searchWords: string;
}

/** Maximum number of buttons of a message. */
export const MAX_BUTTONS = 10;

/** Groups of the add menu, in order. */
const GROUPS: readonly AddGroup[] = ['condition', 'action', 'message', 'end', 'custom'];

/**
 * Returns what can be added below a card, in the order of the menu. Jumps and ends close a path and are
 * offered only where no card follows.
 */
export function listAddChoices(flow: Flow, parentId: string, kinds: EditorKinds): AddChoice[] {
  const parent = flow.cards[parentId];
  if (!parent) return [];
  if (parent.kind === 'buttons') {
    const count = parent.next.length - 1;
    const button = kinds.steps.get('button')!;
    return count < MAX_BUTTONS ? [choiceOf(button, 'condition')] : [];
  }
  const isOpen = parent.next.length === 0;
  const all: EditorKind<never>[] = [...kinds.tests.values(), ...kinds.steps.values()];
  return GROUPS.flatMap((group) =>
    all
      .filter((kind) => kind.group === group && (isOpen || !kind.isClosing))
      .map((kind) => choiceOf(kind, group)),
  );
}

/** Returns whether a new condition below a card joins an existing fork. */
export function joinsFork(flow: Flow, parentId: string): boolean {
  const parent = flow.cards[parentId];
  return parent !== undefined && parent.kind !== 'buttons' && isFork(flow, parent);
}

function choiceOf(
  { kind, tint, icon, name, searchWords = '' }: EditorKind<never>,
  group: AddGroup,
): AddChoice {
  return { kind, group, tint, icon, name, searchWords };
}
