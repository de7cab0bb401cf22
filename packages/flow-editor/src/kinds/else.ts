import type { ElseCard } from '@alur/flow';
import type { EditorKind } from './editor-kind.ts';

export const elseKind: EditorKind<ElseCard> = {
  kind: 'else',
  tint: 'condition',
  icon: 'otherwise',
  name: 'Else',
  summaryRows: (_card, { strings }) => [{ text: strings.face.else, tone: 'muted' }],
};
