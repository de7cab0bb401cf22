import type { ButtonCard } from '@alur/flow';
import type { EditorKind } from './editor-kind.ts';
import { filled } from './summary-text.ts';

export const buttonKind: EditorKind<ButtonCard> = {
  kind: 'button',
  tint: 'condition',
  icon: 'press',
  name: 'Button',
  searchWords: 'tombol pilihan jawaban choice',
  summaryRows: ({ label }, { strings }) => [filled(label, strings.face.noLabel)],
};
