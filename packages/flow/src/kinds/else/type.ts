import type { CardBase } from '../../document/card-base.ts';

/** Branch of a fork or of `buttons` that is taken if no other branch is. Always the last one. */
export interface ElseCard extends CardBase {
  kind: 'else';
}
