import type { CardBase } from '../../document/card-base.ts';

/** Continues at another step. The only way to join paths. */
export interface JumpCard extends CardBase {
  kind: 'jump';
  /** Id of an action, `buttons`, another jump or an end. Not the jump itself. */
  to: string | null;
}
