import type { Flow } from '@alur/flow';
import { isFork } from '../layout/flow-layout.ts';
import type { IconName } from '../styles/icons.ts';
import { appearanceOfKind, type Tint } from './appearance.ts';

/** Groups of the add menu, in order. */
export type AddGroup = 'condition' | 'action' | 'message' | 'end' | 'custom';

/** Choice of the add menu. */
export interface AddChoice {
  /** Kind of step, kind of test (adds a condition), or `button`. */
  kind: string;
  group: AddGroup;
  name: string;
  icon: IconName;
  tint: Tint;
}

/** Maximum number of buttons of a message. */
export const MAX_BUTTONS = 10;

const conditions = ['first-message-text', 'first-message-time'] as const;
const actions = ['label', 'collaborator', 'message', 'webhook', 'jump'] as const;
const ends = ['assign-ai', 'assign-human'] as const;

/**
 * Returns what can be added below a card, in the order of the menu. Jumps and ends close a path and are
 * offered only where no card follows. `custom` are a partner's kinds (`x-…`) that behave as actions.
 */
export function listAddChoices(flow: Flow, parentId: string, custom: readonly string[] = []): AddChoice[] {
  const parent = flow.cards[parentId];
  if (!parent) return [];
  if (parent.kind === 'buttons') {
    const count = parent.next.length - 1;
    return count < MAX_BUTTONS ? [choice('button', 'condition')] : [];
  }
  const isOpen = parent.next.length === 0;
  const closing = (kind: string) => kind === 'jump';
  return [
    ...conditions.map((kind) => choice(kind, 'condition')),
    ...actions.filter((kind) => isOpen || !closing(kind)).map((kind) => choice(kind, 'action')),
    choice('buttons', 'message'),
    ...(isOpen ? ends.map((kind) => choice(kind, 'end')) : []),
    ...custom.map((kind) => choice(kind, 'custom')),
  ];
}

/** Returns whether a new condition below a card joins an existing fork. */
export function joinsFork(flow: Flow, parentId: string): boolean {
  const parent = flow.cards[parentId];
  return parent !== undefined && parent.kind !== 'buttons' && isFork(flow, parent);
}

function choice(kind: string, group: AddGroup): AddChoice {
  return { kind, group, ...appearanceOfKind(kind as Parameters<typeof appearanceOfKind>[0]) };
}
