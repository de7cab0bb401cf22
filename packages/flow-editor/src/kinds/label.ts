import type { LabelCard } from '@alur/flow';
import type { FlowDirectory } from '../directory.ts';
import type { EditorKind } from './editor-kind.ts';
import { filled, listNames } from './summary-text.ts';

/** Maximum number of dots before the names of labels. */
const MAX_DOTS = 4;

export const labelKind: EditorKind<LabelCard> = {
  kind: 'label',
  tint: 'action',
  icon: 'tag',
  name: 'Label Conversation',
  group: 'action',
  searchWords: 'tindakan aksi label tag tanda beri kategori mark',
  summaryRows: ({ labelIds }, { directory, strings }) => [
    {
      ...filled(listNames(labelIds, directory?.labels), strings.face.noLabels),
      dots: colorsOf(labelIds, directory),
    },
  ],
};

function colorsOf(ids: string[], directory: FlowDirectory | null): string[] {
  const colors = ids.map((id) => directory?.labels.find((label) => label.id === id)?.color ?? '');
  return colors.filter(Boolean).slice(0, MAX_DOTS);
}
