import type { CollaboratorCard } from '@alur/flow';
import type { EditorKind } from './editor-kind.ts';
import { describePeople, filled } from './summary-text.ts';

export const collaboratorKind: EditorKind<CollaboratorCard> = {
  kind: 'collaborator',
  tint: 'action',
  icon: 'people',
  name: 'Add Collaborator',
  group: 'action',
  searchWords: 'tindakan aksi kolaborator ajak tambah orang agen tim bantu people team invite',
  summaryRows: (card, { directory, strings }) => [
    filled(describePeople(card, directory), strings.face.nobody),
  ],
  hints: ({ teamHint }) => ({ teamIds: teamHint }),
};
