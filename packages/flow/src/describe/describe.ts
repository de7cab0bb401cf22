import type { AuthorKinds, Directory, Locale, SummaryContext } from '../kinds/author-kind.ts';
import { authorKinds } from '../kinds/author-kinds.ts';
import { and, listOf, or, quoted, unset } from '../kinds/words.ts';
import type { ConditionCard, Flow } from '../document/flow.ts';
import { cardOf, parentsOf } from '../document/tree.ts';
import { isBlank } from '../run/is-blank.ts';
import type { Why } from '../run/run-types.ts';

/** Options of the describing functions. */
export interface DescribeOptions {
  /** Kinds of cards and tests. Default: the built-in kinds. */
  kinds?: AuthorKinds;
}

/**
 * Returns a one-line description of a card, such as "Label Conversation: *VIP*". For a branch, it contains
 * the test and the branches to the left that are evaluated first. `*…*` marks text of the author.
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
  const kind = kinds.steps.get(card.kind);
  if (kind && (card.kind === 'condition' || card.kind === 'else'))
    return conditionOf(cardId, context, kinds) || kind.summary(card, context);
  if (!kind) return `${{ id: 'Jenis tidak dikenal', en: 'Unknown kind' }[locale]}: ${card.kind}`;
  const summary = kind.summary(card, context);
  return card.kind === 'start' ? summary : `${kind.name[locale]}: ${summary}`;
}

/**
 * Returns a description of when a run reaches a card: the constraints on the first message, then the
 * visitor's answers on the path. Example: "pesan pertama memuat *refund* atau *batal*, 08.00–17.00 WIB, dan
 * belum tertangkap oleh *VIP*, lalu menekan *Pesanan*". The number of jumps to the card or its ancestors
 * comes last. Empty for a card that every run reaches.
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
  const way: string[] = [];
  for (
    let id: string | undefined = cardId;
    id !== undefined && way.length <= parents.size;
    id = parents.get(id)
  )
    way.unshift(id);

  const tests: string[] = [];
  const missed: string[] = [];
  const answers: string[] = [];
  for (const id of way) {
    const card = cardOf(flow, id);
    const left = branchesLeftOf(id, flow, parents);
    if (card?.kind === 'button') answers.push(pressed(card.label, locale));
    else if (card?.kind === 'else' && cardOf(flow, parents.get(id))?.kind === 'buttons')
      answers.push({ id: 'menjawab selain tombol', en: 'the answer is none of the buttons' }[locale]);
    else if (left) {
      if (card?.kind === 'condition') tests.push(testSummary(card, context, kinds));
      missed.push(...neighbours(left, context));
    }
  }
  const first = firstMessage(tests, missed, locale);
  const then = { id: 'lalu', en: 'then' }[locale];
  const path = [first, ...answers].filter(Boolean).join(`, ${then} `);

  const passed = new Set(way);
  const jumps = Object.values(flow.cards).filter((card) => card.kind === 'jump' && passed.has(card.to ?? ''));
  if (jumps.length === 0) return path;
  const { length: count } = jumps;
  const jumped = { id: `lewat ${count} lompatan`, en: count === 1 ? 'by a jump' : `by ${count} jumps` }[
    locale
  ];
  return path ? `${path}, ${or[locale]} ${jumped}` : jumped;
}

/** Returns the display name of a card: its title, else its content, else its kind. */
export function nameCard(
  flow: Flow,
  cardId: string,
  locale: Locale,
  directory: Directory = {},
  { kinds = authorKinds }: DescribeOptions = {},
): string {
  return summaryContext(flow, locale, directory, kinds).cardName(cardId);
}

/** Returns a sentence for the reason why a branch matched or did not match. */
export function describeWhy(why: Why, locale: Locale, { kinds = authorKinds }: DescribeOptions = {}): string {
  for (const test of kinds.tests.values()) {
    const sentence = test.describeWhy?.(why, locale);
    if (sentence) return sentence;
  }
  const choose = (id: string, en: string) => ({ id, en })[locale];
  switch (why.code) {
    case 'unset-test':
      return choose('syarat belum diisi', 'the test is not filled in');
    case 'unknown-kind':
      return choose(`jenis ${quoted(why.kind)} tidak dikenal`, `the kind ${quoted(why.kind)} is not known`);
    case 'else':
      return choose('tidak ada yang lain cocok', 'nothing else matched');
    case 'pressed':
      return choose('tombol ditekan', 'the button was pressed');
    case 'typed-label':
      return choose(`mengetik ${quoted(why.text)}`, `typed ${quoted(why.text)}`);
    case 'typed-number':
      return choose(`mengetik nomor ${quoted(why.text)}`, `typed the number ${quoted(why.text)}`);
    case 'typed-other':
      return why.text
        ? choose(`mengetik ${quoted(why.text)}`, `typed ${quoted(why.text)}`)
        : choose('tanpa teks', 'without text');
    case 'jump':
      return choose('melompat', 'jumps');
    default:
      return why.code;
  }
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
      // The summary of a jump names its target, which can be another jump. Use the kind alone.
      return card.kind === 'jump' ? kind.name[locale] : `${kind.name[locale]} ${kind.summary(card, context)}`;
    },
  };
  return context;
}

/** Returns what a condition or Else requires: its own test, and that no branch to its left was taken. */
function conditionOf(cardId: string, context: SummaryContext, kinds: AuthorKinds): string {
  const { flow, locale } = context;
  const card = cardOf(flow, cardId);
  const parents = parentsOf(flow);
  if (card?.kind === 'else' && cardOf(flow, parents.get(cardId))?.kind === 'buttons') {
    return { id: 'jawaban selain tombol', en: 'any answer but the buttons' }[locale];
  }
  const tests = card?.kind === 'condition' ? [testSummary(card, context, kinds)] : [];
  return firstMessage(tests, neighbours(branchesLeftOf(cardId, flow, parents) ?? [], context), locale);
}

/**
 * Returns the constraints on the first message and the branches that must not match first: `a, b, dan belum
 * tertangkap oleh c atau d`.
 */
function firstMessage(tests: readonly string[], missed: readonly string[], locale: Locale): string {
  const [hasTests, hasMissed] = [tests.length > 0, missed.length > 0];
  const not = hasTests
    ? { id: 'belum tertangkap oleh', en: 'not already caught by' }
    : { id: 'tidak tertangkap oleh', en: 'not caught by' };
  const parts = hasMissed ? [...tests, `${not[locale]} ${listOf(missed, or, locale)}`] : [...tests];
  if (parts.length < 2) return parts[0] ?? '';
  return `${parts.slice(0, -1).join(', ')}, ${and[locale]} ${parts.at(-1)}`;
}

/**
 * Returns the branches of a fork that are evaluated before a branch. Null for a card that is not a branch of
 * a fork.
 */
function branchesLeftOf(cardId: string, flow: Flow, parents: ReadonlyMap<string, string>): string[] | null {
  const card = cardOf(flow, cardId);
  if (card?.kind !== 'condition' && card?.kind !== 'else') return null;
  const siblings = cardOf(flow, parents.get(cardId))?.next ?? [];
  return siblings.slice(0, Math.max(0, siblings.indexOf(cardId)));
}

function pressed(label: string, locale: Locale): string {
  const button = isBlank(label) ? unset[locale] : quoted(label);
  return { id: `menekan ${button}`, en: `${button} is pressed` }[locale];
}

/** Returns the names of branches, or only their number if there are many. */
function neighbours(branches: readonly string[], { locale, cardName }: SummaryContext): string[] {
  if (branches.length <= 3) return branches.map(cardName);
  return [`${branches.length} ${{ id: 'cabang di kirinya', en: 'branches to its left' }[locale]}`];
}

function testSummary({ test }: ConditionCard, context: SummaryContext, kinds: AuthorKinds): string {
  if (!test) return unset[context.locale];
  const kind = kinds.tests.get(test.kind);
  if (kind) return kind.summary(test, context);
  return `${{ id: 'syarat tidak dikenal', en: 'unknown test' }[context.locale]} ${test.kind}`;
}
