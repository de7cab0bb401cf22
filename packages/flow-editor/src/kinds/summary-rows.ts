import type { Card } from '@alur/flow';
import { appearanceOfCard } from './appearance.ts';
import type { EditorKind, EditorKinds, SummaryContext, SummaryRow } from './editor-kind.ts';
import { subjectOf } from './editor-kinds.ts';

/** Returns the rows of a card's body. Their number is `countCardRows`. */
export function listSummaryRows(card: Card, context: SummaryContext): SummaryRow[] {
  const shown = subjectOf(card, context.kinds);
  const rows = shown
    ? (shown.kind as EditorKind<unknown>).summaryRows(shown.subject, context, (other) =>
        summariseCard(other, context),
      )
    : [{ text: context.strings.face.custom, tone: 'muted' as const }];
  return card.title ? [{ text: card.title, tone: 'strong' }, ...rows] : rows;
}

/**
 * Returns the number of rows in a card's body. It depends only on the document, not on names that load later
 * or on browser measurements, so that the layout is stable.
 */
export function countCardRows(card: Card, kinds: EditorKinds): number {
  const shown = subjectOf(card, kinds);
  const count = (shown?.kind as EditorKind<unknown> | undefined)?.countRows?.(shown?.subject) ?? 1;
  return (card.title ? 1 : 0) + count;
}

/** Returns one line for lists and pickers: the kind, and the card's content. */
export function summariseCard(card: Card, context: SummaryContext): string {
  const rows = listSummaryRows(card, context);
  return `${appearanceOfCard(card, context.kinds).name}: ${rows[0]?.text ?? ''}`;
}
