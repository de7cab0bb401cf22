import type { AssignAiCard } from '@alur/flow';
import type { EditorKind } from './editor-kind.ts';
import { filled, listNames } from './summary-text.ts';

export const assignAiKind: EditorKind<AssignAiCard> = {
  kind: 'assign-ai',
  tint: 'end',
  icon: 'robot',
  name: 'Assign to AI Agent',
  group: 'end',
  isClosing: true,
  searchWords: 'akhir selesai tugaskan serahkan alihkan teruskan agen ai bot robot hand over transfer finish',
  summaryRows({ aiAgentId, agentIds }, { directory, strings }) {
    const agent = aiAgentId ? listNames([aiAgentId], directory?.aiAgents) : '';
    const row = filled(agent, strings.face.noAiAgent);
    if (agentIds.length === 0) return [row];
    return [row, { text: strings.face.with(listNames(agentIds, directory?.agents)), tone: 'muted' }];
  },
  countRows: ({ agentIds }) => (agentIds.length > 0 ? 2 : 1),
  hints: ({ aiAgentsHint }) => ({ agentIds: aiAgentsHint }),
};
