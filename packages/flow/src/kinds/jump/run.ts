import type { StepRunKind } from '../run-kind.ts';
import type { JumpCard } from './type.ts';

/** Engine side of `jump`. */
export const jumpRun: StepRunKind<JumpCard> = {
  kind: 'jump',
  compile(card) {
    const move = { to: card.to };
    return { enter: () => move };
  },
};
