import type { Problem } from '@alur/flow';
import type { Strings } from '../strings/strings.ts';

/** Problem as shown. `isDeferred` marks a missing value of a new card, which is shown as a warning. */
export type ShownProblem = Problem & { isDeferred?: boolean };

/**
 * Returns whether a problem is about the flow's time zone. Start Point shows it, although it is not a problem
 * of the card.
 */
export function isAboutFlowZone({ path }: Problem): boolean {
  return path === '/timeZone';
}

/**
 * Returns the text of a problem in the editor's language, or the engine's own sentence without a translation.
 */
export function describeProblemText(problem: ShownProblem, { problems }: Strings): string {
  if (problem.isDeferred && problem.code === 'unfinished-path') return problems.pathToCome;
  // A short text is enough below a field. A problem of the whole card must name the missing value.
  const isOfField = problem.code === 'empty-field' || problem.code === 'nothing-chosen';
  if (problem.isDeferred && isOfField && !problem.data?.['either']) return problems.toCome;
  return problems.codes[problem.code]?.(problem.data ?? {}) ?? problem.message;
}
