import type { FlowLayout } from '../layout/flow-layout.ts';
import type { Direction } from '../layout/neighbours.ts';
import type { Strings } from '../strings/strings.ts';
import type { Panel } from './editor-store.ts';

/** Deletion that the user must confirm. */
export interface DeleteQuestion {
  /** Name of the card. */
  name: string;
  /** Number of deleted cards. */
  count: number;
  /** Number of jumps that lose their target. */
  jumps: number;
  /** Whether an Else is deleted too, and its cards stay. */
  takesElse: boolean;
}

/** Functions of the view that commands can call. */
export interface EditorView {
  readonly strings: Strings;
  readonly isLocked: boolean;
  readonly layout: FlowLayout;
  /** Announces a change to screen readers. The change itself is visible. */
  announce(text: string): void;
  /** Shows and announces why a command had no effect. */
  explain(text: string): void;
  /** Asks the user to confirm a deletion. */
  confirmDelete(question: DeleteQuestion): Promise<boolean>;
  openAddMenu(parentId: string): void;
  openDetails(field?: string): void;
  /** Focuses the selected card, or the start card. */
  focus(): void;
  focusCard(cardId: string): void;
  revealCard(cardId: string): void;
  /** If the canvas or outline has the focus, focuses the selected card after the next change. */
  keepFocus(): void;
  togglePanel(panel: Panel): void;
  toggleView(): void;
  zoom(how: 'in' | 'out' | 'actual' | 'fit'): void;
  save(live: boolean): void;
  openShortcuts(): void;
  /** Updates what depends on the uncommitted text of a field. */
  handlePendingText(): void;
  /** Closes the element that was opened last. Returns false if there is none. */
  closeTopmost(): boolean;
  /** Returns the neighbour in the outline, or undefined if the canvas is shown. */
  outlineNeighbour(cardId: string, direction: Direction): string | null | undefined;
}
