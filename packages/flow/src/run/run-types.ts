import type { Facts, VisitorInput } from '../document/flow.ts';

/** Reason why a run ended. `cancelled` is set by the host when an agent takes over (rule 12). */
export type EndReason = 'assigned' | 'unfinished' | 'loop';

/** State of a flow in one session. Plain JSON. */
export interface FlowRun {
  status: 'new' | 'waiting' | 'ended';
  /** Id of the `buttons` card that waits for an answer, else null. */
  waitingAt: string | null;
  /** First message of the session. It never changes; all tests use it. */
  first: { id: string; at: string; text: string } | null;
  facts: Facts;
  endReason?: EndReason | 'cancelled';
}

/** Effect of a custom kind of step. */
export interface CustomEffect {
  kind: `x-${string}`;
  cardId: string;
  [field: string]: unknown;
}

/** Effect that the widget or the host performs. */
export type Effect =
  | { kind: 'send-message'; cardId: string; text: string; imageUrl?: string }
  | {
      kind: 'send-buttons';
      cardId: string;
      text: string;
      imageUrl?: string;
      buttons: { id: string; label: string }[];
    }
  | { kind: 'label'; cardId: string; labelIds: string[] }
  | { kind: 'collaborator'; cardId: string; agentIds: string[]; teamIds: string[] }
  | { kind: 'webhook'; cardId: string }
  | { kind: 'assign-ai'; cardId: string; aiAgentId: string; agentIds: string[] }
  | {
      kind: 'assign-human';
      cardId: string;
      agentIds: string[];
      teamIds: string[];
      skipAiReplyTo: string | null;
    }
  /** `cardId` is the end card, the card where the path stops, or the card that would be entered twice. */
  | { kind: 'end'; cardId: string; reason: EndReason }
  | CustomEffect;

/** Effect in the form that visitors may see. */
export type PublicEffect =
  | Extract<Effect, { kind: 'send-message' | 'send-buttons' | 'end' }>
  | { kind: 'label' | 'collaborator' | 'webhook' | 'assign-ai' | `x-${string}`; cardId: string }
  | { kind: 'assign-human'; cardId: string; skipAiReplyTo: string | null };

/** Return value of `advance`. */
export interface Advance {
  run: FlowRun;
  effects: Effect[];
}

/** Trace entry of `explain` for one card. */
export interface TraceEntry {
  cardId: string;
  /** `matched` includes entered. `not-asked`: a branch to the left, or a press, was decisive. */
  outcome: 'entered' | 'matched' | 'not-matched' | 'not-asked';
  why?: Why;
}

/** Reason of a trace entry, as data. `describeWhy` returns a sentence for it. */
export type Why =
  | { code: 'keyword'; keyword: string; text: string }
  | { code: 'no-keyword'; text: string }
  | { code: 'no-text' }
  /** Wall-clock time of the first message. `clock` is `HH:MM`, `weekday` is 1..7 with Monday first. */
  | { code: 'time'; zone: string; clock: string; weekday: number }
  /** No offsets are known for this zone. */
  | { code: 'no-zone'; zone: string }
  /** The `at` of the first message is unreadable. */
  | { code: 'no-time' }
  /** The test is unset or unreadable. */
  | { code: 'unset-test' }
  | { code: 'unknown-kind'; kind: string }
  /** No other branch matched. */
  | { code: 'else' }
  | { code: 'pressed' }
  | { code: 'typed-label'; text: string }
  | { code: 'typed-number'; text: string }
  | { code: 'typed-other'; text: string }
  | { code: 'jump'; to: string | null }
  | { code: `x-${string}`; [field: string]: unknown };

export type { Facts, VisitorInput };
