import type { ButtonCard, ConditionCard } from '../document/flow.ts';
import { isBlank } from '../run/normalize.ts';
import type { StepAuthorKind } from './author-kind.ts';
import { testField, textField, translationsField } from './fields.ts';
import { productName, quoted, unset } from './words.ts';

const label = textField('label', { id: 'Teks tombol', en: 'Label' }, { max: 20, isPublic: true });

/** Kinds of `start` and of branches. */
export const branchAuthors: StepAuthorKind[] = [
  {
    kind: 'start',
    role: 'start',
    name: productName('Start Point'),
    fields: [],
    summary: (_card, { locale }) =>
      ({ id: 'Pesan pertama pengunjung memulai alur', en: "The visitor's first message starts the flow" })[
        locale
      ],
  },
  {
    kind: 'condition',
    role: 'branch',
    name: productName('Condition'),
    fields: [testField('test', { id: 'Syarat', en: 'Test' }, { isPublic: true })],
    // `describeCard` uses the summary of the test. This text is for a condition without a test.
    summary: (card, { locale }) => ((card as ConditionCard).test ? '' : unset[locale]),
  },
  {
    kind: 'else',
    role: 'branch',
    name: productName('Else'),
    fields: [],
    summary: (_card, { locale }) =>
      ({ id: 'Bila tidak ada yang lain', en: 'When nothing else matches' })[locale],
  },
  {
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
    summary: (card, { locale }) => {
      const { label } = card as ButtonCard;
      return isBlank(label) ? unset[locale] : quoted(label);
    },
  },
];
