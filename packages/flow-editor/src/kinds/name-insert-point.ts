import type { FlowLayout, PlacedCard } from '../layout/flow-layout.ts';
import type { Strings } from '../strings/strings.ts';
import { nameOfCard } from './appearance.ts';
import type { EditorKinds } from './editor-kind.ts';

/**
 * Returns the name of the `+` below a card, for the canvas and the outline. `isOpen`: no card follows. The
 * names within a fork are unique.
 */
export function nameInsertPoint(
  placed: PlacedCard,
  isOpen: boolean,
  layout: FlowLayout,
  strings: Strings,
  kinds: EditorKinds,
): string {
  const { card: words } = strings;
  const name =
    placed.card.kind === 'buttons'
      ? words.addButton
      : words.addBelow(nameOfPlace(placed, layout, strings, kinds));
  return isOpen ? `${words.openSpot}. ${name}` : name;
}

/**
 * Returns the name of a card and, if siblings have the same name, its position: its order, or the siblings of
 * an Else.
 */
function nameOfPlace(
  { card, index, siblings, parentId }: PlacedCard,
  layout: FlowLayout,
  strings: Strings,
  kinds: EditorKinds,
) {
  const name = nameOfCard(card, kinds);
  if (card.title) return name;
  if (card.kind === 'condition') return `${name}, ${strings.card.order(index + 1, siblings)}`;
  const parent = layout.byId.get(parentId ?? '');
  if (card.kind !== 'else' || !parent) return name;
  const { card: of } = parent;
  const order = of.kind === 'condition' ? `, ${strings.card.order(parent.index + 1, parent.siblings)}` : '';
  return strings.card.elseOf(`${nameOfCard(of, kinds)}${order}`);
}
