import type { VisitorInput } from '@alur/flow';

/** One step of a tried conversation: the visitor did something, or an agent resolved it. */
export type TriedStep = { kind: 'input'; input: VisitorInput } | { kind: 'resolve'; id: string };

/** A conversation tried in the simulator. It outlives the panel, which closes when another one opens. */
export interface TriedConversation {
  steps: readonly TriedStep[];
  /** What is typed and not sent yet. */
  draft: string;
  /** What the set clock shows, `2026-02-03T09:30`; `''` follows the real one. */
  clock: string;
  /** The zone in which the set clock is read; `''` is the flow's. */
  zone: string;
  visitorName: string;
}

export const untried: TriedConversation = { steps: [], draft: '', clock: '', zone: '', visitorName: '' };
