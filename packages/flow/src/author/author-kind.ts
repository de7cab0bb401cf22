import type { Card, Flow, FlowTest, Problem } from '../document/flow.ts';
import type { CompileTools, Moment } from '../run/run-kind.ts';
import type { Why } from '../run/run-types.ts';

/** A language that this package speaks. */
export type Locale = 'id' | 'en';

/** A word or sentence in each language. */
export type Wording = Record<Locale, string>;

/** A list of the host's things that ids of a document point to. */
export type DirectoryList = 'labels' | 'agents' | 'teams' | 'aiAgents';

/** The host's things by name. A list that is missing is not checked, and its ids are shown as they are. */
export type Directory = Partial<Record<DirectoryList, readonly DirectoryEntry[]>>;

/** A thing of the host. `agentIds` are a team's members now. */
export interface DirectoryEntry {
  id: string;
  name: string;
  agentIds?: readonly string[];
}

interface FieldBase {
  /** The property's name in the document. */
  name: string;
  label: Wording;
  hint?: Wording;
  /** Must it hold something before the flow can go live? */
  required: boolean;
  /** May the property be left out of the document? */
  optional: boolean;
  /** May a visitor's browser see it? */
  isPublic: boolean;
}

/** One field of a kind: enough to check it, to write its schema, and to build its inspector. */
export type Field = FieldBase &
  (
    | { type: 'text'; /** Longest in code points. */ max: number; multiline: boolean; template: boolean }
    | { type: 'url'; protocols: readonly string[] }
    | { type: 'keywords'; /** Longest keyword in code points. */ max: number }
    | { type: 'ids'; of: DirectoryList }
    | { type: 'id'; of: DirectoryList }
    | { type: 'card' }
    | { type: 'boolean' }
    | { type: 'choice'; options: readonly { value: string; label: Wording }[]; initial: string }
    | { type: 'time'; /** May it be `24:00`? */ endOfDay: boolean }
    | { type: 'days' }
    | { type: 'time-zone' }
    | { type: 'test' }
    | { type: 'list'; /** What each entry holds. */ fields: readonly Field[]; max: number }
    | { type: 'translations'; /** What is translated, and how each language's is checked. */ of: Field }
  );

/** The types a field can have. */
export type FieldType = Field['type'];

/** What a check may look at. */
export interface CheckContext {
  flow: Flow;
  cardId: string;
  /** `whatsapp` has limits of its own. Default: `livechat`. */
  channel: string;
  directory: Directory;
  /** Reports a problem of this card, or of a child named by `cardId`; `field` is the property it is about. */
  report(problem: Omit<Problem, 'path'> & { field?: string }): void;
}

/** What a summary may look at. */
export interface SummaryContext {
  flow: Flow;
  locale: Locale;
  /** A thing of the host by id: its name, or the id when the directory does not have it. */
  nameOf(list: DirectoryList, id: string): string;
  /** A card of the flow as a reader would call it. */
  cardName(id: string): string;
}

/** What a kind looks like to an author. */
interface AuthorKind<Subject> {
  kind: string;
  name: Wording;
  fields: readonly Field[];
  /** Checks that the fields alone do not say. */
  check?(subject: Subject, context: CheckContext): void;
  /** One line of plain language; `*…*` marks what the author wrote. */
  summary(subject: Subject, context: SummaryContext): string;
}

/** A kind of step, or of another card, as authors see it. */
export interface StepAuthorKind extends AuthorKind<Card> {
  /**
   * What it is to the checker. A partner's kind is an `action`, after which the path goes on; an `end`, after
   * which nothing has to come; or, like `buttons`, one that waits for the visitor. `start`, `branch` and
   * `jump` are Alur's own.
   */
  role: 'start' | 'branch' | 'action' | 'buttons' | 'end' | 'jump';
}

/** A kind of test as authors see it. */
export interface TestAuthorKind extends AuthorKind<FlowTest> {
  /** A few words for one of these beside others, such as its keywords; default: the name of its kind. */
  short?(test: FlowTest, context: SummaryContext): string;
  /** Why it matched or not, for `explain`. */
  why?(test: FlowTest, moment: Moment, tools: CompileTools): Why;
}

/** The kinds that authors can use. */
export interface AuthorKinds {
  tests: ReadonlyMap<string, TestAuthorKind>;
  steps: ReadonlyMap<string, StepAuthorKind>;
}
