import { assignAiAuthor } from './assign-ai/author.ts';
import { assignHumanAuthor } from './assign-human/author.ts';
import type { AuthorKinds, CustomAuthorKinds, StepAuthorKind, TestAuthorKind } from './author-kind.ts';
import { buttonAuthor } from './button/author.ts';
import { buttonsAuthor } from './buttons/author.ts';
import { collaboratorAuthor } from './collaborator/author.ts';
import { conditionAuthor } from './condition/author.ts';
import { elseAuthor } from './else/author.ts';
import { textTestAuthor } from './first-message-text/author.ts';
import { timeTestAuthor } from './first-message-time/author.ts';
import { jumpAuthor } from './jump/author.ts';
import { labelAuthor } from './label/author.ts';
import { messageAuthor } from './message/author.ts';
import { startAuthor } from './start/author.ts';
import { webhookAuthor } from './webhook/author.ts';

const tests: readonly TestAuthorKind[] = [textTestAuthor, timeTestAuthor];

const steps: readonly StepAuthorKind[] = [
  startAuthor,
  conditionAuthor,
  elseAuthor,
  buttonAuthor,
  labelAuthor,
  collaboratorAuthor,
  messageAuthor,
  webhookAuthor,
  jumpAuthor,
  buttonsAuthor,
  assignAiAuthor,
  assignHumanAuthor,
];

/** Built-in kinds. */
export const authorKinds: AuthorKinds = withAuthorKinds();

/** Returns the built-in kinds with the kinds of a partner. Names of custom kinds begin with `x-`. */
export function withAuthorKinds(custom: CustomAuthorKinds = {}): AuthorKinds {
  const byKind = <K extends { kind: string }>(kinds: K[]) => new Map(kinds.map((kind) => [kind.kind, kind]));
  return {
    tests: byKind([...tests, ...(custom.tests ?? [])]),
    steps: byKind([...steps, ...(custom.steps ?? [])]),
  };
}
