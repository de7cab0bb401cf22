import { isClientError } from '../client-error.ts';
import { BLOCKED_MS, remedyFor, retryDelay, type RemedyRule } from '../retry-policy.ts';
import type { OutboxEntry, OutboxFault, OutboxWork } from './outbox-rows.ts';

/** Next action of the outbox. */
export type NextStep = { do: 'send'; entry: OutboxEntry } | { do: 'wait'; ms: number } | { do: 'rest' };

/**
 * Returns the next step. Entries are sent in order: the oldest entry that has not failed, and none behind it
 * while it waits. While the host has requested a wait, nothing is sent, whichever entry got that response.
 * `held` is the last such entry, which another tab may have replaced since.
 */
export function nextStep(entries: readonly OutboxEntry[], now: number, held?: OutboxEntry): NextStep {
  const waiting = entries.filter(({ state }) => state !== 'failed');
  const [entry] = waiting;
  if (!entry) return { do: 'rest' };
  const waits = (held ? [...waiting, held] : waiting)
    .filter((other) => other === entry || other.heldByHost)
    .map(({ notBefore, waitMs }) => {
      const ms = notBefore - now;
      // The remaining wait exceeds the original one: the device's clock was set back.
      return ms > waitMs ? 0 : ms;
    });
  const ms = Math.max(...waits);
  return ms > 0 ? { do: 'wait', ms } : { do: 'send', entry };
}

/**
 * Returns true if new `work` makes a waiting `entry` obsolete: a read mark that reaches at least as far, or a
 * later rating of the same session.
 */
export function replaces(work: OutboxWork, entry: OutboxEntry): boolean {
  if (entry.state === 'sending' || work.kind !== entry.kind) return false;
  if (work.kind === 'rating' && entry.kind === 'rating') return work.note.session === entry.note.session;
  // A tab that received fewer events has a lower read mark.
  return work.kind === 'read' && entry.kind === 'read' && work.upTo >= entry.upTo;
}

/** Maximum number of attempts that end in an error other than `ClientError`. */
const MAX_DEFECTS = 5;

/** Timing of an entry that is due immediately. */
export const NOW = { notBefore: 0, waitMs: 0 } as const;

/** Returns the wait of an entry, for the entry that replaces it. */
export function waitOf({ notBefore, waitMs, heldByHost }: OutboxEntry) {
  return { notBefore, waitMs, heldByHost };
}

/** What happens to an entry after a failed attempt. */
export type Outcome =
  | { do: 'again'; entry: OutboxEntry; expected?: number }
  | { do: 'set-aside'; entry: OutboxEntry }
  /** Deletes the entry. Only for entries whose loss has no effect for the visitor. */
  | { do: 'drop' };

/** Returns the outcome of a failed attempt. Pure except for `random`. */
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
  // The error comes neither from the host nor from the network, so it is a defect of the entry or of this
  // code. The entry must not block others.
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
  // Whole milliseconds: a wait that rounding makes longer than `waitMs` looks like a clock that was set back.
  const waitMs = Math.ceil(retryDelay(attempts, random, { ...bounds, retryAfterMs }));
  const notBefore = now + waitMs;
  const heldByHost = retryAfterMs !== undefined;
  return { do: 'again', entry: { ...entry, state: 'queued', attempts, notBefore, waitMs, heldByHost } };
}

/** Returns an entry that is due now, unless the host requested its wait. */
export function dueNow(entry: OutboxEntry): OutboxEntry {
  return entry.state === 'queued' && !entry.heldByHost ? { ...entry, ...NOW } : entry;
}

/** Returns a failed entry as queued again, for a manual retry. */
export function requeued(entry: OutboxEntry): OutboxEntry {
  const { fault: _, ...rest } = entry;
  return { ...rest, state: 'queued', attempts: 0, ...NOW };
}

function faultOf(error: unknown): OutboxFault {
  if (!isClientError(error)) return { code: 'internal', message: String(error) };
  const { code, message, status } = error;
  return { code, message, status };
}
