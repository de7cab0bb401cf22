import type { AuthorKinds, StepAuthorKind, TestAuthorKind } from './author-kind.ts';
import { actionAuthors } from './actions.ts';
import { branchAuthors } from './branches.ts';
import { endAuthors } from './ends.ts';
import { textTestAuthor } from './text-test.ts';
import { timeTestAuthor } from './time-test.ts';

/** Built-in kinds. */
export const authorKinds: AuthorKinds = withAuthorKinds();

/** Returns the built-in kinds with the kinds of a partner. Names of custom kinds begin with `x-`. */
export function withAuthorKinds(
  custom: { tests?: TestAuthorKind[]; steps?: StepAuthorKind[] } = {},
): AuthorKinds {
  const byKind = <K extends { kind: string }>(kinds: K[]) => new Map(kinds.map((kind) => [kind.kind, kind]));
  return {
    tests: byKind([textTestAuthor, timeTestAuthor, ...(custom.tests ?? [])]),
    steps: byKind([...branchAuthors, ...actionAuthors, ...endAuthors, ...(custom.steps ?? [])]),
  };
}
