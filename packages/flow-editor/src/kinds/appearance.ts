import type { Card } from '@alur/flow';
import type { Appearance } from './editor-kind.ts';
import { editorKinds } from './editor-kinds.ts';
import { quote } from './quote.ts';

/** Returns the appearance of a card. A condition has that of its test, a custom kind its own name. */
export function appearanceOfCard(card: Card): Appearance {
  if (card.kind !== 'condition' || !card.test) return appearanceOfKind(card.kind);
  const kind = editorKinds.tests.get(card.test.kind);
  return kind ?? { ...appearanceOfKind('condition'), name: card.test.kind };
}

/** Returns the display name of a card: its title, a button's label, else its kind. */
export function nameOfCard(card: Card): string {
  if (card.title) return card.title;
  const { name } = appearanceOfCard(card);
  return card.kind === 'button' && card.label ? `${name} ${quote(card.label)}` : name;
}

/** Returns the appearance of a kind of card or test. */
export function appearanceOfKind(kind: string): Appearance {
  const known = editorKinds.steps.get(kind) ?? editorKinds.tests.get(kind);
  return known ?? { tint: 'action', icon: 'plug', name: kind.replace(/^x-/, '') };
}
