import { isClientError } from '../client-error.ts';
import { BLOCKED_MS, remedyFor, retryDelay, type RemedyRule } from '../retry-policy.ts';
import type { OutboxEntry, OutboxFault, OutboxWork } from './outbox-rows.ts';

/** What the drainer does next. */
export type NextStep = { do: 'send'; entry: OutboxEntry } | { do: 'wait'; ms: number } | { do: 'rest' };

/**
 * First in, first out: the oldest entry that was not set aside, and nothing behind it while it waits for its
 * next attempt. While the host wants to be left alone, nothing at all, whichever entry it said so to; `held`
 * is the last such one, which another tab may have replaced since.
 */
export function nextStep(entries: readonly OutboxEntry[], now: number, held?: OutboxEntry): NextStep {
  const waiting = entries.filter(({ state }) => state !== 'failed');
  const [entry] = waiting;
  if (!entry) return { do: 'rest' };
  const waits = (held ? [...waiting, held] : waiting)
    .filter((other) => other === entry || other.heldByHost)
    .map(({ notBefore, waitMs }) => {
      const ms = notBefore - now;
      // More than was ever to be waited: the device's clock has been set back since.
      return ms > waitMs ? 0 : ms;
    });
  const ms = Math.max(...waits);
  return ms > 0 ? { do: 'wait', ms } : { do: 'send', entry };
}

/**
 * Whether new `work` says all that a waiting `entry` says, and more: a read mark that reaches as far, or a
 * later rating of the same session.
 */
export function replaces(work: OutboxWork, entry: OutboxEntry): boolean {
  if (entry.state === 'sending' || work.kind !== entry.kind) return false;
  if (work.kind === 'rating' && entry.kind === 'rating') return work.note.session === entry.note.session;
  // A tab that heard less has read less.
  return work.kind === 'read' && entry.kind === 'read' && work.upTo >= entry.upTo;
}

/** Attempts that may end in an error which is no `ClientError`. */
const MAX_DEFECTS = 5;

/** Due at once. */
export const NOW = { notBefore: 0, waitMs: 0 } as const;

/** The wait of an entry, for one that takes its place. */
export function waitOf({ notBefore, waitMs, heldByHost }: OutboxEntry) {
  return { notBefore, waitMs, heldByHost };
}

/** What becomes of an entry whose attempt failed. */
export type Outcome =
  | { do: 'again'; entry: OutboxEntry; expected?: number }
  | { do: 'set-aside'; entry: OutboxEntry }
  /** Only for entries nobody would miss. */
  | { do: 'drop' };

/** Decides what an attempt's `error` means for its entry. Pure but for `random`. */
export function afterFailure(
  entry: OutboxEntry,
  error: unknown,
  {
    now,
    random,
    remedyOf = remedyFor,
  }: { now: number; random: () => number; remedyOf?: RemedyRule | undefined },
): Outcome {
  const attempts = entry.attempts + 1;
  // Not a word of the host nor of the network: something is wrong with the entry or with us, and it must not
  // stand in the way.
  const isDefect = !isClientError(error) && attempts >= MAX_DEFECTS;
  const remedy = isDefect ? 'set-aside' : remedyOf(error);
  if (remedy === 'set-aside') {
    if (entry.kind === 'read') return { do: 'drop' };
    return { do: 'set-aside', entry: { ...entry, state: 'failed', attempts, fault: faultOf(error) } };
  }
  const expected = isClientError(error) ? error.problem?.expected : undefined;
  if (remedy === 'renumber' && typeof expected === 'number' && attempts < 5) {
    return { do: 'again', entry: { ...entry, state: 'queued', attempts, ...NOW }, expected };
  }
  const retryAfterMs = isClientError(error) ? error.retryAfterMs : undefined;
  const bounds = remedy === 'blocked' ? { baseMs: BLOCKED_MS, capMs: BLOCKED_MS } : {};
  // Whole milliseconds: a wait that rounding makes longer than it was meant looks like a clock that was set
  // back.
  const waitMs = Math.ceil(retryDelay(attempts, random, { ...bounds, retryAfterMs }));
  const notBefore = now + waitMs;
  const heldByHost = retryAfterMs !== undefined;
  return { do: 'again', entry: { ...entry, state: 'queued', attempts, notBefore, waitMs, heldByHost } };
}

/** An entry as it is when there is new hope: it may be tried now, unless the host asked for the wait. */
export function hastened(entry: OutboxEntry): OutboxEntry {
  return entry.state === 'queued' && !entry.heldByHost ? { ...entry, ...NOW } : entry;
}

/** An entry that was set aside, as it is when somebody asks to try it once more. */
export function revived(entry: OutboxEntry): OutboxEntry {
  const { fault: _, ...rest } = entry;
  return { ...rest, state: 'queued', attempts: 0, ...NOW };
}

function faultOf(error: unknown): OutboxFault {
  if (!isClientError(error)) return { code: 'internal', message: String(error) };
  const { code, message, status } = error;
  return { code, message, status };
}
