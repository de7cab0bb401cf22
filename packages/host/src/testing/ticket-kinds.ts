/** Card kinds of a partner, for tests: a test on the page's address, and a card that opens a ticket. */
import { textField, type CustomCard, type CustomTest } from '@alur/flow';
import type { CustomKinds } from '../kinds/custom-kinds.ts';

type TicketCard = CustomCard & { subject: string; url: string };
type PageTest = CustomTest & { prefix: string };

const kinds: CustomKinds = {
  run: {
    tests: [
      {
        kind: 'x-page-url',
        compile: (test) => {
          const { prefix } = test as PageTest;
          return ({ facts }) => (facts.visitor?.attributes?.['page_url'] ?? '').startsWith(prefix);
        },
      },
    ],
    steps: [
      {
        kind: 'x-ticket',
        compile: (_card, _tools, cardId) => ({
          enter: ({ effects }) => void effects.push({ kind: 'x-ticket', cardId }),
        }),
      },
    ],
  },
  author: {
    tests: [
      {
        kind: 'x-page-url',
        name: { id: 'Alamat halaman', en: 'Page address' },
        fields: [textField('prefix', { id: 'Awalan', en: 'Prefix' }, { max: 200, isPublic: true })],
        summary: (test) => (test as PageTest).prefix,
      },
    ],
    steps: [
      {
        kind: 'x-ticket',
        role: 'action',
        name: { id: 'Buat tiket', en: 'Create ticket' },
        fields: [
          textField('subject', { id: 'Judul', en: 'Subject' }, { max: 80 }),
          textField('url', { id: 'Alamat', en: 'Address' }, { max: 200 }),
        ],
        summary: (card) => (card as TicketCard).subject,
      },
    ],
  },
  effects: {
    'x-ticket': (_effect, card) => {
      const { subject, url } = card as TicketCard;
      if (subject === 'broken') throw new Error('no ticket today');
      return [
        { kind: 'label', labelIds: ['lbl_vip', 'lbl_gone'] },
        { kind: 'send-message', text: `Tiket: ${subject}` },
        { kind: 'webhook', url: `${url}?subject=${encodeURIComponent(subject)}` },
      ];
    },
  },
};

export default kinds;
