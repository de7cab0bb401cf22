import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Card } from '../document/flow.ts';
import { newCard } from '../edit/new-card.ts';
import { authorKinds } from '../author/author-kinds.ts';
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

it('says what a card does, with the names of the directory, and ids where it has none', () => {
  assert.equal(card('mark', 'id'), 'Label Conversation: *VIP*');
  assert.equal(card('team', 'en'), 'Assign to Human Agent: *Tim VIP*');
  assert.equal(card('bot', 'id'), 'Assign to AI Agent: *CS Bot* dan *agt_budi*');
  assert.equal(card('goto', 'en'), 'Jump to Action: → Label Conversation *VIP*');
  assert.equal(card('start', 'id'), 'Pesan pertama pengunjung memulai alur');
});

it('says when a branch is taken, and who would have been taken before it', () => {
  assert.equal(card('vip', 'id'), 'pesan pertama memuat *vip* atau *prioritas*');
  assert.equal(
    card('hours', 'id'),
    'Senin-Jumat 09.00-17.00 WIB, dan belum tertangkap oleh *vip*/*prioritas*',
  );
  assert.equal(card('hours', 'en'), 'Mon-Fri 09:00-17:00 Asia/Jakarta, and not caught by *vip*/*prioritas*');
  assert.equal(card('rest', 'id'), 'tidak tertangkap oleh *vip*/*prioritas* atau Senin-Jumat 09.00-17.00');
  assert.equal(card('typed', 'en'), 'any answer but the buttons');
});

it('calls a branch by its title', () => {
  const titled = { ...flow, cards: { ...flow.cards, vip: { ...flow.cards['vip'], title: 'VIP' } as Card } };
  assert.equal(describeCard(titled, 'rest', 'en'), 'not caught by *VIP* or Mon-Fri 09:00-17:00');
  assert.equal(nameCard(titled, 'vip', 'en'), '*VIP*');
});

it('says how a card is reached, from the start down and by jumps', () => {
  assert.equal(path('start', 'id'), '');
  assert.equal(path('mark', 'id'), 'pesan pertama memuat *vip* atau *prioritas*, atau lewat 1 lompatan');
  assert.equal(
    path('bot', 'en'),
    'Mon-Fri 09:00-17:00 Asia/Jakarta, and not caught by *vip*/*prioritas*, and the button pressed is *Pesanan*',
  );
});

it('counts neighbours when there are many, and shortens what is long', () => {
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

it('puts days and clocks as people write them', () => {
  const days = (days: number[] | undefined, from = '22:00', to = '24:00') => {
    const test = { kind: 'first-message-time', from, to, ...(days && { days }), timeZone: 'Asia/Makassar' };
    return describeCard(
      { ...flow, cards: { ...flow.cards, vip: { kind: 'condition', test, next: [] } as Card } },
      'vip',
      'id',
    );
  };
  assert.equal(days(undefined), '22.00-24.00 WITA');
  assert.equal(days([7, 6]), 'Sabtu, Minggu 22.00-24.00 WITA');
  assert.equal(days([1, 2, 3, 5]), 'Senin-Rabu, Jumat 22.00-24.00 WITA');
  assert.equal(days([5], '09:00', '09:00'), 'Jumat sepanjang hari WITA');
});

it('puts a reason into words in both languages', () => {
  assert.equal(
    describeWhy({ code: 'time', zone: 'Asia/Jakarta', clock: '17:05', weekday: 5 }, 'id'),
    'pesan datang Jumat 17.05 (Asia/Jakarta)',
  );
  assert.equal(describeWhy({ code: 'keyword', keyword: 'VIP', text: 'vip' }, 'en'), 'the message has *VIP*');
});

it('has words for every card of any flow, filled in or not', () => {
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
