import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Card } from '../document/flow.ts';
import { newCard } from '../edit/new-card.ts';
import { authorKinds } from '../kinds/author-kinds.ts';
import { exampleFlow } from '../testing/example-flow.ts';
import { randomFlow, seededPick } from '../testing/random-flow.ts';
import { describeCard, describePath, describeWhy, nameCard } from './describe.ts';

const directory = {
  labels: [{ id: 'lbl_vip', name: 'VIP' }],
  teams: [{ id: 'team_vip', name: 'Tim VIP' }],
  aiAgents: [{ id: 'ai_cs', name: 'CS Bot' }],
};
const flow = exampleFlow();
const path = (id: string, locale: 'id' | 'en') => describePath(flow, id, locale, directory);
const card = (id: string, locale: 'id' | 'en') => describeCard(flow, id, locale, directory);

it('describes a card with the names of the directory, or with ids', () => {
  assert.equal(card('mark', 'id'), 'Label Conversation: *VIP*');
  assert.equal(card('team', 'en'), 'Assign to Human Agent: *Tim VIP*, Skip Last AI Agent Response');
  assert.equal(card('bot', 'id'), 'Assign to AI Agent: *CS Bot*, dengan *agt_budi*');
  assert.equal(card('bot2', 'en'), 'Assign to AI Agent: *CS Bot*');
  const picture = { ...flow.cards['sorry'], imageUrl: 'https://example.com/a.png' } as Card;
  const withImage = { ...flow, cards: { ...flow.cards, sorry: picture } };
  assert.equal(
    describeCard(withImage, 'sorry', 'id'),
    'Send Message: *Kami buka pukul 09.00.*, dengan gambar',
  );
  assert.equal(card('goto', 'en'), 'Jump to Action: → Label Conversation *VIP*');
  assert.equal(card('start', 'id'), 'Pesan pertama pengunjung memulai alur');
});

it('describes when a branch is taken, and the branches before it', () => {
  assert.equal(card('vip', 'id'), 'pesan pertama memuat *vip* atau *prioritas*');
  assert.equal(
    card('hours', 'id'),
    'Senin–Jumat 09.00–17.00 WIB, dan belum tertangkap oleh *vip*/*prioritas*',
  );
  assert.equal(
    card('hours', 'en'),
    'Mon–Fri 09:00–17:00 Asia/Jakarta, and not already caught by *vip*/*prioritas*',
  );
  assert.equal(card('rest', 'id'), 'tidak tertangkap oleh *vip*/*prioritas* atau Senin–Jumat 09.00–17.00');
  assert.equal(card('typed', 'en'), 'any answer but the buttons');
});

it('uses the title of a branch', () => {
  const titled = { ...flow, cards: { ...flow.cards, vip: { ...flow.cards['vip'], title: 'VIP' } as Card } };
  assert.equal(describeCard(titled, 'rest', 'en'), 'not caught by *VIP* or Mon–Fri 09:00–17:00');
  assert.equal(nameCard(titled, 'vip', 'en'), '*VIP*');
});

it('describes how a card is reached: the first message, then the answers, and jumps', () => {
  assert.equal(path('start', 'id'), '');
  assert.equal(path('mark', 'id'), 'pesan pertama memuat *vip* atau *prioritas*, atau lewat 1 lompatan');
  // The jump leads to an ancestor of the card.
  assert.equal(path('team', 'en'), 'the first message contains *vip* or *prioritas*, or by a jump');
  assert.equal(
    path('bot', 'en'),
    'Mon–Fri 09:00–17:00 Asia/Jakarta, and not already caught by *vip*/*prioritas*, then *Pesanan* is pressed',
  );
  assert.equal(
    path('bot2', 'id'),
    'Senin–Jumat 09.00–17.00 WIB, dan belum tertangkap oleh *vip*/*prioritas*, lalu menjawab selain tombol',
  );
});

it('joins nested forks into one sentence', () => {
  const text = (...keywords: string[]) => ({ kind: 'first-message-text' as const, keywords });
  const end: Card = { kind: 'assign-ai', aiAgentId: 'ai_cs', agentIds: [], next: [] };
  const hours = { kind: 'first-message-time' as const, windows: [{ from: '08:00', to: '17:00' }] };
  const cards: Record<string, Card> = {
    start: { kind: 'start', next: ['vip', 'back', 'rest'] },
    vip: { kind: 'condition', title: 'VIP', test: text('vip', 'prioritas'), next: ['e1'] },
    back: { kind: 'condition', test: text('refund', 'batal'), next: ['open', 'shut'] },
    open: { kind: 'condition', test: hours, next: ['e2'] },
    shut: { kind: 'else', next: ['e3'] },
    rest: { kind: 'else', next: ['e4'] },
    e1: end,
    e2: end,
    e3: end,
    e4: end,
  };
  const nested = { ...flow, cards };
  assert.equal(
    describePath(nested, 'e2', 'id'),
    'pesan pertama memuat *refund* atau *batal*, 08.00–17.00 WIB, dan belum tertangkap oleh *VIP*',
  );
  assert.equal(
    describePath(nested, 'e3', 'en'),
    'the first message contains *refund* or *batal*, and not already caught by *VIP* or 08:00–17:00',
  );
  assert.equal(describePath(nested, 'e4', 'en'), 'not caught by *VIP* or *refund*/*batal*');
});

it('shows only the number of many branches, and shortens long texts', () => {
  const next = ['c0', 'c1', 'c2', 'c3', 'o'];
  const condition = {
    kind: 'condition',
    test: { kind: 'first-message-text', keywords: ['x'.repeat(90)] },
    next: [],
  } as Card;
  const cards = {
    start: { kind: 'start', next } as Card,
    c0: condition,
    c1: condition,
    c2: condition,
    c3: condition,
    o: { kind: 'else', next: [] } as Card,
  };
  const wide = { ...flow, cards };
  assert.equal(describeCard(wide, 'o', 'id'), 'tidak tertangkap oleh 4 cabang di kirinya');
  assert.ok([...describeCard(wide, 'c0', 'en')].length < 100);
});

it('formats days and times as people write them', () => {
  const days = (days: number[] | undefined, from = '22:00', to = '24:00') => {
    const windows = [{ from, to, ...(days && { days }) }];
    const test = { kind: 'first-message-time', windows, timeZone: 'Asia/Makassar' };
    return describeCard(
      { ...flow, cards: { ...flow.cards, vip: { kind: 'condition', test, next: [] } as Card } },
      'vip',
      'id',
    );
  };
  assert.equal(days(undefined), '22.00–24.00 WITA');
  assert.equal(days([7, 6]), 'Sabtu, Minggu 22.00–24.00 WITA');
  assert.equal(days([1, 2, 3, 5]), 'Senin–Rabu, Jumat 22.00–24.00 WITA');
  assert.equal(days([5], '09:00', '09:00'), 'Jumat sepanjang hari WITA');
  assert.equal(days([]), 'tidak ada hari 22.00–24.00 WITA');
  assert.equal(days([1], '', ''), '(belum diisi)');
});

it('describes a reason in both languages', () => {
  assert.equal(
    describeWhy({ code: 'time', zone: 'Asia/Jakarta', clock: '17:05', weekday: 5 }, 'id'),
    'pesan datang Jumat 17.05 (Asia/Jakarta)',
  );
  assert.equal(describeWhy({ code: 'keyword', keyword: 'VIP', text: 'vip' }, 'en'), 'the message has *VIP*');
});

it('describes every card of any flow, filled in or not', () => {
  for (const kind of authorKinds.steps.keys()) {
    const bare = { ...flow, cards: { ...flow.cards, sorry: newCard(kind) } };
    for (const locale of ['id', 'en'] as const)
      assert.ok(describeCard(bare, 'sorry', locale), `${kind} ${locale}`);
  }
  for (let seed = 0; seed < 200; seed++) {
    const random = randomFlow(seededPick(seed));
    for (const id of Object.keys(random.cards)) {
      assert.ok(describeCard(random, id, 'id').length > 0);
      assert.doesNotMatch(describePath(random, id, 'en'), /undefined|null/);
    }
  }
});
