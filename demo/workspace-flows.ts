/**
 * The two example flows, as a support lead would draw them. The editor opens, changes and saves them.
 *
 * @module
 */
import type { Flow } from '@alur/flow';

/** Opening hours and VIP: a fork on the first message, a question with buttons, a jump back to the label. */
export const OPENING_HOURS_FLOW: Flow = {
  format: 'alur.flow/2',
  id: 'flow_jam_kerja',
  name: 'Jam kerja & VIP',
  timeZone: 'Asia/Jakarta',
  cards: {
    start: { kind: 'start', next: ['vip', 'open', 'closed'] },

    vip: {
      kind: 'condition',
      title: 'Pelanggan VIP atau grosir',
      test: {
        kind: 'first-message-text',
        match: 'word',
        keywords: ['vip', 'grosir', 'reseller', 'hampers kantor'],
      },
      next: ['vip_label'],
    },
    vip_label: { kind: 'label', labelIds: ['lbl_vip'], next: ['vip_team'] },
    vip_team: {
      kind: 'assign-human',
      title: 'Serahkan ke tim VIP',
      agentIds: [],
      teamIds: ['team_vip'],
      skipLastAiResponse: true,
      next: [],
    },

    open: {
      kind: 'condition',
      title: 'Jam buka',
      test: {
        kind: 'first-message-time',
        windows: [{ from: '09:00', to: '17:00', days: [1, 2, 3, 4, 5, 6] }],
      },
      next: ['ask'],
    },
    ask: {
      kind: 'buttons',
      title: 'Ada yang bisa dibantu?',
      text: 'Halo {{visitor.name|Kak}}, ada yang bisa kami bantu?',
      next: ['order', 'product', 'person', 'typed'],
    },
    order: { kind: 'button', label: 'Pesanan & ongkir', next: ['order_label'] },
    order_label: { kind: 'label', labelIds: ['lbl_pesanan'], next: ['order_ai'] },
    order_ai: {
      kind: 'assign-ai',
      title: 'Senja menjawab soal pesanan',
      aiAgentId: 'ai_layanan',
      agentIds: ['agt_budi'],
      next: [],
    },
    product: { kind: 'button', label: 'Tanya produk', next: ['product_label'] },
    product_label: { kind: 'label', labelIds: ['lbl_produk'], next: ['product_hint'] },
    product_hint: {
      kind: 'message',
      text: 'Silakan tulis pertanyaannya. Barista kami menjawab soal rasa, gilingan, dan cara seduh.',
      next: ['product_ai'],
    },
    product_ai: { kind: 'assign-ai', aiAgentId: 'ai_barista', agentIds: [], next: [] },
    person: { kind: 'button', label: 'Bicara dengan tim', next: ['person_collaborator'] },
    person_collaborator: {
      kind: 'collaborator',
      agentIds: ['agt_citra'],
      teamIds: [],
      next: ['hand_over'],
    },
    hand_over: {
      kind: 'assign-human',
      title: 'Serahkan ke layanan pelanggan',
      agentIds: [],
      teamIds: ['team_layanan'],
      skipLastAiResponse: false,
      next: [],
    },
    typed: { kind: 'else', next: ['typed_ai'] },
    typed_ai: { kind: 'assign-ai', aiAgentId: 'ai_layanan', agentIds: [], next: [] },

    closed: { kind: 'else', next: ['closed_note'] },
    closed_note: {
      kind: 'message',
      title: 'Toko sedang tutup',
      text: 'Toko sedang tutup. Kami buka Senin sampai Sabtu pukul 09.00–17.00 WIB; asisten kami tetap bisa membantu.',
      next: ['closed_label'],
    },
    closed_label: { kind: 'label', labelIds: ['lbl_di_luar_jam'], next: ['closed_jump'] },
    closed_jump: { kind: 'jump', to: 'ask', next: [] },
  },
};

/** After sales: damage and returns, with a second question before an agent is assigned. */
export const AFTER_SALES_FLOW: Flow = {
  format: 'alur.flow/2',
  id: 'flow_purnajual',
  name: 'Purnajual: garansi & retur',
  timeZone: 'Asia/Jakarta',
  cards: {
    start: { kind: 'start', next: ['broken', 'return', 'rest'] },

    broken: {
      kind: 'condition',
      title: 'Barang rusak',
      test: {
        kind: 'first-message-text',
        match: 'contains',
        keywords: ['pecah', 'rusak', 'retak', 'cacat', 'garansi'],
      },
      next: ['broken_label'],
    },
    broken_label: { kind: 'label', labelIds: ['lbl_garansi'], next: ['broken_note'] },
    broken_note: {
      kind: 'message',
      text: 'Maaf ya, {{visitor.name|Kak}}. Tolong tulis nomor pesanan dan bagian mana yang rusak. Garansi kirim berlaku 7 hari.',
      next: ['broken_team'],
    },
    broken_team: {
      kind: 'assign-human',
      title: 'Serahkan ke tim purnajual',
      agentIds: ['agt_eka'],
      teamIds: ['team_purnajual'],
      skipLastAiResponse: true,
      next: [],
    },

    return: {
      kind: 'condition',
      title: 'Tukar atau retur',
      test: {
        kind: 'first-message-text',
        match: 'contains',
        keywords: ['retur', 'tukar', 'kembalikan', 'refund'],
      },
      next: ['return_label'],
    },
    return_label: { kind: 'label', labelIds: ['lbl_retur'], next: ['return_ask'] },
    return_ask: {
      kind: 'buttons',
      title: 'Keadaan barang',
      text: 'Bisa dibantu. Bagaimana keadaan barangnya sekarang?',
      next: ['sealed', 'opened', 'used', 'wrong', 'return_typed'],
    },
    sealed: { kind: 'button', label: 'Masih tersegel', next: ['sealed_note'] },
    sealed_note: {
      kind: 'message',
      text: 'Bisa ditukar dalam 14 hari. Kirim ke Jalan Braga 17, Bandung; ongkirnya kami ganti dengan kupon.',
      next: ['sealed_ai'],
    },
    sealed_ai: { kind: 'assign-ai', aiAgentId: 'ai_layanan', agentIds: ['agt_eka'], next: [] },
    opened: { kind: 'button', label: 'Sudah dibuka', next: ['opened_collaborator'] },
    opened_collaborator: {
      kind: 'collaborator',
      agentIds: [],
      teamIds: ['team_purnajual'],
      next: ['opened_jump'],
    },
    opened_jump: { kind: 'jump', to: 'broken_team', next: [] },
    used: { kind: 'button', label: 'Sudah dipakai', next: ['used_ai'] },
    used_ai: { kind: 'assign-ai', aiAgentId: 'ai_layanan', agentIds: [], next: [] },
    wrong: { kind: 'button', label: 'Barang keliru', next: ['wrong_jump'] },
    wrong_jump: { kind: 'jump', to: 'broken_team', next: [] },
    return_typed: { kind: 'else', next: ['return_ai'] },
    return_ai: { kind: 'assign-ai', aiAgentId: 'ai_layanan', agentIds: ['agt_eka'], next: [] },

    rest: { kind: 'else', next: ['rest_ai'] },
    rest_ai: { kind: 'assign-ai', aiAgentId: 'ai_layanan', agentIds: [], next: [] },
  },
};
