import type { Workspace } from '../workspace.ts';

/** Cards of a flow in the form of flow documents. */
export type Cards = Record<string, { kind: string; next: string[]; [field: string]: unknown }>;

/** Returns a flow document with these cards. */
export function flowOf(id: string, cards: Cards, name = 'Flow'): object {
  return { format: 'alur.flow/2', id, name, timeZone: 'Asia/Jakarta', cards };
}

/**
 * The flow of most tests. "vip" is labelled and goes to the team without an AI answer. Any other text gets
 * buttons: "Pesanan" goes to the AI agent, "Lain" to a collaborator and then to the team, else to Sari with
 * an AI answer.
 */
export const shopCards: Cards = {
  start: { kind: 'start', next: ['vip', 'rest'] },
  vip: {
    kind: 'condition',
    test: { kind: 'first-message-text', match: 'contains', keywords: ['vip'] },
    next: ['mark'],
  },
  rest: { kind: 'else', next: ['ask'] },
  mark: { kind: 'label', labelIds: ['lbl_vip'], next: ['team'] },
  team: { kind: 'assign-human', agentIds: [], teamIds: ['team_vip'], skipLastAiResponse: true, next: [] },
  ask: { kind: 'buttons', text: 'Halo {{visitor.name|kak}}!', next: ['order', 'other', 'typed'] },
  order: { kind: 'button', label: 'Pesanan', next: ['bot'] },
  other: { kind: 'button', label: 'Lain', next: ['helper'] },
  typed: { kind: 'else', next: ['sari'] },
  bot: { kind: 'assign-ai', aiAgentId: 'ai_cs', agentIds: ['agt_budi'], next: [] },
  helper: { kind: 'collaborator', agentIds: ['agt_budi'], teamIds: [], next: ['goto'] },
  goto: { kind: 'jump', to: 'mark', next: [] },
  sari: { kind: 'assign-human', agentIds: ['agt_sari'], teamIds: [], skipLastAiResponse: false, next: [] },
};

/**
 * Returns a workspace with one entry of each type. `suffix` distinguishes the accounts and inboxes of one
 * host.
 */
export function workspaceOf(suffix: string, change: Partial<Workspace> = {}): Workspace {
  return {
    account: {
      id: `acc_${suffix}`,
      name: 'Toko',
      apiKeys: [`key-${suffix}-`.padEnd(40, 'x')],
      signingKey: `signing-key-of-${suffix}-`.padEnd(40, 'x'),
      webhookSecret: 'webhook-secret-of-32-letters-or-more',
      dashboardOrigins: ['https://dashboard.example'],
    },
    labels: [
      { id: 'lbl_vip', name: 'VIP', color: '#b42318' },
      { id: 'lbl_new', name: 'Baru', color: '#175cd3' },
    ],
    agents: [
      { id: 'agt_ani', name: 'Ani', online: false },
      { id: 'agt_budi', name: 'Budi' },
      { id: 'agt_sari', name: 'Sari' },
    ],
    teams: [{ id: 'team_vip', name: 'VIP', agentIds: ['agt_ani', 'agt_budi', 'agt_sari'] }],
    aiAgents: [
      {
        id: 'ai_cs',
        name: 'Alya',
        questions: [
          { question: 'Bagaimana cara melacak pesanan saya?', answer: 'Buka halaman Pesanan Saya.' },
          { question: 'Berapa ongkos kirim?', alternatives: ['biaya pengiriman'], answer: 'Mulai Rp9.000.' },
        ],
      },
    ],
    flows: [flowOf('flow_shop', shopCards)],
    inboxes: [
      {
        id: `inb_${suffix}`,
        name: 'Web Toko',
        type: 'web-livechat',
        flow: 'flow_shop',
        aiAgentId: 'ai_cs',
        agentIds: ['agt_sari'],
        origins: ['https://shop.example'],
        identityKey: `identity-key-of-${suffix}-`.padEnd(40, 'x'),
      },
    ],
    ...change,
  };
}
