import type { StepAuthorKind } from '../author-kind.ts';
import { productName } from '../words.ts';
import type { StartCard } from './type.ts';

/** Author's side of `start`. */
export const startAuthor: StepAuthorKind<StartCard> = {
  kind: 'start',
  role: 'start',
  name: productName('Start Point'),
  fields: [],
  summary: (_card, { locale }) =>
    ({ id: 'Pesan pertama pengunjung memulai alur', en: "The visitor's first message starts the flow" })[
      locale
    ],
};
