import type { Flow } from '@alur/flow';
import { isFork } from '../layout/flow-layout.ts';
import type { IconName } from '../styles/icons.ts';
import { lookOfKind, type Tint } from './kind-look.ts';

/** The groups of the add menu, in their order. */
export type AddGroup = 'condition' | 'action' | 'message' | 'end' | 'custom';

/** One thing that can be added. */
export interface AddChoice {
  /** A kind of step, a kind of test (which makes a condition), or `button`. */
  kind: string;
  group: AddGroup;
  name: string;
  icon: IconName;
  tint: Tint;
}

/** The most buttons one message has. */
export const MAX_BUTTONS = 10;

const conditions = ['first-message-text', 'first-message-time'] as const;
const actions = ['label', 'collaborator', 'message', 'webhook', 'jump'] as const;
const ends = ['assign-ai', 'assign-human'] as const;

/**
 * What may be added below a card, in the menu's order. Jumps and ends close a path and are offered only where
 * nothing follows yet. `custom` are kinds of a partner (`x-…`) that behave as actions.
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

/** Whether a new condition below this card joins a fork that is there. */
export function joinsFork(flow: Flow, parentId: string): boolean {
  const parent = flow.cards[parentId];
  return parent !== undefined && parent.kind !== 'buttons' && isFork(flow, parent);
}

function choice(kind: string, group: AddGroup): AddChoice {
  return { kind, group, ...lookOfKind(kind as Parameters<typeof lookOfKind>[0]) };
}
