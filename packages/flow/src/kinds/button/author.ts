import { isBlank } from '../../run/is-blank.ts';
import type { StepAuthorKind } from '../author-kind.ts';
import { textField, translationsField } from '../fields.ts';
import { productName, quoted, unset } from '../words.ts';
import type { ButtonCard } from './type.ts';

const label = textField('label', { id: 'Teks tombol', en: 'Label' }, { max: 20, isPublic: true });

/** Author's side of `button`. */
export const buttonAuthor: StepAuthorKind<ButtonCard> = {
  kind: 'button',
  role: 'branch',
  name: productName('Button'),
  fields: [
    label,
    translationsField(
      'labels',
      { id: 'Teks tombol dalam bahasa lain', en: 'Label in other languages' },
      label,
    ),
  ],
  summary: ({ label }, { locale }) => (isBlank(label) ? unset[locale] : quoted(label)),
};
