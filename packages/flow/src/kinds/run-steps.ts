import type { Effect, PublicEffect } from '../run/run-types.ts';
import type { CompiledStep, Walk } from './run-kind.ts';

/** Returns the effect of a step: complete for a full flow, in public form for a public copy. */
type MakeEffect = (walk: Walk) => Effect | PublicEffect;

/** Returns a step that adds one effect. The run continues with the next card. */
export function actionStep(makeEffect: MakeEffect): CompiledStep {
  return { enter: (walk) => void walk.effects.push(makeEffect(walk) as Effect) };
}

/** Returns a step that adds one effect and ends the run. */
export function endStep(makeEffect: MakeEffect): CompiledStep {
  return {
    enter(walk) {
      walk.effects.push(makeEffect(walk) as Effect);
      return 'end';
    },
  };
}

/** Removes duplicate ids. Public copies have no ids, so undefined stays undefined. */
export function uniqueIds(ids: readonly string[] | undefined): string[] | undefined {
  return ids && [...new Set(ids)];
}
