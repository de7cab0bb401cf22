import type { Card } from '@alur/flow';
import type { Strings } from '../strings/strings.ts';
import { nameOfCard } from './kind-look.ts';

/** What the `+` below a card is called, on the canvas and in the outline alike. `isOpen`: nothing follows yet. */
export function nameOfSpot(card: Card, isOpen: boolean, { card: words }: Strings): string {
  const name = card.kind === 'buttons' ? words.addButton : words.addBelow(nameOfCard(card));
  return isOpen ? `${words.openSpot}. ${name}` : name;
}
