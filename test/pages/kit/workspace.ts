import type { Workspace } from '@alur/host';

export const API_KEY = 'key-of-the-test-pages-of-32-letters';

/** The flow's reply to any first message, and its question. */
export const GREETING = 'Hello, we have your message.';
export const QUESTION = 'What is it about?';

const FLOW = {
  format: 'alur.flow/2',
  id: 'flow_pages',
  name: 'Test pages',
  timeZone: 'Asia/Jakarta',
  cards: {
    start: { kind: 'start', next: ['hello'] },
    hello: { kind: 'message', text: GREETING, next: ['ask'] },
    ask: { kind: 'buttons', text: QUESTION, next: ['order', 'typed'] },
    order: { kind: 'button', label: 'My order', next: ['human'] },
    human: { kind: 'assign-human', agentIds: ['agt_a'], teamIds: [], skipLastAiResponse: true, next: [] },
    typed: { kind: 'else', next: ['human2'] },
    human2: { kind: 'assign-human', agentIds: ['agt_a'], teamIds: [], skipLastAiResponse: true, next: [] },
  },
};

/** Returns the workspace for `inboxes`: one for each visit, so that each has its own conversation. */
export function workspaceOf(inboxes: readonly string[]): Workspace {
  const inbox = { type: 'web-livechat' as const, flow: FLOW.id, agentIds: ['agt_a'] };
  return {
    account: {
      id: 'acc_pages',
      name: 'Test pages',
      apiKeys: [API_KEY],
      signingKey: 'signing-key-of-the-test-pages-'.padEnd(40, 'x'),
      dashboardOrigins: [],
    },
    agents: [{ id: 'agt_a', name: 'Ada' }],
    flows: [FLOW],
    inboxes: [
      ...inboxes.map((id) => ({ ...inbox, id, name: 'Shop' })),
      { ...inbox, id: 'inb_elsewhere', name: 'Shop', origins: ['https://elsewhere.example'] },
      { ...inbox, id: 'inb_whatsapp', name: 'WhatsApp', type: 'whatsapp' },
    ],
  };
}
