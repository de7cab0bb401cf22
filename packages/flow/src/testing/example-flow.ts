import type { Flow } from '../document/flow.ts';

/** Returns a flow with every kind of card: office hours, a keyword, buttons, a jump and both ends. */
export function exampleFlow(): Flow {
  return {
    format: 'alur.flow/2',
    id: 'flow_01',
    name: 'Jam kerja',
    timeZone: 'Asia/Jakarta',
    cards: {
      start: { kind: 'start', next: ['vip', 'hours', 'rest'] },
      vip: {
        kind: 'condition',
        test: { kind: 'first-message-text', match: 'contains', keywords: ['vip', 'prioritas'] },
        next: ['mark'],
      },
      hours: {
        kind: 'condition',
        test: {
          kind: 'first-message-time',
          windows: [{ from: '09:00', to: '17:00', days: [1, 2, 3, 4, 5] }],
        },
        next: ['ask'],
      },
      rest: { kind: 'else', next: ['sorry'] },
      mark: { kind: 'label', labelIds: ['lbl_vip'], next: ['helper'] },
      helper: { kind: 'collaborator', agentIds: ['agt_budi'], teamIds: [], next: ['tell'] },
      tell: { kind: 'webhook', url: 'https://example.com/hook', next: ['team'] },
      team: { kind: 'assign-human', agentIds: [], teamIds: ['team_vip'], skipLastAiResponse: true, next: [] },
      ask: {
        kind: 'buttons',
        text: 'Halo {{visitor.name|kak}}, ada yang bisa dibantu?',
        next: ['order', 'other', 'typed'],
      },
      order: { kind: 'button', label: 'Pesanan', next: ['bot'] },
      other: { kind: 'button', label: 'Lainnya', next: ['goto'] },
      typed: { kind: 'else', next: ['bot2'] },
      bot: { kind: 'assign-ai', aiAgentId: 'ai_cs', agentIds: ['agt_budi'], next: [] },
      bot2: { kind: 'assign-ai', aiAgentId: 'ai_cs', agentIds: [], next: [] },
      goto: { kind: 'jump', to: 'mark', next: [] },
      sorry: { kind: 'message', text: 'Kami buka pukul 09.00.', next: ['bot3'] },
      bot3: { kind: 'assign-ai', aiAgentId: 'ai_cs', agentIds: [], next: [] },
    },
  };
}
