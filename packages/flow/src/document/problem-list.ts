import type { Problem } from './flow.ts';
import { PROBLEMS } from './limits.ts';

/** Problems of one document, limited to `PROBLEMS`. */
export class ProblemList {
  readonly problems: Problem[] = [];
  readonly #settled = new Set<string>();

  /** Suppresses further problems at places that already have one. */
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

/** Returns the JSON Pointer of a card or of a value in it. */
export function cardPath(cardId: string, ...rest: (string | number)[]): string {
  return pointer(['cards', cardId, ...rest]);
}

/** Returns the JSON Pointer (RFC 6901) for a list of keys. */
export function pointer(place: readonly (string | number)[]): string {
  return place.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
