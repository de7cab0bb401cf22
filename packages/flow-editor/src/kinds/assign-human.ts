import type { AssignHumanCard } from '@alur/flow';
import type { EditorKind } from './editor-kind.ts';
import { describePeople, filled } from './summary-text.ts';

export const assignHumanKind: EditorKind<AssignHumanCard> = {
  kind: 'assign-human',
  tint: 'end',
  icon: 'person',
  name: 'Assign to Human Agent',
  group: 'end',
  isClosing: true,
  searchWords:
    'akhir selesai tugaskan serahkan alihkan teruskan agen manusia orang tim cs hand over transfer people team finish',
  summaryRows(card, { directory, strings }) {
    const row = filled(describePeople(card, directory), strings.face.nobody);
    return card.skipLastAiResponse ? [row, { text: strings.face.skip, tone: 'muted' }] : [row];
  },
  countRows: ({ skipLastAiResponse }) => (skipLastAiResponse ? 2 : 1),
  hints: ({ agentsHint, teamHint, skipText }) => ({
    agentIds: agentsHint,
    teamIds: teamHint,
    skipLastAiResponse: skipText,
  }),
};
