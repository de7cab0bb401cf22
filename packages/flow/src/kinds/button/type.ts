import type { CardBase, Translations } from '../../document/card-base.ts';

/** Button of a `buttons` card. */
export interface ButtonCard extends CardBase {
  kind: 'button';
  /** Label of 1..20 code points. Unique among its siblings after normalisation, in each language. */
  label: string;
  /** Translations of the label. */
  labels?: Translations;
}
