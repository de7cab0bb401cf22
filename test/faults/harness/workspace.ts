import type { Workspace } from '@alur/host';
import { CLOCK_FLOW, CLOCK_INBOX, clockFlow } from './clock-flow.ts';

export const INBOX = 'inb_faults';
export const API_KEY = 'key-of-the-fault-harness-of-32-letters';
export const IDENTITY_KEY = 'identity-key-of-the-fault-harness-of-32-letters';
export const FLOW = 'flow_faults';

/**
 * The flow of most rows. "vip" is labelled and goes to the team. Any other message gets a greeting and a
 * question with buttons: "Pesanan" is labelled and goes to Budi, "Lain" jumps to the VIP label, anything else
 * goes to Sari.
 */
const cards = {
  start: { kind: 'start', next: ['vip', 'rest'] },
  vip: {
    kind: 'condition',
    test: { kind: 'first-message-text', match: 'contains', keywords: ['vip'] },
    next: ['mark'],
  },
  rest: { kind: 'else', next: ['hello'] },
  mark: { kind: 'label', labelIds: ['lbl_vip'], next: ['team'] },
  team: { kind: 'assign-human', agentIds: [], teamIds: ['team_vip'], skipLastAiResponse: true, next: [] },
  hello: { kind: 'message', text: 'Halo {{visitor.name|kak}}!', next: ['ask'] },
  ask: { kind: 'buttons', text: 'Ada yang bisa dibantu?', next: ['order', 'other', 'typed'] },
  order: { kind: 'button', label: 'Pesanan', next: ['orders'] },
  other: { kind: 'button', label: 'Lain', next: ['goto'] },
  typed: { kind: 'else', next: ['sari'] },
  orders: { kind: 'label', labelIds: ['lbl_order'], next: ['budi'] },
  budi: { kind: 'assign-human', agentIds: ['agt_budi'], teamIds: [], skipLastAiResponse: true, next: [] },
  goto: { kind: 'jump', to: 'mark', next: [] },
  sari: { kind: 'assign-human', agentIds: ['agt_sari'], teamIds: [], skipLastAiResponse: true, next: [] },
};

/** Returns the flow as a document. `hello` is the text of its first message. */
export function faultFlow(hello = cards.hello.text): object {
  return {
    format: 'alur.flow/2',
    id: FLOW,
    name: 'Faults',
    timeZone: 'Asia/Jakarta',
    cards: { ...cards, hello: { ...cards.hello, text: hello } },
  };
}

/**
 * Returns one account with an inbox for each of the two flows, and without agents that reply by themselves.
 */
export function faultWorkspace(): Workspace {
  return {
    account: {
      id: 'acc_faults',
      name: 'Faults',
      apiKeys: [API_KEY],
      signingKey: 'signing-key-of-the-fault-harness-of-32-letters',
      dashboardOrigins: [],
    },
    labels: [
      { id: 'lbl_vip', name: 'VIP', color: '#b42318' },
      { id: 'lbl_order', name: 'Pesanan', color: '#175cd3' },
    ],
    agents: [
      { id: 'agt_budi', name: 'Budi' },
      { id: 'agt_sari', name: 'Sari' },
    ],
    teams: [{ id: 'team_vip', name: 'VIP', agentIds: ['agt_budi', 'agt_sari'] }],
    flows: [faultFlow(), clockFlow()],
    inboxes: [
      {
        id: INBOX,
        name: 'Web',
        type: 'web-livechat',
        flow: FLOW,
        agentIds: ['agt_sari'],
        identityKey: IDENTITY_KEY,
      },
      { id: CLOCK_INBOX, name: 'Web', type: 'web-livechat', flow: CLOCK_FLOW, agentIds: ['agt_sari'] },
    ],
  };
}
