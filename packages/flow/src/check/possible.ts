import type { Constraint } from '../kinds/author-kind.ts';
import { covers, excludes, type FoldedKeyword } from '../kinds/first-message-text/covers.ts';

const WEEK = 7 * 1440;

type TextConstraint = Constraint & { kind: 'text' };

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
  readonly has: Link<TextConstraint> | null;
  /** Text tests that did not match, nearest first. */
  readonly lacks: Link<TextConstraint> | null;
}

/** No constraints: any message. */
export const anything: Possible = { times: null, isNever: false, has: null, lacks: null };

/** Remaining cost of comparisons for one check. Without budget the check stops and can miss warnings. */
export interface Budget {
  left: number;
}

/** Returns `from` with the constraint that the test matched, or did not match. */
export function narrow(from: Possible, constraint: Constraint, matched: boolean): Possible {
  if (constraint.kind === 'text') {
    if (matched) return { ...from, has: { value: constraint, before: from.has } };
    return { ...from, lacks: { value: constraint, before: from.lacks } };
  }
  let before = from.times;
  while (before && before.value.zone !== constraint.zone) before = before.before;
  const minutes = new Uint8Array(WEEK).fill(matched ? 0 : 1);
  for (let i = 0; i < constraint.windows.length; i += 2) {
    minutes.fill(matched ? 1 : 0, constraint.windows[i], constraint.windows[i + 1]);
  }
  if (before) for (let i = 0; i < WEEK; i++) minutes[i]! &= before.value.minutes[i]!;
  return {
    ...from,
    times: { value: { zone: constraint.zone, minutes }, before: from.times },
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
      value.keywords.every(
        (keyword) => isCovered(keyword, lacks, budget) || isExcluded(keyword, value, has, budget),
      )
    )
      return true;
  }
  return false;
}

/** Returns whether a test that did not match would have matched every text with this keyword. */
function isCovered(keyword: FoldedKeyword, lacks: Possible['lacks'], budget: Budget): boolean {
  for (let lack = lacks; lack; lack = lack.before) {
    if (!spend(budget, lack.value, keyword)) return false;
    if (lack.value.keywords.some((wide) => covers(wide, keyword))) return true;
  }
  return false;
}

/** Returns whether a text with this keyword cannot contain any keyword of another test that matched. */
function isExcluded(
  keyword: FoldedKeyword,
  own: TextConstraint,
  has: Possible['has'],
  budget: Budget,
): boolean {
  for (let other = has; other; other = other.before) {
    if (other.value === own) continue;
    if (!spend(budget, other.value, keyword)) return false;
    if (other.value.keywords.every((also) => excludes(keyword, also))) return true;
  }
  return false;
}

/** Charges a comparison to the budget. Returns whether the budget allowed it. */
function spend(budget: Budget, { cost }: TextConstraint, { keyword }: FoldedKeyword): boolean {
  budget.left -= cost * (1 + (keyword.length >> 5));
  return budget.left >= 0;
}
