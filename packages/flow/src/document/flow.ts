/**
 * Types of the flow document, format `alur.flow/2`: a tree of cards that decides what happens with a new
 * conversation. All values are plain JSON. `docs/flow-documents.md` describes the format with examples.
 */
import type { FLOW_FORMAT } from './format.ts';

export { FLOW_FORMAT, FLOW_FORMATS, type FlowFormat } from './format.ts';

/** Flow document: the cards by id, linked by the `next` of each card. */
export interface Flow {
  format: typeof FLOW_FORMAT;
  /** Opaque, stable id; `[A-Za-z0-9_-]{1,64}`, like every card id. */
  id: string;
  name: string;
  /** IANA zone of time tests without their own zone, such as `Asia/Jakarta`. `''` is unset. */
  timeZone: string;
  cards: Record<string, Card>;
  /** Examples that the author wrote to test the flow. Run by `runExamples`. */
  examples?: FlowExample[];
}

/** Properties of every card. */
export interface CardBase {
  /** Ids of the children, left to right. Branches are evaluated in this order. */
  next: string[];
  /** Name for authors. Visitors never see it. */
  title?: string;
  /** Note for authors. Visitors never see it. */
  note?: string;
}

/** First card of every session. A flow has exactly one. */
export interface StartCard extends CardBase {
  kind: 'start';
}

/** Branch of a fork that is taken if its test matches. `test: null` means not chosen yet. */
export interface ConditionCard extends CardBase {
  kind: 'condition';
  test: FlowTest | null;
}

/** Branch of a fork or of `buttons` that is taken if no other branch is. Always the last one. */
export interface ElseCard extends CardBase {
  kind: 'else';
}

/** Button of a `buttons` card. */
export interface ButtonCard extends CardBase {
  kind: 'button';
  /** Label of 1..20 code points. Unique among its siblings after normalisation, in each language. */
  label: string;
  /** Translations of the label. */
  labels?: Translations;
}

/** Adds labels to the conversation. */
export interface LabelCard extends CardBase {
  kind: 'label';
  labelIds: string[];
}

/** Adds agents and teams as collaborators, without assigning the conversation. */
export interface CollaboratorCard extends CardBase {
  kind: 'collaborator';
  agentIds: string[];
  teamIds: string[];
}

/** Sends a message to the visitor. `text` may contain templates (rule 9). */
export interface MessageCard extends CardBase {
  kind: 'message';
  text: string;
  /** Translations of the text. */
  texts?: Translations;
  /** URL of an image, https only. */
  imageUrl?: string | null;
  /** Image URLs for other languages. */
  imageUrls?: Translations;
}

/** Calls a webhook: the host sends a POST request. The public copy does not contain its URL. */
export interface WebhookCard extends CardBase {
  kind: 'webhook';
  url: string;
}

/** Continues at another step. The only way to join paths. */
export interface JumpCard extends CardBase {
  kind: 'jump';
  /** Id of an action, `buttons`, another jump or an end. Not the jump itself. */
  to: string | null;
}

/**
 * Sends a message with 1..10 buttons and waits for the visitor. Children: `button` cards, then one `else`.
 */
export interface ButtonsCard extends CardBase {
  kind: 'buttons';
  text: string;
  /** Translations of the text. */
  texts?: Translations;
  /** URL of an image, https only. */
  imageUrl?: string | null;
  /** Image URLs for other languages. */
  imageUrls?: Translations;
}

/** Ends the flow and assigns the conversation to an AI agent. */
export interface AssignAiCard extends CardBase {
  kind: 'assign-ai';
  aiAgentId: string | null;
  agentIds: string[];
}

/** Ends the flow and assigns the conversation to an agent. The host selects one of the candidates. */
export interface AssignHumanCard extends CardBase {
  kind: 'assign-human';
  agentIds: string[];
  teamIds: string[];
  /** Whether the inbox's AI agent must not answer the message that ended the flow. */
  skipLastAiResponse: boolean;
}

/** Step of a custom kind. A run skips a step whose kind is not declared; parsing keeps it. */
export interface CustomCard extends CardBase {
  kind: `x-${string}`;
  [field: string]: unknown;
}

/** Card of any kind, discriminated by `kind`. */
export type Card =
  | StartCard
  | ConditionCard
  | ElseCard
  | ButtonCard
  | LabelCard
  | CollaboratorCard
  | MessageCard
  | WebhookCard
  | JumpCard
  | ButtonsCard
  | AssignAiCard
  | AssignHumanCard
  | CustomCard;

/** Kind of a card. */
export type CardKind = Card['kind'];

/** Match mode of keywords (rule 3). */
export type TextMatch = 'contains' | 'word' | 'equals' | 'starts-with';

/** Matches if the session's first message contains a keyword (rule 3). */
export interface TextTest {
  kind: 'first-message-text';
  /** Match mode. Default: `contains`. */
  match?: TextMatch;
  keywords: string[];
  /** Whether `é` in a message matches `e` in a keyword. Default: false. */
  ignoreAccents?: boolean;
}

/** Time range on some weekdays. */
export interface TimeWindow {
  /** Start, `HH:MM`, `00:00`..`23:59`. */
  from: string;
  /**
   * End, `HH:MM`, `00:00`..`24:00`, exclusive. Before `from`: the window ends on the next day. Same as
   * `from`: the whole day.
   */
  to: string;
  /** ISO weekdays, 1 is Monday. Default: all seven. */
  days?: number[];
}

/** Matches if the session's first message arrived within one of the windows (rule 4). */
export interface TimeTest {
  kind: 'first-message-time';
  /** 1..20 windows. A test without windows counts as not filled in. */
  windows: TimeWindow[];
  /** IANA zone of the windows. Default: the flow's. */
  timeZone?: string | null;
}

/**
 * Time test of `alur.flow/1`: one window, without a list. Caches can still contain public copies of that
 * format.
 */
export interface TimeTestV1 extends TimeWindow {
  kind: 'first-message-time';
  timeZone?: string | null;
}

/**
 * Texts or URLs by language tag (BCP 47), such as `{ "id": "Halo", "pt-BR": "Olá" }`. At most 10 languages.
 */
export type Translations = Record<string, string>;

/** Test of a custom kind. A test whose kind is not declared never matches. */
export interface CustomTest {
  kind: `x-${string}`;
  [field: string]: unknown;
}

/** Test of a condition. */
export type FlowTest = TextTest | TimeTest | CustomTest;

/** Facts about the visitor and the inbox at the start of a session. Strings of at most 256 code points. */
export interface Facts {
  visitor?: {
    name?: string;
    email?: string;
    phone?: string;
    /**
     * Language tag (BCP 47) of the widget, such as `pt-BR`. Selects among `texts`, `labels` and `imageUrls`.
     */
    language?: string;
    attributes?: Record<string, string>;
  };
  inbox?: { name?: string };
}

/**
 * Input of a visitor. `at` is ISO 8601 in UTC (`2026-02-03T04:05:06.789Z`). `id` is unique and never reused.
 */
export type VisitorInput =
  | {
      kind: 'message';
      id: string;
      at: string;
      /** Text of the message. `''` if it has only attachments. */
      text: string;
      attachments?: { id: string }[];
    }
  | { kind: 'press'; id: string; at: string; cardId: string; buttonId: string };

/** Example by which an author tests the flow. Part of the document. */
export interface FlowExample {
  id: string;
  name: string;
  facts?: Facts;
  inputs: VisitorInput[];
  expect: {
    /** Card at which the run must end or wait. */
    end?: string;
    /** Labels that the run must add, in any order. */
    labelIds?: string[];
  };
}

/**
 * Offsets from UTC by zone: `{ "Asia/Jakarta": [[fromUtcMs, offsetMinutes], …] }`, ascending. Created by
 * `zoneTables`, so that the engine does not need `Intl`.
 */
export type Zones = Record<string, [fromUtcMs: number, offsetMinutes: number][]>;

/** Error or warning about a document. The README lists the codes, which are stable. */
export interface Problem {
  code: string;
  severity: 'error' | 'warning';
  cardId?: string;
  /** JSON Pointer (RFC 6901) into the document, such as `/cards/ask/text`. */
  path?: string;
  message: string;
  /** Values for a translated message, such as `{ max: 20 }`. */
  data?: Record<string, unknown>;
}

/** Return value of `parseFlow`. */
export type ParseResult = { ok: true; flow: Flow } | { ok: false; problems: Problem[] };
