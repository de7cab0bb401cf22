import type { Card, Flow } from '@alur/flow';
import type { FlowDirectory, FlowListItem } from '../src/index.ts';

/** Directory of a fictional shop. */
export const directory: FlowDirectory = {
  labels: [
    { id: 'lbl_vip', name: 'VIP', color: '#b45309' },
    { id: 'lbl_order', name: 'Pesanan', color: '#2563eb' },
    { id: 'lbl_refund', name: 'Refund', color: '#dc2626' },
    { id: 'lbl_night', name: 'Di luar jam kerja', color: '#7c3aed' },
  ],
  agents: [
    { id: 'agt_budi', name: 'Budi Santoso', online: true },
    { id: 'agt_sari', name: 'Sari Wulandari', online: true },
    { id: 'agt_agus', name: 'Agus Pratama' },
    { id: 'agt_dewi', name: 'Dewi Lestari' },
  ],
  teams: [
    { id: 'team_vip', name: 'Tim VIP', agentIds: ['agt_budi', 'agt_sari'] },
    { id: 'team_cs', name: 'Layanan Pelanggan', agentIds: ['agt_agus', 'agt_dewi', 'agt_sari'] },
  ],
  aiAgents: [
    { id: 'ai_cs', name: 'Asisten CS' },
    { id: 'ai_sales', name: 'Asisten Penjualan' },
  ],
};

/** Flow with every kind of card. */
export const exampleFlow: Flow = {
  format: 'alur.flow/2',
  id: 'flow_example',
  name: 'Jam kerja',
  timeZone: 'Asia/Jakarta',
  cards: {
    start: { kind: 'start', next: ['vip', 'hours', 'rest'] },
    vip: {
      kind: 'condition',
      test: {
        kind: 'first-message-text',
        match: 'contains',
        keywords: ['vip', 'prioritas', 'pelanggan lama'],
      },
      next: ['mark'],
    },
    hours: {
      kind: 'condition',
      test: { kind: 'first-message-time', windows: [{ from: '09:00', to: '17:00', days: [1, 2, 3, 4, 5] }] },
      next: ['ask'],
    },
    rest: { kind: 'else', next: ['sorry'] },
    mark: { kind: 'label', labelIds: ['lbl_vip', 'lbl_order'], next: ['hook'] },
    hook: { kind: 'webhook', url: 'https://crm.example/hooks/vip', title: 'Beri tahu CRM', next: ['team'] },
    team: { kind: 'assign-human', agentIds: [], teamIds: ['team_vip'], skipLastAiResponse: true, next: [] },
    ask: {
      kind: 'buttons',
      text: 'Halo {{visitor.name|kak}}, ada yang bisa kami bantu hari ini?',
      next: ['order', 'other', 'typed'],
    },
    order: { kind: 'button', label: 'Pesanan', next: ['bot'] },
    other: { kind: 'button', label: 'Lainnya', next: ['join'] },
    typed: { kind: 'else', next: ['thanks'] },
    bot: { kind: 'assign-ai', aiAgentId: 'ai_cs', agentIds: ['agt_budi'], next: [] },
    join: { kind: 'collaborator', agentIds: ['agt_sari'], teamIds: [], next: ['goto'] },
    goto: { kind: 'jump', to: 'mark', next: [] },
    thanks: {
      kind: 'message',
      text: 'Terima kasih, kami teruskan.',
      note: 'Disetujui tim hukum',
      next: ['bot2'],
    },
    bot2: { kind: 'assign-ai', aiAgentId: 'ai_sales', agentIds: [], next: [] },
    sorry: {
      kind: 'message',
      text: 'Terima kasih sudah menghubungi kami. Kami buka lagi pukul 09.00 WIB.',
      next: [],
    },
  },
};

/** Flows in all states of the list. */
export const sampleList: FlowListItem[] = [
  {
    id: 'flow_example',
    name: 'Jam kerja',
    version: 3,
    live: 3,
    updatedAt: '2026-03-02T02:00:00Z',
    inboxes: [
      { id: 'inb_1', name: 'Toko' },
      { id: 'inb_2', name: 'WhatsApp CS' },
    ],
  },
  {
    id: 'flow_night',
    name: 'Di luar jam kerja dan hari libur nasional, untuk semua cabang di seluruh Indonesia',
    version: 5,
    live: 4,
    problemCount: 2,
    updatedAt: '2026-02-20T12:30:00Z',
    inboxes: [],
  },
  {
    id: 'flow_new',
    name: 'Promo akhir tahun',
    version: 1,
    live: null,
    problemCount: 1,
    updatedAt: '2026-01-11T05:00:00Z',
    inboxes: [],
  },
];

/** Returns a flow of about `size` cards: forks of three, chains of actions, ends. */
export function bigFlow(size: number): Flow {
  const cards: Record<string, Card> = { start: { kind: 'start', next: [] } };
  const open = ['start'];
  let count = 1;
  const add = (card: Card, parentId: string): string => {
    const id = `c${count++}`;
    cards[id] = card;
    cards[parentId]!.next.push(id);
    return id;
  };
  // Each iteration adds nine cards. Each open path gets an end card later.
  const turns = Math.max(1, Math.floor((size - 2) / 11));
  for (let turn = 0; turn < turns; turn++) {
    const parentId = open.shift()!;
    for (let i = 0; i < 3; i++) {
      const isElse = i === 2;
      const branch = add(
        isElse
          ? { kind: 'else', next: [] }
          : {
              kind: 'condition',
              test: { kind: 'first-message-text', keywords: [`kata ${count}`, 'promo'] },
              next: [],
            },
        parentId,
      );
      const label = add({ kind: 'label', labelIds: ['lbl_order'], next: [] }, branch);
      open.push(add({ kind: 'message', text: `Pesan nomor ${count} untuk pelanggan`, next: [] }, label));
    }
  }
  for (const id of open) add({ kind: 'assign-ai', aiAgentId: 'ai_cs', agentIds: [], next: [] }, id);
  return {
    format: 'alur.flow/2',
    id: `flow_big_${size}`,
    name: 'Alur besar',
    timeZone: 'Asia/Jakarta',
    cards,
  };
}
