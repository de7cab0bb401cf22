import type { Problem } from './flow.ts';
import { PROBLEMS } from './limits.ts';

/** Problems of one document, as many as a reader can want. */
export class ProblemList {
  readonly problems: Problem[] = [];

  /** Adds an error. A path is made from the card and the rest when none is given. */
  error(
    code: string,
    message: string,
    { cardId, path, data }: Pick<Problem, 'cardId' | 'path' | 'data'> = {},
  ): void {
    if (this.problems.length > PROBLEMS) return;
    if (this.problems.length === PROBLEMS) {
      this.problems.push({
        code: 'too-many-problems',
        severity: 'error',
        message: 'There are more problems than these.',
      });
      return;
    }
    this.problems.push({
      code,
      severity: 'error',
      ...(cardId !== undefined && { cardId }),
      ...(path !== undefined && { path }),
      message,
      ...(data && { data }),
    });
  }
}

/** JSON Pointer of a card, or of something in it. */
export function cardPath(cardId: string, ...rest: (string | number)[]): string {
  return ['', 'cards', cardId, ...rest]
    .map((part) => String(part).replaceAll('~', '~0').replaceAll('/', '~1'))
    .join('/');
}
