import type { Problem } from './flow.ts';
import { PROBLEMS } from './limits.ts';

/** Problems of one document, as many as a reader can want. */
export class ProblemList {
  readonly problems: Problem[] = [];
  readonly #settled = new Set<string>();

  /** Nothing more is said of places that have a problem by now. */
  settle(): void {
    for (const { path } of this.problems) if (path !== undefined) this.#settled.add(path);
  }

  /** Adds an error. */
  error(
    code: string,
    message: string,
    { cardId, path, data }: Pick<Problem, 'cardId' | 'path' | 'data'> = {},
  ): void {
    if (this.problems.length > PROBLEMS || (path !== undefined && this.#settled.has(path))) return;
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
  return pointer(['cards', cardId, ...rest]);
}

/** JSON Pointer (RFC 6901) of what a row of keys leads to. */
export function pointer(place: readonly (string | number)[]): string {
  return place.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
