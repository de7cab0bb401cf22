import type { ButtonsCard } from '@alur/flow';
import type { EditorKind } from './editor-kind.ts';
import { countTextRows, filled } from './summary-text.ts';

export const buttonsKind: EditorKind<ButtonsCard> = {
  kind: 'buttons',
  tint: 'action',
  icon: 'buttons',
  name: 'Message with Button',
  group: 'message',
  searchWords: 'pesan tombol pilihan menu tanya question choice menu',
  summaryRows: ({ text }, { strings }) => [
    { ...filled(text, strings.face.noText), span: countTextRows(text) },
  ],
  countRows: ({ text }) => countTextRows(text),
  hints: ({ imageHint }) => ({ imageUrl: imageHint }),
};
