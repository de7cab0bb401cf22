import type { Card, Flow } from '../../document/flow.ts';
import type { CheckContext, StepAuthorKind } from '../author-kind.ts';
import { cardField } from '../fields.ts';
import { productName, unset } from '../words.ts';
import type { JumpCard } from './type.ts';

/** Author's side of `jump`. */
export const jumpAuthor: StepAuthorKind<JumpCard> = {
  kind: 'jump',
  role: 'jump',
  name: productName('Jump to Action'),
  fields: [cardField('to', { id: 'Tujuan', en: 'Target' }, { isPublic: true })],
  check: checkTarget,
  summary: ({ to }, { locale, flow, cardName }) =>
    to && Object.hasOwn(flow.cards, to) ? `→ ${cardName(to)}` : unset[locale],
};

/** Returns whether a jump may lead to a card. Steps are valid targets; `start` and branches are not. */
export function canJumpTo(flow: Flow, to: string): boolean {
  const target: Card | undefined = Object.hasOwn(flow.cards, to) ? flow.cards[to] : undefined;
  return target !== undefined && !['start', 'condition', 'else', 'button'].includes(target.kind);
}

function checkTarget({ to }: JumpCard, { flow, cardId, report }: CheckContext): void {
  if (!to) return;
  const fault = findFault(flow, cardId, to);
  if (fault) report({ ...fault, severity: 'error', field: 'to', data: { to } });
}

function findFault(flow: Flow, cardId: string, to: string): { code: string; message: string } | null {
  if (!Object.hasOwn(flow.cards, to))
    return {
      code: 'jump-to-nowhere',
      message: `The jump leads to "${to}", which is not in this flow; choose another target.`,
    };
  if (to === cardId)
    return { code: 'jump-to-itself', message: 'The jump leads to itself; choose another target.' };
  if (canJumpTo(flow, to)) return null;
  return {
    code: 'jump-to-branch',
    message: `The jump leads to "${to}", which is a branch or the start; choose the first step inside it.`,
  };
}
