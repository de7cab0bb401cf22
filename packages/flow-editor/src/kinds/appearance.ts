import type { Card, CardKind } from '@alur/flow';
import type { IconName } from '../styles/icons.ts';
import { quote } from './quote.ts';

/** Color groups of cards. */
export type Tint = 'neutral' | 'condition' | 'action' | 'end';

/** Appearance of a kind of card: more than its color. */
export interface Appearance {
  tint: Tint;
  icon: IconName;
  /** Product name of the card. It is the same in every language. */
  name: string;
}

const appearances: Record<string, Appearance> = {
  start: { tint: 'neutral', icon: 'play', name: 'Start Point' },
  condition: { tint: 'condition', icon: 'branch', name: 'Condition' },
  'first-message-text': { tint: 'condition', icon: 'text', name: 'First Message Text' },
  'first-message-time': { tint: 'condition', icon: 'clock', name: 'First Message Time' },
  else: { tint: 'condition', icon: 'otherwise', name: 'Else' },
  button: { tint: 'condition', icon: 'press', name: 'Button' },
  label: { tint: 'action', icon: 'tag', name: 'Label Conversation' },
  collaborator: { tint: 'action', icon: 'people', name: 'Add Collaborator' },
  message: { tint: 'action', icon: 'send', name: 'Send Message' },
  webhook: { tint: 'action', icon: 'webhook', name: 'Webhook' },
  jump: { tint: 'action', icon: 'jump', name: 'Jump to Action' },
  buttons: { tint: 'action', icon: 'buttons', name: 'Message with Button' },
  'assign-ai': { tint: 'end', icon: 'robot', name: 'Assign to AI Agent' },
  'assign-human': { tint: 'end', icon: 'person', name: 'Assign to Human Agent' },
};

/** Returns the appearance of a card. A condition has that of its test, a custom kind its own name. */
export function appearanceOfCard(card: Card): Appearance {
  if (card.kind !== 'condition') return appearanceOfKind(card.kind);
  const kind = card.test?.kind ?? 'condition';
  return appearances[kind] ?? { ...appearances['condition']!, name: kind };
}

/** Returns the display name of a card: its title, a button's label, else its kind. */
export function nameOfCard(card: Card): string {
  if (card.title) return card.title;
  const { name } = appearanceOfCard(card);
  return card.kind === 'button' && card.label ? `${name} ${quote(card.label)}` : name;
}

/** Returns the appearance of a kind of card or test. */
export function appearanceOfKind(kind: CardKind | 'first-message-text' | 'first-message-time'): Appearance {
  return appearances[kind] ?? { tint: 'action', icon: 'plug', name: kind.replace(/^x-/, '') };
}
