import type { TraceEntry } from '@alur/flow';

/** Trace of a tried conversation, by card, in order of the first visit. */
export type Trace = ReadonlyMap<string, TraceEntry>;

/** Returns whether a card is on the path of the tried conversation. */
export function isOnPath(trace: Trace | null, cardId: string): boolean {
  const outcome = trace?.get(cardId)?.outcome;
  return outcome === 'entered' || outcome === 'matched';
}

/** Returns the last card of the tried conversation. Null if there is none. */
export function lastOnPath(trace: Trace | null): string | null {
  return [...(trace?.keys() ?? [])].findLast((cardId) => isOnPath(trace, cardId)) ?? null;
}
