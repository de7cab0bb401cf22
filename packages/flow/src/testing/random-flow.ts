import type { Card, Flow, FlowTest, VisitorInput, Zones } from '../document/flow.ts';
import { FLOW_FORMAT } from '../document/flow.ts';

/** Returns an integer from 0 to `bound`, exclusive. */
export type Pick = (bound: number) => number;

/** Returns a seeded generator of picks (mulberry32). */
export function seededPick(seed: number): Pick {
  let state = seed >>> 0;
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

const WORDS = [
  'a',
  'b',
  'ab',
  'ab'.repeat(20),
  'aba',
  'b a',
  'refund',
  'Refund ',
  'ＶＩＰ',
  'vip',
  'é',
  'e\u0301',
  'İ',
  'ß',
  '1',
  '2',
  '10',
  '1.',
  '١',
  '1\ufe0f\u20e3',
  'a.',
  '\u200ba\u2060',
  'can',
  'can\u2019t',
  'vip_a',
  '退款',
  '我要退款谢谢',
  'ยก',
  'อยากยกเลิก',
  'ខ្មែរ',
  'មែរ',
  '😀',
  '',
  '  ',
];
const CLOCKS = ['00:00', '00:01', '06:30', '09:00', '12:00', '17:00', '23:59', '24:00', '9:00', ''];
const ZONES = ['', 'Asia/Jakarta', 'Asia/Kolkata', 'Africa/Casablanca', 'Nowhere/Land'];
const TEXTS = [
  'hai',
  '',
  'Halo {{visitor.name|kak}}!',
  '{{visitor.attributes.plan}} {{inbox.name|}}',
  '{{ visitor.name }} {{x}}',
];
const TAGS = ['en', 'EN-us', 'pt-BR', 'pt', 'in', 'id', 'zh-Hant-x-a', 'iw', 'zh'];
/** Visitor languages for runs of random flows. */
export const RANDOM_LANGUAGES = ['en-GB', 'PT-PT', 'id', 'he', 'zh-hant-TW', 'zh-Hant-x-b', '', 'fr'];
const MOMENTS = [
  '2026-02-03T04:05:06.789Z',
  '2026-02-01T16:59:59.999Z',
  '2026-02-01T17:00:00Z',
  '2026-03-22T01:30:00.000Z',
  '2026-02-28T23:59:59Z',
  '2026-02-30T00:00:00Z',
  'yesterday',
];

/** Offsets for runs of random flows. One zone is missing on purpose. */
export const RANDOM_ZONES: Zones = {
  'Asia/Jakarta': [[0, 420]],
  'Asia/Kolkata': [[0, 330]],
  'Africa/Casablanca': [
    [1767225600000, 60],
    [1771120800000, 0],
    [1774144800000, 60],
  ],
};

const one = <T>(pick: Pick, list: readonly T[]): T => list[list.length > 1 ? pick(list.length) : 0]!;
const some = <T>(pick: Pick, list: readonly T[], most: number): T[] =>
  Array.from({ length: pick(most + 1) }, () => one(pick, list));

/** Returns a random flow that parses, with typical mistakes of authors and partners. */
export function randomFlow(pick: Pick, most = 30): Flow {
  const size = 1 + pick(most);
  const cards = new Map<string, Card>();
  const ids: string[] = [];
  const newId = () => {
    const id = `c${ids.length}`;
    ids.push(id);
    return id;
  };
  const jumps: Extract<Card, { kind: 'jump' }>[] = [];
  cards.set('start', { kind: 'start', next: [] });
  const open = ['start'];
  while (ids.length < size && open.length > 0) {
    const parentId = open.splice(pick(open.length), 1)[0]!;
    grow(parentId);
  }
  const targets = ['start', 'gone', ...ids];
  for (const jump of jumps) jump.to = one(pick, targets);
  return {
    format: FLOW_FORMAT,
    id: 'flow_random',
    name: 'Random',
    timeZone: one(pick, ZONES),
    cards: Object.fromEntries(cards),
  };

  function grow(parentId: string): void {
    const next = cards.get(parentId)!.next;
    if (pick(4) === 0) {
      const count = 1 + pick(4);
      for (let i = 0; i < count; i++)
        next.push(add({ kind: 'condition', test: randomTest(pick), next: [] }, true));
      next.push(add({ kind: 'else', next: [] }, true));
      return;
    }
    next.push(addStep());
  }

  function translations(list: readonly string[]): Record<string, string> {
    return Object.fromEntries(some(pick, TAGS, 3).map((tag) => [tag, one(pick, list)]));
  }

  function texts(): { texts?: Record<string, string> } {
    return pick(3) === 0 ? { texts: translations(TEXTS) } : {};
  }

  function labels(): { labels?: Record<string, string> } {
    return pick(3) === 0 ? { labels: translations(WORDS) } : {};
  }

  function addStep(): string {
    const people = () => some(pick, ['p1', 'p2', 'p3'], 3);
    switch (pick(12)) {
      case 0:
        return add({ kind: 'label', labelIds: people(), next: [] }, true);
      case 1:
        return add({ kind: 'collaborator', agentIds: people(), teamIds: people(), next: [] }, true);
      case 2:
        return add({ kind: 'webhook', url: 'https://example.com', next: [] }, true);
      case 3:
        return add({ kind: 'x-unknown', url: 'secret', next: [] }, true);
      case 4:
      case 5: {
        const card: (typeof jumps)[number] = { kind: 'jump', to: null, next: [] };
        jumps.push(card);
        return add(card, false);
      }
      case 6:
        return add(
          { kind: 'assign-ai', aiAgentId: pick(2) ? 'ai' : null, agentIds: people(), next: [] },
          false,
        );
      case 7: {
        const skipLastAiResponse = pick(2) === 0;
        return add(
          { kind: 'assign-human', agentIds: people(), teamIds: people(), skipLastAiResponse, next: [] },
          false,
        );
      }
      case 8:
      case 9: {
        const card: Card = { kind: 'buttons', text: one(pick, TEXTS), ...texts(), next: [] };
        const id = add(card, false);
        const count = pick(11);
        for (let i = 0; i < count; i++)
          card.next.push(add({ kind: 'button', label: one(pick, WORDS), ...labels(), next: [] }, true));
        card.next.push(add({ kind: 'else', next: [] }, true));
        return id;
      }
      default: {
        const imageUrl = pick(3) === 0 ? { imageUrl: 'https://example.com/a.png' } : {};
        return add(
          { kind: 'message', text: one(pick, TEXTS), ...texts(), ...imageUrl, title: 'T', next: [] },
          true,
        );
      }
    }
  }

  function add(card: Card, isOpen: boolean): string {
    const id = newId();
    cards.set(id, card);
    if (isOpen) open.push(id);
    return id;
  }
}

/** Returns a random test, including unset, unreadable and unknown ones. */
export function randomTest(pick: Pick): FlowTest | null {
  switch (pick(10)) {
    case 0:
      return null;
    case 1:
      return { kind: 'x-page-url', prefix: '/' };
    case 2:
    case 3:
    case 4: {
      const window = () => ({
        from: one(pick, CLOCKS),
        to: one(pick, CLOCKS),
        ...(pick(3) === 0 && { days: some(pick, [1, 2, 3, 4, 5, 6, 7, 8], 7) }),
      });
      const timeZone = pick(2) === 0 ? { timeZone: one(pick, ZONES) } : {};
      const count = pick(3) === 0 ? pick(4) : 1;
      return { kind: 'first-message-time', windows: Array.from({ length: count }, window), ...timeZone };
    }
    default: {
      const match = one(pick, [undefined, 'contains', 'word', 'equals', 'starts-with', 'regex'] as const);
      return {
        kind: 'first-message-text',
        ...(match && { match: match as 'contains' }),
        keywords: some(pick, WORDS, 3),
        ...(pick(3) === 0 && { ignoreAccents: true }),
      };
    }
  }
}

/** Returns a random input, usually one that the flow accepts. */
export function randomInput(pick: Pick, flow: Flow, number: number): VisitorInput {
  const at = one(pick, MOMENTS);
  const id = `in${number}`;
  if (pick(3) === 0) {
    const asking = Object.keys(flow.cards).filter((cardId) => flow.cards[cardId]!.kind === 'buttons');
    const cardId = pick(5) === 0 ? 'gone' : (one(pick, asking) ?? 'gone');
    return { kind: 'press', id, at, cardId, buttonId: one(pick, flow.cards[cardId]?.next ?? []) ?? 'gone' };
  }
  return {
    kind: 'message',
    id,
    at,
    text: Array.from({ length: pick(3) }, () => one(pick, WORDS)).join(one(pick, ['', ' '])),
  };
}
