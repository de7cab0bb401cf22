import type { VisitorInput } from '@alur/flow';

/** Step of a tried conversation: an input of the visitor, or a resolution by an agent. */
export type TriedStep = { kind: 'input'; input: VisitorInput } | { kind: 'resolve'; id: string };

/** Conversation in the simulator. It is kept when its panel is closed. */
export interface TriedConversation {
  steps: readonly TriedStep[];
  /** Text in the composer. */
  draft: string;
  /** Time of the adjustable clock, `2026-02-03T09:30`. `''` uses the current time. */
  clock: string;
  /** Time zone of the adjustable clock. `''` is the flow's. */
  zone: string;
  visitorName: string;
}

export const untried: TriedConversation = { steps: [], draft: '', clock: '', zone: '', visitorName: '' };
