import type { Card } from '@alur/flow';
import type { Appearance, EditorKinds } from './editor-kind.ts';
import { quote } from './quote.ts';

/** Returns the appearance of a card. A condition has that of its test, an unknown kind its own name. */
export function appearanceOfCard(card: Card, kinds: EditorKinds): Appearance {
  if (card.kind !== 'condition' || !card.test) return appearanceOfKind(card.kind, kinds);
  const kind = kinds.tests.get(card.test.kind);
  return kind ?? { ...appearanceOfKind('condition', kinds), name: card.test.kind };
}

/** Returns the display name of a card: its title, a button's label, else its kind. */
export function nameOfCard(card: Card, kinds: EditorKinds): string {
  if (card.title) return card.title;
  const { name } = appearanceOfCard(card, kinds);
  return card.kind === 'button' && card.label ? `${name} ${quote(card.label)}` : name;
}

/** Returns the appearance of a kind of card or test. */
export function appearanceOfKind(kind: string, kinds: EditorKinds): Appearance {
  const known = kinds.steps.get(kind) ?? kinds.tests.get(kind);
  return known ?? { tint: 'action', icon: 'plug', name: kind.replace(/^x-/, '') };
}
