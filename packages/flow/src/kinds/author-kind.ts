import type { Card, Flow, FlowTest, Problem } from '../document/flow.ts';
import type { Why } from '../run/run-types.ts';
import type { FoldedKeyword } from './first-message-text/covers.ts';
import type { CompileTools, Moment } from './run-kind.ts';

/** Language of the descriptions that this package writes. */
export type Locale = 'id' | 'en';

/** Text in each language. */
export type Wording = Record<Locale, string>;

/** Name of a list in the directory. Ids in a flow refer to its entries. */
export type DirectoryList = 'labels' | 'agents' | 'teams' | 'aiAgents';

/**
 * Lists of entries that ids in a flow refer to. Ids of a missing list are not checked and are shown as they
 * are.
 */
export type Directory = Partial<Record<DirectoryList, readonly DirectoryEntry[]>>;

/** Entry of a directory list. `agentIds` are a team's current members. */
export interface DirectoryEntry {
  id: string;
  name: string;
  agentIds?: readonly string[];
}

interface FieldBase {
  /** Name of the property in the document. */
  name: string;
  label: Wording;
  hint?: Wording;
  /** Whether the flow cannot go live while the field is empty. */
  required: boolean;
  /** Whether the property may be missing in the document. */
  optional: boolean;
  /** Whether the public copy contains the field. */
  isPublic: boolean;
}

/** Field of a kind. The checker, the JSON Schema and the inspector are built from it. */
export type Field = FieldBase &
  (
    | {
        type: 'text';
        /** Maximum length in code points. */ max: number;
        multiline: boolean;
        template: boolean;
      }
    | { type: 'url'; protocols: readonly string[] }
    | { type: 'keywords'; /** Maximum length of a keyword in code points. */ max: number }
    | { type: 'ids'; of: DirectoryList }
    | { type: 'id'; of: DirectoryList }
    | { type: 'card' }
    | { type: 'boolean' }
    | { type: 'choice'; options: readonly { value: string; label: Wording }[]; initial: string }
    | { type: 'time'; /** Whether `24:00` is allowed. */ endOfDay: boolean }
    | { type: 'days' }
    | { type: 'time-zone' }
    | { type: 'test' }
    | { type: 'list'; /** Fields of each entry. */ fields: readonly Field[]; max: number }
    | { type: 'translations'; /** Translated field, whose rules apply to each language. */ of: Field }
  );

/** Types of fields. */
export type FieldType = Field['type'];

/** Input of a check. */
export interface CheckContext {
  flow: Flow;
  cardId: string;
  /** Channel of the inbox. `whatsapp` has its own limits. Default: `livechat`. */
  channel: string;
  directory: Directory;
  /** Reports a problem of this card, or of the child `cardId`. `field` is the property with the problem. */
  report(problem: Omit<Problem, 'path'> & { field?: string }): void;
}

/** Input of a summary. */
export interface SummaryContext {
  flow: Flow;
  locale: Locale;
  /** Returns the name of a directory entry, or the id if the directory does not have it. */
  nameOf(list: DirectoryList, id: string): string;
  /** Returns the display name of a card. */
  cardName(id: string): string;
}

/** Common members of the author's side of a kind. */
interface AuthorKind<Subject> {
  kind: string;
  name: Wording;
  fields: readonly Field[];
  /** Reports problems that the declarations of the fields do not cover. */
  check?(subject: Subject, context: CheckContext): void;
  /** Returns one line that describes the subject. `*…*` marks text of the author. */
  summary(subject: Subject, context: SummaryContext): string;
}

/** Author's side of a kind of card: fields, checks and summary. */
export interface StepAuthorKind<Step = Card> extends AuthorKind<Step> {
  /**
   * Role of the card for the checker. The kinds of a partner use three of them: `action`, after which the
   * path continues; `end`, which closes a path; and `buttons`, which waits for the visitor. `start`, `branch`
   * and `jump` are reserved for the kinds of Alur.
   */
  role: 'start' | 'branch' | 'action' | 'buttons' | 'end' | 'jump';
}

/**
 * Constraint of a test on the first message, in the form that the checker compares: folded keywords, or
 * minutes of the week as a flat list of `from, to` pairs.
 */
export type Constraint =
  | { kind: 'text'; keywords: FoldedKeyword[]; /** Cost of one comparison. */ cost: number }
  | { kind: 'time'; zone: string; windows: number[] };

/** Author's side of a kind of test. */
export interface TestAuthorKind<Test = FlowTest> extends AuthorKind<Test> {
  /** Returns a short description for lists of tests, such as the keywords. Default: the name of the kind. */
  short?(test: Test, context: SummaryContext): string;
  /** Returns the reason why the test matched or did not match, for `explain`. */
  why?(test: Test, moment: Moment, tools: CompileTools): Why;
  /** Returns a sentence for a reason that `why` returned, or null for a reason of another kind. */
  describeWhy?(why: Why, locale: Locale): string | null;
  /**
   * Returns the constraint on the first message, from which the checker finds branches that no message can
   * reach. Null if the test is unset or unreadable. Without it, the checker assumes nothing about the test.
   */
  constraint?(test: Test, flow: Flow): Constraint | null;
}

/** Kinds of a partner for authors. Their names begin with `x-`. */
export interface CustomAuthorKinds {
  tests?: readonly TestAuthorKind[];
  steps?: readonly StepAuthorKind[];
}

/** Kinds of cards and tests that authors can use. */
export interface AuthorKinds {
  tests: ReadonlyMap<string, TestAuthorKind>;
  steps: ReadonlyMap<string, StepAuthorKind>;
}
