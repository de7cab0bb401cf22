import type { FlowPin } from '@alur/protocol';
import { builtInKinds } from '../../packages/host/src/kinds/custom-kinds.ts';
import { createFlowCache, readyFlow, type FlowCache } from '../../packages/host/src/operations/flow-cache.ts';
import { versionKey, type Tables } from './host/tables.ts';
import { BEGINNING } from './world.ts';

type Cards = Record<string, { kind: string; next: string[]; [field: string]: unknown }>;

const text = (...keywords: string[]) => ({ kind: 'first-message-text', match: 'contains', keywords });
const hours = (from: string, to: string, timeZone?: string) => ({
  kind: 'first-message-time',
  windows: [{ from, to }],
  ...(timeZone && { timeZone }),
});

/** Buttons, jumps back, hours in three zones, labels, collaborators and each kind of end. */
const first: Cards = {
  start: { kind: 'start', next: ['refund', 'morning', 'far', 'rest'] },
  refund: { kind: 'condition', test: text('refund', 'batal'), next: ['mark'] },
  morning: { kind: 'condition', test: hours('09:00', '10:00'), next: ['hello'] },
  far: { kind: 'condition', test: hours('22:00', '23:00', 'America/New_York'), next: ['sorry'] },
  rest: { kind: 'else', next: ['ask'] },
  mark: { kind: 'label', labelIds: ['lbl_vip'], next: ['team'] },
  team: { kind: 'assign-human', agentIds: [], teamIds: ['team_vip'], skipLastAiResponse: true, next: [] },
  hello: { kind: 'message', text: 'Selamat pagi, {{visitor.name|kak}}.', next: ['hub'] },
  hub: { kind: 'jump', to: 'ask', next: [] },
  ask: { kind: 'buttons', text: 'Ada yang bisa dibantu?', next: ['order', 'again', 'typed'] },
  order: { kind: 'button', label: 'Pesanan', next: ['which'] },
  again: { kind: 'button', label: 'Ulangi', next: ['back'] },
  typed: { kind: 'else', next: ['helper'] },
  back: { kind: 'jump', to: 'ask', next: [] },
  which: { kind: 'buttons', text: 'Pesanan yang mana?', next: ['new', 'old', 'other'] },
  new: { kind: 'button', label: 'Baru', next: ['ask-bot'] },
  'ask-bot': { kind: 'jump', to: 'bot', next: [] },
  old: { kind: 'button', label: 'Lama', next: ['wait'] },
  wait: { kind: 'jump', to: 'sorry', next: [] },
  other: { kind: 'else', next: ['goto'] },
  goto: { kind: 'jump', to: 'mark', next: [] },
  helper: { kind: 'collaborator', agentIds: ['agt_budi'], teamIds: [], next: ['sari'] },
  sari: { kind: 'assign-human', agentIds: ['agt_sari'], teamIds: [], skipLastAiResponse: false, next: [] },
  sorry: { kind: 'message', text: 'Mohon tunggu.', next: ['call'] },
  call: { kind: 'webhook', url: 'https://crm.example/hook', next: ['bot'] },
  bot: { kind: 'assign-ai', aiAgentId: 'ai_cs', agentIds: ['agt_budi'], next: [] },
};

/**
 * The same cards in another order, with other texts: code that confuses the two versions gives a different
 * result.
 */
const second: Cards = {
  start: { kind: 'start', next: ['refund', 'rest'] },
  refund: { kind: 'condition', test: text('refund'), next: ['hub'] },
  hub: { kind: 'jump', to: 'ask', next: [] },
  rest: { kind: 'else', next: ['hello'] },
  hello: { kind: 'message', text: 'Halo dari versi kedua.', next: ['mark'] },
  mark: { kind: 'label', labelIds: ['lbl_new'], next: ['ask'] },
  ask: { kind: 'buttons', text: 'Pilih satu:', next: ['again', 'order', 'typed'] },
  again: { kind: 'button', label: 'Ulangi', next: ['back'] },
  order: { kind: 'button', label: 'Pesanan', next: ['team'] },
  typed: { kind: 'else', next: ['bot'] },
  back: { kind: 'jump', to: 'ask', next: [] },
  team: { kind: 'assign-human', agentIds: [], teamIds: ['team_vip'], skipLastAiResponse: false, next: [] },
  bot: { kind: 'assign-ai', aiAgentId: 'ai_cs', agentIds: [], next: [] },
};

const flowOf = (cards: Cards) => ({
  format: 'alur.flow/2',
  id: 'flow_sim',
  name: 'Simulasi',
  timeZone: 'Asia/Jakarta',
  cards,
});

/** The versions that an inbox can serve; null is an inbox without a flow. */
export const VERSIONS: readonly (FlowPin | null)[] = [
  { id: 'flow_sim', version: 1 },
  { id: 'flow_sim', version: 2 },
  null,
];
const DOCUMENTS = new Map<string, unknown>([
  ['flow_sim@1', flowOf(first)],
  ['flow_sim@2', flowOf(second)],
]);

/** Texts of visitors: texts for each branch, labels and numbers of buttons, and other texts. */
export const WORDS = [
  'refund dong',
  'Pesanan',
  'ulangi',
  '1',
  '2',
  'halo',
  'Baru',
  'apa kabar?',
  'batal',
  'Lama',
];

const agent = (id: string, name: string) => [id, { id, version: 1, name, online: id !== 'agt_ani' }] as const;

/** Returns the data of a host with one inbox and no visitors. */
export function newTables(served: FlowPin | null): Tables {
  return {
    accountId: 'acc_sim',
    inbox: {
      id: 'inb_sim',
      accountId: 'acc_sim',
      version: 1,
      name: 'Web Toko',
      type: 'web-livechat',
      flowId: 'flow_sim',
      aiAgentId: 'ai_cs',
      agentIds: ['agt_sari'],
      teamIds: [],
      origins: [],
      appearance: {},
      identityKeys: [],
    },
    flows: DOCUMENTS,
    servings: served ? [{ ...served, from: new Date(BEGINNING - 86_400_000), until: null }] : [],
    directory: {
      labels: new Set(['lbl_vip', 'lbl_new']),
      agents: new Map([agent('agt_ani', 'Ani'), agent('agt_budi', 'Budi'), agent('agt_sari', 'Sari')]),
      teams: new Map([
        [
          'team_vip',
          { id: 'team_vip', version: 1, name: 'VIP', agentIds: ['agt_ani', 'agt_budi', 'agt_sari'] },
        ],
      ]),
      aiAgents: new Map([['ai_cs', { id: 'ai_cs', version: 1, name: 'Alya' }]]),
    },
    visitors: new Map(),
    tokens: new Map(),
    conversations: new Map(),
    ofVisitor: new Map(),
  };
}

/**
 * Returns a function that gives each simulation a cache of already compiled flows, so that each flow is
 * compiled once.
 */
export async function preparedFlows(): Promise<() => FlowCache> {
  const prepared = createFlowCache();
  for (const pin of VERSIONS)
    if (pin)
      await readyFlow(
        {
          now: new Date(BEGINNING),
          flows: prepared,
          kinds: builtInKinds,
          flowDocument: async (_accountId, version) => DOCUMENTS.get(versionKey(version)),
        },
        'acc_sim',
        pin,
      );
  for (const made of prepared.values()) if ('broken' in made) throw new Error(made.broken);
  return () => new Map(prepared);
}
