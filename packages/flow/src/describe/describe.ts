import type { AuthorKinds, Directory, Locale, SummaryContext } from '../author/author-kind.ts';
import { authorKinds } from '../author/author-kinds.ts';
import { and, listOf, or, quoted } from '../author/words.ts';
import type { Flow } from '../document/flow.ts';
import { cardOf, parentsOf } from '../document/tree.ts';
import type { Why } from '../run/run-types.ts';

/** Options of the describing functions. */
export interface DescribeOptions {
  /** Default: the kinds that come with Alur. */
  kinds?: AuthorKinds;
}

/**
 * One card in a line of plain language, such as "Label Conversation: *VIP*". A branch says what it waits for, and which of its
 * neighbours to the left would have been taken before it. `*…*` marks what the author wrote.
 */
export function describeCard(
  flow: Flow,
  cardId: string,
  locale: Locale,
  directory: Directory = {},
  { kinds = authorKinds }: DescribeOptions = {},
): string {
  const card = cardOf(flow, cardId);
  if (!card) return '';
  const context = summaryContext(flow, locale, directory, kinds);
  if (card.kind === 'condition' || card.kind === 'else') return conditionOf(cardId, context, kinds);
  const kind = kinds.steps.get(card.kind);
  if (!kind) return `${{ id: 'Jenis tidak dikenal', en: 'Unknown kind' }[locale]}: ${card.kind}`;
  const summary = kind.summary(card, context);
  return card.kind === 'start' ? summary : `${kind.name[locale]}: ${summary}`;
}

/**
 * When a card is reached, from the start down: every condition, Else and button on the way to it, such as "pesan pertama
 * memuat *refund* atau *batal*, dan 08.00-17.00 WIB, dan belum tertangkap oleh *VIP*". Jumps that lead here as well are
 * counted at the end. Empty for what always happens.
 */
export function describePath(
  flow: Flow,
  cardId: string,
  locale: Locale,
  directory: Directory = {},
  { kinds = authorKinds }: DescribeOptions = {},
): string {
  const context = summaryContext(flow, locale, directory, kinds);
  const parents = parentsOf(flow);
  const parts: string[] = [];
  for (
    let id: string | undefined = cardId;
    id !== undefined && parts.length <= parents.size;
    id = parents.get(id)
  ) {
    const card = cardOf(flow, id);
    if (card?.kind === 'condition' || card?.kind === 'else')
      parts.unshift(conditionOf(id, context, kinds, parents));
    if (card?.kind === 'button') {
      const pressed = { id: 'tombol yang ditekan', en: 'the button pressed is' }[locale];
      parts.unshift(`${pressed} ${quoted(card.label)}`);
    }
  }
  const jumps = Object.values(flow.cards).filter((card) => card.kind === 'jump' && card.to === cardId).length;
  const path = parts.join(`, ${and[locale]} `);
  const jumped = { id: `lewat ${jumps} lompatan`, en: jumps === 1 ? 'by a jump' : `by ${jumps} jumps` }[
    locale
  ];
  return jumps === 0 ? path : path ? `${path}, ${or[locale]} ${jumped}` : jumped;
}

/** What a reader would call a card: its title, else what it holds, else its kind. */
export function nameCard(
  flow: Flow,
  cardId: string,
  locale: Locale,
  directory: Directory = {},
  { kinds = authorKinds }: DescribeOptions = {},
): string {
  return summaryContext(flow, locale, directory, kinds).cardName(cardId);
}

/** Why a branch matched or not, in words. */
export function describeWhy(why: Why, locale: Locale): string {
  const say = (id: string, en: string) => ({ id, en })[locale];
  switch (why.code) {
    case 'keyword':
      return say(`pesan memuat ${quoted(why.keyword)}`, `the message has ${quoted(why.keyword)}`);
    case 'no-keyword':
      return say(`tidak ada kata kunci dalam ${quoted(why.text)}`, `no keyword is in ${quoted(why.text)}`);
    case 'no-text':
      return say('pesan tidak berisi teks', 'the message has no text');
    case 'time':
      return say(
        `pesan datang ${dayName(why.weekday, 'id')} ${why.clock.replace(':', '.')} (${why.zone})`,
        `the message came on ${dayName(why.weekday, 'en')} at ${why.clock} (${why.zone})`,
      );
    case 'no-zone':
      return say(
        `zona waktu ${quoted(why.zone)} tidak dikenal`,
        `the time zone ${quoted(why.zone)} is not known`,
      );
    case 'no-time':
      return say('waktu pesan tidak terbaca', 'the time of the message cannot be read');
    case 'unset-test':
      return say('syarat belum diisi', 'the test is not filled in');
    case 'unknown-kind':
      return say(`jenis ${quoted(why.kind)} tidak dikenal`, `the kind ${quoted(why.kind)} is not known`);
    case 'else':
      return say('tidak ada yang lain cocok', 'nothing else matched');
    case 'pressed':
      return say('tombol ditekan', 'the button was pressed');
    case 'typed-label':
      return say(`mengetik ${quoted(why.text)}`, `typed ${quoted(why.text)}`);
    case 'typed-number':
      return say(`mengetik nomor ${quoted(why.text)}`, `typed the number ${quoted(why.text)}`);
    case 'typed-other':
      return why.text
        ? say(`mengetik ${quoted(why.text)}`, `typed ${quoted(why.text)}`)
        : say('tanpa teks', 'without text');
    case 'jump':
      return say('melompat', 'jumps');
    default:
      return why.code;
  }
}

function dayName(weekday: number, locale: Locale): string {
  const names = {
    id: ['Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu', 'Minggu'],
    en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
  };
  return names[locale][weekday - 1] ?? '';
}

function summaryContext(
  flow: Flow,
  locale: Locale,
  directory: Directory,
  kinds: AuthorKinds,
): SummaryContext {
  const context: SummaryContext = {
    flow,
    locale,
    nameOf: (list, id) => directory[list]?.find((entry) => entry.id === id)?.name ?? id,
    cardName(cardId) {
      const card = cardOf(flow, cardId);
      if (!card) return cardId;
      if (card.title) return quoted(card.title);
      if (card.kind === 'condition' && card.test) {
        const test = kinds.tests.get(card.test.kind);
        return test?.short?.(card.test, context) ?? test?.name[locale] ?? card.test.kind;
      }
      const kind = kinds.steps.get(card.kind);
      if (!kind || card.kind === 'start' || card.kind === 'else') return kind?.name[locale] ?? card.kind;
      // A jump is called by its kind alone: its summary names its target, which may be another jump.
      return card.kind === 'jump' ? kind.name[locale] : `${kind.name[locale]} ${kind.summary(card, context)}`;
    },
  };
  return context;
}

/** What a condition or Else needs: its own test, and that nobody to its left was taken. */
function conditionOf(
  cardId: string,
  context: SummaryContext,
  kinds: AuthorKinds,
  parents = parentsOf(context.flow),
): string {
  const { flow, locale } = context;
  const card = cardOf(flow, cardId)!;
  const siblings = cardOf(flow, parents.get(cardId))?.next ?? [];
  const left = siblings.slice(0, Math.max(0, siblings.indexOf(cardId)));
  if (card.kind === 'else' && cardOf(flow, left[0])?.kind !== 'condition') {
    return { id: 'jawaban selain tombol', en: 'any answer but the buttons' }[locale];
  }
  const parts = card.kind === 'condition' ? [testSummary(cardId, context, kinds)] : [];
  if (left.length > 0) {
    const not = { id: card.kind === 'else' ? 'tidak' : 'belum', en: 'not' }[locale];
    parts.push(`${not} ${{ id: 'tertangkap oleh', en: 'caught by' }[locale]} ${neighbours(left, context)}`);
  }
  return parts.join(`, ${and[locale]} `);
}

/** Branches by name; of many, only how many. */
function neighbours(branches: readonly string[], { locale, cardName }: SummaryContext): string {
  if (branches.length > 3)
    return `${branches.length} ${{ id: 'cabang di kirinya', en: 'branches to its left' }[locale]}`;
  return listOf(branches.map(cardName), or, locale);
}

function testSummary(cardId: string, context: SummaryContext, kinds: AuthorKinds): string {
  const card = cardOf(context.flow, cardId);
  if (card?.kind !== 'condition') return '';
  if (!card.test) return kinds.steps.get('condition')!.summary(card, context);
  const kind = kinds.tests.get(card.test.kind);
  return (
    kind?.summary(card.test, context) ??
    `${{ id: 'syarat tidak dikenal', en: 'unknown test' }[context.locale]} ${card.test.kind}`
  );
}
