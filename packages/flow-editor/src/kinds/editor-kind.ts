import type { AuthorKinds, Card, CustomRunKinds, Flow, FlowTest } from '@alur/flow';
import type { FlowDirectory } from '../directory.ts';
import type { Strings } from '../strings/strings.ts';
import type { IconName } from '../styles/icons.ts';

/** Color groups of cards. */
export type Tint = 'neutral' | 'condition' | 'action' | 'end';

/** Groups of the add menu, in order. */
export type AddGroup = 'condition' | 'action' | 'message' | 'end' | 'custom';

/** Appearance of a kind: more than its color. */
export interface Appearance {
  tint: Tint;
  icon: IconName;
  /** Product name of the kind. It is the same in every language. */
  name: string;
}

/** Row of a card's body. `unset` marks a value that the author must choose. */
export interface SummaryRow {
  text: string;
  tone?: 'muted' | 'strong' | 'unset';
  /** Number of lines, 1 by default. */
  span?: 1 | 2;
  /** Colors of dots before the text, for labels. */
  dots?: string[];
}

/** Input of the summary rows. */
export interface SummaryContext {
  flow: Flow;
  directory: FlowDirectory | null;
  strings: Strings;
  kinds: EditorKinds;
}

/** How the editor shows one kind of card or of test. Form and checks come from the kind in `@alur/flow`. */
export interface EditorKind<Subject = Card> extends Appearance {
  /** Kind of card or of test, as in documents. */
  kind: string;
  /** Group in the add menu. Default: it is not offered there. */
  group?: AddGroup;
  /** Whether no card can follow, so that it is offered only at an open end. Default: false. */
  isClosing?: boolean;
  /**
   * Synonyms for the search of the add menu, in both languages: a user of one language may search a word of
   * the other. Names and hints are searched too. Default: none.
   */
  searchWords?: string;
  /** Returns the rows of the card's body. `nameCard` returns a line for another card of the flow. */
  summaryRows(subject: Subject, context: SummaryContext, nameCard: (card: Card) => string): SummaryRow[];
  /**
   * Returns the number of rows, from the document alone: names that load later must not move the layout.
   * Default: 1.
   */
  countRows?(subject: Subject): number;
  /** Returns the hints below fields, by name of the field. Default: those of the kind's fields. */
  hints?(fields: Strings['fields']): Record<string, string>;
  /** Returns the values of a new card or test that are not empty. Default: none. */
  blank?(): object;
}

/** Kinds that an editor knows, by name. */
export interface EditorKinds {
  readonly steps: ReadonlyMap<string, EditorKind>;
  readonly tests: ReadonlyMap<string, EditorKind<FlowTest>>;
  /** Fields, checks and summaries. */
  readonly author: AuthorKinds;
  /** How the page's own kinds run in the simulator. */
  readonly run: CustomRunKinds;
}
