import type { Problem } from '@alur/flow';
import type { Strings } from '../strings/strings.ts';

/** A problem in the editor's language; the engine's own sentence where there is no translation. */
export function describeProblemText(problem: Problem, { problems }: Strings): string {
  return problems.codes[problem.code]?.(problem.data ?? {}) ?? problem.message;
}
