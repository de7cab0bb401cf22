/**
 * The flow document, format `alur.flow/2`: a tree of cards that says what happens to a new conversation.
 * Everything here is plain JSON. `docs/flow-documents.md` describes it with examples.
 */
import type { FLOW_FORMAT } from './format.ts';

export { FLOW_FORMAT, FLOW_FORMATS, type FlowFormat } from './format.ts';

/** A whole flow: its cards by id, held together by each card's `next`. */
export interface Flow {
  format: typeof FLOW_FORMAT;
  /** Opaque and stable; `[A-Za-z0-9_-]{1,64}`, like every card id. */
  id: string;
  name: string;
  /** IANA zone, such as `Asia/Jakarta`, that time tests use unless they name their own. `''` is unset. */
  timeZone: string;
  cards: Record<string, Card>;
  /** The author's own tests of the flow; run by `runExamples`. */
  examples?: FlowExample[];
}

/** What every card has. */
export interface CardBase {
  /** Ids of the children, left to right: the order in which branches are asked. */
  next: string[];
  /** A name for authors; visitors never see it. */
  title?: string;
  /** A remark for authors; visitors never see it. */
  note?: string;
}

/** Where every session begins. A flow has exactly one. */
export interface StartCard extends CardBase {
  kind: 'start';
}

/**
 * A branch of a fork that is taken when its test matches. `test: null` is one the author has not chosen yet.
 */
export interface ConditionCard extends CardBase {
  kind: 'condition';
  test: FlowTest | null;
}

/** The branch of a fork or of `buttons` that is taken when no other is. Always the last. */
export interface ElseCard extends CardBase {
  kind: 'else';
}

/** One choice of a `buttons` card. */
export interface ButtonCard extends CardBase {
  kind: 'button';
  /** 1..20 code points; unique among its siblings after normalisation, in each language. */
  label: string;
  /** The label in other languages. */
  labels?: Translations;
}

/** Puts labels on the conversation. */
export interface LabelCard extends CardBase {
  kind: 'label';
  labelIds: string[];
}

/** Adds agents and teams to the conversation without handing it over. */
export interface CollaboratorCard extends CardBase {
  kind: 'collaborator';
  agentIds: string[];
  teamIds: string[];
}

/** Sends a message to the visitor. `text` may hold templates (rule 9). */
export interface MessageCard extends CardBase {
  kind: 'message';
  text: string;
  /** The text in other languages. */
  texts?: Translations;
  /** An https address. */
  imageUrl?: string | null;
  /** The image in other languages. */
  imageUrls?: Translations;
}

/** Tells another system, by a POST that the host makes; its address never reaches the visitor's browser. */
export interface WebhookCard extends CardBase {
  kind: 'webhook';
  url: string;
}

/** Goes on at another step. The only way in which paths meet again. */
export interface JumpCard extends CardBase {
  kind: 'jump';
  /** A step (an action, `buttons`, another jump or an end), not itself. */
  to: string | null;
}

/**
 * Sends a message with 1..10 buttons and waits for the visitor. Children: `button` cards, then one `else`.
 */
export interface ButtonsCard extends CardBase {
  kind: 'buttons';
  text: string;
  /** The text in other languages. */
  texts?: Translations;
  /** An https address. */
  imageUrl?: string | null;
  /** The image in other languages. */
  imageUrls?: Translations;
}

/** Ends the flow: an AI agent takes the conversation. */
export interface AssignAiCard extends CardBase {
  kind: 'assign-ai';
  aiAgentId: string | null;
  agentIds: string[];
}

/** Ends the flow: people take the conversation. Several are candidates, of whom the host picks one. */
export interface AssignHumanCard extends CardBase {
  kind: 'assign-human';
  agentIds: string[];
  teamIds: string[];
  /** The inbox's AI agent does not answer the message that ended the flow. */
  skipLastAiResponse: boolean;
}

/**
 * A step of a kind that a partner declared. A kind nobody declared here is kept, and passed over when it
 * runs.
 */
export interface CustomCard extends CardBase {
  kind: `x-${string}`;
  [field: string]: unknown;
}

/** Any card. Its `kind` says which. */
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

/** The kind of any card. */
export type CardKind = Card['kind'];

/** How a keyword is looked for (rule 3). */
export type TextMatch = 'contains' | 'word' | 'equals' | 'starts-with';

/** Matches when any keyword is found in the session's first message (rule 3). */
export interface TextTest {
  kind: 'first-message-text';
  /** Default: `contains`. */
  match?: TextMatch;
  keywords: string[];
  /** Whether `é` in a message matches `e` in a keyword. Default: false. */
  ignoreAccents?: boolean;
}

/** A span of the clock on some weekdays. */
export interface TimeWindow {
  /** `HH:MM`, `00:00`..`23:59`. */
  from: string;
  /**
   * `HH:MM`, `00:00`..`24:00`, itself outside the window. Before `from`: over midnight. Same as `from`: the
   * whole day.
   */
  to: string;
  /** ISO weekdays, 1 is Monday. Default: all seven. */
  days?: number[];
}

/** Matches when the session's first message came within one of the windows (rule 4). */
export interface TimeTest {
  kind: 'first-message-time';
  /** 1..20 windows; a test without any is not filled in. */
  windows: TimeWindow[];
  /** IANA zone. Default: the flow's. */
  timeZone?: string | null;
}

/**
 * A time test as `alur.flow/1` has it: one window, without a list. Public copies of that format stay in
 * caches.
 */
export interface TimeTestV1 extends TimeWindow {
  kind: 'first-message-time';
  timeZone?: string | null;
}

/**
 * Texts or addresses by language tag (BCP 47), such as `{ "id": "Halo", "pt-BR": "Olá" }`; at most 10
 * languages.
 */
export type Translations = Record<string, string>;

/** A test of a kind that a partner declared. A kind nobody declared here never matches. */
export interface CustomTest {
  kind: `x-${string}`;
  [field: string]: unknown;
}

/** What a condition asks. */
export type FlowTest = TextTest | TimeTest | CustomTest;

/**
 * What the inbox and the site know about the visitor when a session begins. Strings of at most 256 code
 * points.
 */
export interface Facts {
  visitor?: {
    name?: string;
    email?: string;
    phone?: string;
    /**
     * Language tag (BCP 47) of the widget's words, such as `pt-BR`. Chooses among `texts`, `labels` and
     * `imageUrls`.
     */
    language?: string;
    attributes?: Record<string, string>;
  };
  inbox?: { name?: string };
}

/**
 * What a visitor does. `at` is ISO 8601 in UTC (`2026-02-03T04:05:06.789Z`); `id` is unique and never reused.
 */
export type VisitorInput =
  | {
      kind: 'message';
      id: string;
      at: string;
      /** `''` when there are only attachments. */
      text: string;
      attachments?: { id: string }[];
    }
  | { kind: 'press'; id: string; at: string; cardId: string; buttonId: string };

/** An author's own test of the flow, kept in the document. */
export interface FlowExample {
  id: string;
  name: string;
  facts?: Facts;
  inputs: VisitorInput[];
  expect: {
    /** The card at which the run ends, or waits. */
    end?: string;
    /** The labels put on the conversation, in any order. */
    labelIds?: string[];
  };
}

/**
 * Offsets from UTC by zone, as data: `{ "Asia/Jakarta": [[fromUtcMs, offsetMinutes], …] }`, ascending.
 * Made by `zoneTables`, so that running a flow needs no `Intl`.
 */
export type Zones = Record<string, [fromUtcMs: number, offsetMinutes: number][]>;

/** Something wrong, or doubtful, in a document. Codes are stable words, listed in the README. */
export interface Problem {
  code: string;
  severity: 'error' | 'warning';
  cardId?: string;
  /** JSON Pointer (RFC 6901) into the document, such as `/cards/ask/text`. */
  path?: string;
  message: string;
  /** Facts for a translated message, such as `{ max: 20 }`. */
  data?: Record<string, unknown>;
}

/** What `parseFlow` answers. */
export type ParseResult = { ok: true; flow: Flow } | { ok: false; problems: Problem[] };
