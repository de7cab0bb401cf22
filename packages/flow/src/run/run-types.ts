import type { Facts, VisitorInput } from '../document/flow.ts';

/** Why a run ended. `cancelled` comes from outside: an agent stepped in (rule 12). */
export type EndReason = 'assigned' | 'unfinished' | 'loop';

/** Where one session stands in a flow. Plain JSON: keep it anywhere. */
export interface FlowRun {
  status: 'new' | 'waiting' | 'ended';
  /** The `buttons` card that waits for an answer, else null. */
  waitingAt: string | null;
  /** The session's first message, frozen: every test looks at this one. */
  first: { id: string; at: string; text: string } | null;
  facts: Facts;
  endReason?: EndReason | 'cancelled';
}

/** An effect of a partner's kind of step. */
export interface CustomEffect {
  kind: `x-${string}`;
  cardId: string;
  [field: string]: unknown;
}

/** Something that a run asks the widget or the host to do. */
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
  /** `cardId`: the end card; the card where the path stops; the card that would have been entered twice. */
  | { kind: 'end'; cardId: string; reason: EndReason }
  | CustomEffect;

/** An effect as a visitor's browser knows it. */
export type PublicEffect =
  | Extract<Effect, { kind: 'send-message' | 'send-buttons' | 'end' }>
  | { kind: 'label' | 'collaborator' | 'webhook' | 'assign-ai' | `x-${string}`; cardId: string }
  | { kind: 'assign-human'; cardId: string; skipAiReplyTo: string | null };

/** What `advance` answers. */
export interface Advance {
  run: FlowRun;
  effects: Effect[];
}

/** What happened to one card while `explain` watched. */
export interface TraceEntry {
  cardId: string;
  /** `matched` also means entered. `not-asked`: a branch to the left, or a press, had already decided. */
  outcome: 'entered' | 'matched' | 'not-matched' | 'not-asked';
  why?: Why;
}

/** The reason of a trace entry, as data: put it into words with `describeWhy`. */
export type Why =
  | { code: 'keyword'; keyword: string; text: string }
  | { code: 'no-keyword'; text: string }
  | { code: 'no-text' }
  /** The wall clock of the first message: `clock` is `HH:MM`, `weekday` 1..7 with Monday first. */
  | { code: 'time'; zone: string; clock: string; weekday: number }
  /** No offsets are known for this zone. */
  | { code: 'no-zone'; zone: string }
  /** The first message's `at` cannot be read. */
  | { code: 'no-time' }
  /** The test itself is unset or unreadable. */
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
