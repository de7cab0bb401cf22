import type { MessageCard } from '@alur/flow';
import type { EditorKind } from './editor-kind.ts';
import { countTextRows, filled } from './summary-text.ts';

export const messageKind: EditorKind<MessageCard> = {
  kind: 'message',
  tint: 'action',
  icon: 'send',
  name: 'Send Message',
  group: 'action',
  searchWords: 'tindakan aksi kirim pesan balas teks gambar sapa send reply text image',
  summaryRows: ({ text }, { strings }) => [
    { ...filled(text, strings.face.noText), span: countTextRows(text) },
  ],
  countRows: ({ text }) => countTextRows(text),
  hints: ({ imageHint }) => ({ imageUrl: imageHint }),
};
