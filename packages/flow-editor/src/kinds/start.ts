import type { StartCard } from '@alur/flow';
import type { EditorKind } from './editor-kind.ts';

export const startKind: EditorKind<StartCard> = {
  kind: 'start',
  tint: 'neutral',
  icon: 'play',
  name: 'Start Point',
  summaryRows: (_card, { strings }) => [{ text: strings.face.start, tone: 'muted' }],
};
