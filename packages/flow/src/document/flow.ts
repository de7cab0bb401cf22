/**
 * Types of the flow document, format `alur.flow/2`: a tree of cards that decides what happens with a new
 * conversation. All values are plain JSON. `docs/flow-documents.md` describes the format with examples.
 */
import type { Card } from '../kinds/card-types.ts';
import type { FLOW_FORMAT } from './format.ts';

export { FLOW_FORMAT, FLOW_FORMATS, type FlowFormat } from './format.ts';
export type { CardBase, Translations } from './card-base.ts';
export type { AssignAiCard } from '../kinds/assign-ai/type.ts';
export type { AssignHumanCard } from '../kinds/assign-human/type.ts';
export type { ButtonCard } from '../kinds/button/type.ts';
export type { ButtonsCard } from '../kinds/buttons/type.ts';
export type { Card, CardKind, CustomCard } from '../kinds/card-types.ts';
export type { CollaboratorCard } from '../kinds/collaborator/type.ts';
export type { ConditionCard } from '../kinds/condition/type.ts';
export type { ElseCard } from '../kinds/else/type.ts';
export type { TextMatch, TextTest } from '../kinds/first-message-text/type.ts';
export type { TimeTest, TimeTestV1, TimeWindow } from '../kinds/first-message-time/type.ts';
export type { JumpCard } from '../kinds/jump/type.ts';
export type { LabelCard } from '../kinds/label/type.ts';
export type { MessageCard } from '../kinds/message/type.ts';
export type { StartCard } from '../kinds/start/type.ts';
export type { CustomTest, FlowTest } from '../kinds/test-types.ts';
export type { WebhookCard } from '../kinds/webhook/type.ts';

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
