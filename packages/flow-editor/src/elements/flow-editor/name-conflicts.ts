import type { Flow, MergeConflict } from '@alur/flow';
import type { SummaryContext } from '../../kinds/editor-kind.ts';
import { summariseCard } from '../../kinds/summary-rows.ts';

/**
 * Returns the display names of what both sides of a merge changed, without duplicates. A card is looked up in
 * all `flows` in order, because one side can have deleted it.
 */
export function nameConflicts(
  conflicts: MergeConflict[],
  flows: Flow[],
  { strings, kinds }: Pick<SummaryContext, 'strings' | 'kinds'>,
): string[] {
  const { save } = strings;
  const names = conflicts.map((conflict) => {
    if (conflict.kind === 'structure') return save.structure;
    if (conflict.kind === 'field' && conflict.cardId === undefined) {
      const fields: Record<string, string> = { timeZone: save.flowZone, examples: save.flowExamples };
      return fields[conflict.field] ?? save.flowName;
    }
    const cardId = conflict.cardId!;
    const flow = flows.find(({ cards }) => Object.hasOwn(cards, cardId));
    const card = flow?.cards[cardId];
    if (!flow || !card) return cardId;
    return card.title || summariseCard(card, { flow, directory: null, strings, kinds });
  });
  return [...new Set(names)];
}
