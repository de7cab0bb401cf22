import type { Flow, FlowTest, TextTest, TimeTest } from '../document/flow.ts';
import { isTimeZone } from '../document/zone-tables.ts';
import { foldedKeywords } from '../run/text-test.ts';
import { timeWindows } from './time-windows.ts';
import { covers, excludes, type Wanted } from './text-cover.ts';

const WEEK = 7 * 1440;

/** Constraint of one condition on the first message, in the form that the checker compares. */
export type Literal =
  | { kind: 'text'; cardId: string; wanted: Wanted[]; cost: number }
  | { kind: 'time'; cardId: string; zone: string; windows: number[] };

interface Link<T> {
  value: T;
  before: Link<T> | null;
}

/** Constraints on the first messages that reach a place. Immutable. */
export interface Possible {
  /** Remaining minutes of the week, by zone. The first entry of a zone counts. */
  readonly times: Link<{ zone: string; minutes: Uint8Array }> | null;
  /** Whether a zone has no remaining minutes. */
  readonly isNever: boolean;
  /** Text tests that matched, nearest first. */
  readonly has: Link<Literal & { kind: 'text' }> | null;
  /** Text tests that did not match, nearest first. */
  readonly lacks: Link<Literal & { kind: 'text' }> | null;
}

/** No constraints: any message. */
export const anything: Possible = { times: null, isNever: false, has: null, lacks: null };

/** Remaining cost of comparisons for one check. Without budget the check stops and can miss warnings. */
export interface Budget {
  left: number;
}

/**
 * Returns the constraint of a test. Null if the test is unset, unreadable, of an unknown kind or in an
 * unknown zone.
 */
export function literalOf(flow: Flow, cardId: string, test: FlowTest | null): Literal | null {
  if (test?.kind === 'first-message-text') {
    const { match = 'contains', ignoreAccents = false } = test as TextTest;
    if (!['contains', 'word', 'equals', 'starts-with'].includes(match)) return null;
    const wanted = foldedKeywords(test as TextTest).map((keyword) => ({ keyword, match, ignoreAccents }));
    // A word search costs about eight times as much.
    const cost = wanted.length * (match === 'word' ? 8 : 1);
    return wanted.length > 0 ? { kind: 'text', cardId, wanted, cost } : null;
  }
  if (test?.kind === 'first-message-time') {
    const zone = (test as TimeTest).timeZone || flow.timeZone;
    const windows = timeWindows(test as TimeTest);
    return windows.length > 0 && isTimeZone(zone) ? { kind: 'time', cardId, zone, windows } : null;
  }
  return null;
}

/** Returns `from` with the constraint that the test matched, or did not match. */
export function narrow(from: Possible, literal: Literal, matched: boolean): Possible {
  if (literal.kind === 'text') {
    if (matched) return { ...from, has: { value: literal, before: from.has } };
    return { ...from, lacks: { value: literal, before: from.lacks } };
  }
  let before = from.times;
  while (before && before.value.zone !== literal.zone) before = before.before;
  const minutes = new Uint8Array(WEEK).fill(matched ? 0 : 1);
  for (let i = 0; i < literal.windows.length; i += 2) {
    minutes.fill(matched ? 1 : 0, literal.windows[i], literal.windows[i + 1]);
  }
  if (before) for (let i = 0; i < WEEK; i++) minutes[i]! &= before.value.minutes[i]!;
  return {
    ...from,
    times: { value: { zone: literal.zone, minutes }, before: from.times },
    isNever: from.isNever || !minutes.includes(1),
  };
}

/** Returns whether certainly no message satisfies the constraints. `false` means unknown. */
export function isImpossible({ isNever, has, lacks }: Possible, budget: Budget): boolean {
  if (isNever) return true;
  for (let one = has; one; one = one.before) {
    const { value } = one;
    // A test that matched found one of its keywords. If none of them can be in the text, the test cannot
    // match.
    if (
      value.wanted.every(
        (wanted) => isCovered(wanted, lacks, budget) || isExcluded(wanted, value, has, budget),
      )
    )
      return true;
  }
  return false;
}

/** Returns whether a test that did not match would have matched every text with this keyword. */
function isCovered(wanted: Wanted, lacks: Possible['lacks'], budget: Budget): boolean {
  for (let lack = lacks; lack; lack = lack.before) {
    budget.left -= lack.value.cost * (1 + (wanted.keyword.length >> 5));
    if (budget.left < 0) return false;
    if (lack.value.wanted.some((wide) => covers(wide, wanted))) return true;
  }
  return false;
}

/** Returns whether a text with this keyword cannot contain any keyword of another test that matched. */
function isExcluded(wanted: Wanted, own: Literal, has: Possible['has'], budget: Budget): boolean {
  for (let other = has; other; other = other.before) {
    if (other.value === own) continue;
    budget.left -= other.value.cost * (1 + (wanted.keyword.length >> 5));
    if (budget.left < 0) return false;
    if (other.value.wanted.every((also) => excludes(wanted, also))) return true;
  }
  return false;
}
