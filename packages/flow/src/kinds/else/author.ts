import type { StepAuthorKind } from '../author-kind.ts';
import { productName } from '../words.ts';
import type { ElseCard } from './type.ts';

/** Author's side of `else`. */
export const elseAuthor: StepAuthorKind<ElseCard> = {
  kind: 'else',
  role: 'branch',
  name: productName('Else'),
  fields: [],
  summary: (_card, { locale }) =>
    ({ id: 'Bila tidak ada yang lain', en: 'When nothing else matches' })[locale],
};
