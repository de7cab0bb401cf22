import type { Flow, FlowTest, TextTest, TimeTest } from '../document/flow.ts';
import { isTimeZone } from '../document/zone-tables.ts';
import { normalize } from '../run/normalize.ts';
import { timeWindows } from './time-windows.ts';
import { covers, excludes, type Wanted } from './text-cover.ts';

const WEEK = 7 * 1440;

/** What one condition says about the first message, as far as it can be reasoned about. */
export type Literal =
  | { kind: 'text'; cardId: string; wanted: Wanted[] }
  | { kind: 'time'; cardId: string; zone: string; windows: number[] };

interface Link<T> {
  value: T;
  before: Link<T> | null;
}

/** What is known of the first messages that reach a place. Never changed: what is added makes a new one. */
export interface Possible {
  /** Minutes of the week that are left, by zone. */
  readonly times: ReadonlyMap<string, Uint8Array>;
  /** Text tests that matched, the nearest first. */
  readonly has: Link<Literal & { kind: 'text' }> | null;
  /** Text tests that did not match, the nearest first. */
  readonly lacks: Link<Literal & { kind: 'text' }> | null;
}

/** Nothing is known: any message. */
export const anything: Possible = { times: new Map(), has: null, lacks: null };

/** How much comparing one check of a flow may do; then it looks no further, which only leaves warnings out. */
export interface Budget {
  left: number;
}

/** What a test says, or null for one that is unset, unreadable, of an unknown kind or in an unknown zone. */
export function literalOf(flow: Flow, cardId: string, test: FlowTest | null): Literal | null {
  if (test?.kind === 'first-message-text') {
    const { keywords, match = 'contains' } = test as TextTest;
    if (!['contains', 'word', 'equals', 'starts-with'].includes(match)) return null;
    const wanted = [...new Set(keywords.map(normalize))]
      .filter(Boolean)
      .map((keyword) => ({ keyword, match }));
    return wanted.length > 0 ? { kind: 'text', cardId, wanted } : null;
  }
  if (test?.kind === 'first-message-time') {
    const zone = (test as TimeTest).timeZone || flow.timeZone;
    const windows = timeWindows(test as TimeTest);
    return windows.length > 0 && isTimeZone(zone) ? { kind: 'time', cardId, zone, windows } : null;
  }
  return null;
}

/** The messages of `from` for which a test matches, or does not. */
export function narrow(from: Possible, literal: Literal, matched: boolean): Possible {
  if (literal.kind === 'text') {
    if (matched) return { ...from, has: { value: literal, before: from.has } };
    return { ...from, lacks: { value: literal, before: from.lacks } };
  }
  const before = from.times.get(literal.zone);
  const minutes = new Uint8Array(WEEK).fill(matched ? 0 : 1);
  for (let i = 0; i < literal.windows.length; i += 2) {
    minutes.fill(matched ? 1 : 0, literal.windows[i], literal.windows[i + 1]);
  }
  if (before) for (let i = 0; i < WEEK; i++) minutes[i]! &= before[i]!;
  return { ...from, times: new Map(from.times).set(literal.zone, minutes) };
}

/** Whether there is certainly no such message. `false` is "not as far as one can see". */
export function isImpossible({ times, has, lacks }: Possible, budget: Budget): boolean {
  for (const minutes of times.values()) if (!minutes.includes(1)) return true;
  for (let one = has; one; one = one.before) {
    if (one.value.wanted.every((wanted) => isCovered(wanted, lacks, budget))) return true;
    for (let other = one.before; other; other = other.before) {
      const compare = other.value.wanted;
      budget.left -= compare.length * one.value.wanted.length;
      if (budget.left < 0) return false;
      if (one.value.wanted.every((wanted) => compare.every((also) => excludes(wanted, also)))) return true;
    }
  }
  return false;
}

function isCovered(wanted: Wanted, lacks: Possible['lacks'], budget: Budget): boolean {
  for (let lack = lacks; lack; lack = lack.before) {
    budget.left -= lack.value.wanted.length * (1 + (wanted.keyword.length >> 5));
    if (budget.left < 0) return false;
    if (lack.value.wanted.some((wide) => covers(wide, wanted))) return true;
  }
  return false;
}
