import type { TraceEntry } from '@alur/flow';

/** What a tried conversation met, by card, in the order in which it met it. */
export type Trace = ReadonlyMap<string, TraceEntry>;

/** Whether the tried conversation came through a card. */
export function isOnPath(trace: Trace | null, cardId: string): boolean {
  const outcome = trace?.get(cardId)?.outcome;
  return outcome === 'entered' || outcome === 'matched';
}

/** The card to which the tried conversation came last; null when there is none. */
export function lastOnPath(trace: Trace | null): string | null {
  return [...(trace?.keys() ?? [])].findLast((cardId) => isOnPath(trace, cardId)) ?? null;
}
