import type { Problem } from '@alur/flow';
import type { Strings } from '../strings/strings.ts';

/** A problem as it is shown: one that is calm is only something the person has not come to yet. */
export type ShownProblem = Problem & { isCalm?: boolean };

/**
 * Whether a problem is about the zone of the flow. Start Point shows it, though it is no problem of the card.
 */
export function isAboutFlowZone({ path }: Problem): boolean {
  return path === '/timeZone';
}

/** A problem in the editor's language; the engine's own sentence where there is no translation. */
export function describeProblemText(problem: ShownProblem, { problems }: Strings): string {
  if (problem.isCalm && problem.code === 'unfinished-path') return problems.pathToCome;
  // Under its field three words are enough; what is about the card as a whole has to say what is missing.
  const isOfField = problem.code === 'empty-field' || problem.code === 'nothing-chosen';
  if (problem.isCalm && isOfField && !problem.data?.['either']) return problems.toCome;
  return problems.codes[problem.code]?.(problem.data ?? {}) ?? problem.message;
}
