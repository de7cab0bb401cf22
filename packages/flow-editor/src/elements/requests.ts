import type { CommandId } from '../store/commands.ts';

/*
 * Requests of the inner elements to the editor. They bubble to the root element, which alone changes state,
 * and do not leave it.
 */

/** Requests the selection of a card; null for none. */
export class SelectRequest extends Event {
  readonly cardId: string | null;
  /** Whether to open its details too. */
  readonly open: boolean;
  /** Field to focus. */
  readonly field: string | undefined;

  constructor(
    cardId: string | null,
    { open = false, field }: { open?: boolean; field?: string | undefined } = {},
  ) {
    super('select-request', { bubbles: true });
    this.cardId = cardId;
    this.open = open;
    this.field = field;
  }
}

/** Requests the add menu below a card. */
export class AddRequest extends Event {
  readonly parentId: string;
  /** Whether to keep the selection instead of selecting the new card. */
  readonly stay: boolean;

  constructor(parentId: string, { stay = false } = {}) {
    super('add-request', { bubbles: true });
    this.parentId = parentId;
    this.stay = stay;
  }
}

/** Requests a move of a card among its siblings, or its deletion, without a change of the selection. */
export class ArrangeRequest extends Event {
  readonly cardId: string;
  /** One position to the left or right, an index among the other siblings, or deletion. */
  readonly what: -1 | 1 | 'delete' | { index: number };

  constructor(cardId: string, what: -1 | 1 | 'delete' | { index: number }) {
    super('arrange-request', { bubbles: true });
    this.cardId = cardId;
    this.what = what;
  }
}

/** Requests the selection of a jump's target. */
export class GoToRequest extends Event {
  readonly cardId: string;

  constructor(cardId: string) {
    super('go-to-request', { bubbles: true });
    this.cardId = cardId;
  }
}

/** Requests the command menu of a card at a position on the page. */
export class MenuRequest extends Event {
  readonly cardId: string;
  readonly anchor: DOMRect;

  constructor(cardId: string, anchor: DOMRect) {
    super('menu-request', { bubbles: true });
    this.cardId = cardId;
    this.anchor = anchor;
  }
}

/** Requests a command for the selected card. */
export class CommandRequest extends Event {
  readonly command: CommandId;

  constructor(command: CommandId) {
    super('command-request', { bubbles: true });
    this.command = command;
  }
}

/** Requests a change of fields of a card. Successive changes of the same field become one undo step. */
export class EditRequest extends Event {
  readonly cardId: string;
  /** Fields with their new values; undefined removes a field. */
  readonly fields: Partial<Record<string, unknown>>;
  /** Whether the change is a separate undo step, even after an edit of the same fields. */
  readonly isStep: boolean;

  constructor(cardId: string, fields: Partial<Record<string, unknown>>, isStep = false) {
    super('edit-request', { bubbles: true });
    this.cardId = cardId;
    this.fields = fields;
    this.isStep = isStep;
  }
}

/** Requests another time zone for the flow. */
export class ZoneRequest extends Event {
  readonly timeZone: string;

  constructor(timeZone: string) {
    super('zone-request', { bubbles: true });
    this.timeZone = timeZone;
  }
}

/** Requests a new card of a kind at the insert point of the menu. */
export class PickRequest extends Event {
  readonly choice: string;

  constructor(choice: string) {
    super('pick-request', { bubbles: true });
    this.choice = choice;
  }
}

/** Requests to close the element. */
export class CloseRequest extends Event {
  constructor() {
    super('close-request', { bubbles: true });
  }
}

/** Requests to centre the view at a point of the content. */
export class CentreRequest extends Event {
  readonly x: number;
  readonly y: number;

  constructor(x: number, y: number) {
    super('centre-request', { bubbles: true });
    this.x = x;
    this.y = y;
  }
}

/** What the user can do after a failed save, a conflict or a merge. */
export type SaveChoice =
  | 'retry'
  | 'dismiss'
  | 'review'
  | 'end-review'
  | 'take-theirs'
  | 'keep-mine'
  | 'merge';

/** Requests an action of the notice about the last save. */
export class SaveChoiceRequest extends Event {
  readonly choice: SaveChoice;

  constructor(choice: SaveChoice) {
    super('save-choice-request', { bubbles: true });
    this.choice = choice;
  }
}
