import type { CommandId } from '../store/commands.ts';

/*
 * What the inner elements ask of the editor. Requests bubble to the root, which alone changes state; they do
 * not leave it.
 */

/** Asks to make a card the one in hand; null for none. */
export class SelectRequest extends Event {
  readonly cardId: string | null;
  /** Open its details as well. */
  readonly open: boolean;
  /** The field to put the focus into. */
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

/** Asks for the menu of what can be added below a card. */
export class AddRequest extends Event {
  readonly parentId: string;
  /** Keep the parent in hand instead of going to what was added. */
  readonly stay: boolean;

  constructor(parentId: string, { stay = false } = {}) {
    super('add-request', { bubbles: true });
    this.parentId = parentId;
    this.stay = stay;
  }
}

/** Asks to move a card among its siblings, or to delete it, without taking it in hand. */
export class ArrangeRequest extends Event {
  readonly cardId: string;
  /** One place to the left or right, to a place counted without the card itself, or away. */
  readonly what: -1 | 1 | 'delete' | { index: number };

  constructor(cardId: string, what: -1 | 1 | 'delete' | { index: number }) {
    super('arrange-request', { bubbles: true });
    this.cardId = cardId;
    this.what = what;
  }
}

/** Asks to go to the target of a jump. */
export class GoToRequest extends Event {
  readonly cardId: string;

  constructor(cardId: string) {
    super('go-to-request', { bubbles: true });
    this.cardId = cardId;
  }
}

/** Asks for the menu of a card's commands at a place of the page. */
export class MenuRequest extends Event {
  readonly cardId: string;
  readonly anchor: DOMRect;

  constructor(cardId: string, anchor: DOMRect) {
    super('menu-request', { bubbles: true });
    this.cardId = cardId;
    this.anchor = anchor;
  }
}

/** Asks for one of the commands, for the card in hand. */
export class CommandRequest extends Event {
  readonly command: CommandId;

  constructor(command: CommandId) {
    super('command-request', { bubbles: true });
    this.command = command;
  }
}

/** Asks to set fields of a card. Changes of the same field in a row become one undo step. */
export class EditRequest extends Event {
  readonly cardId: string;
  /** The fields with their new values; undefined removes one. */
  readonly fields: Partial<Record<string, unknown>>;
  /** Whether it is an undo step of its own, also right after another edit of the same fields. */
  readonly isStep: boolean;

  constructor(cardId: string, fields: Partial<Record<string, unknown>>, isStep = false) {
    super('edit-request', { bubbles: true });
    this.cardId = cardId;
    this.fields = fields;
    this.isStep = isStep;
  }
}

/** Asks to read the flow's times in another zone. */
export class ZoneRequest extends Event {
  readonly timeZone: string;

  constructor(timeZone: string) {
    super('zone-request', { bubbles: true });
    this.timeZone = timeZone;
  }
}

/** Asks to add a card of a kind, for the place that the menu was opened for. */
export class PickRequest extends Event {
  readonly choice: string;

  constructor(choice: string) {
    super('pick-request', { bubbles: true });
    this.choice = choice;
  }
}

/** Asks to close what was opened. */
export class CloseRequest extends Event {
  constructor() {
    super('close-request', { bubbles: true });
  }
}

/** Asks to bring a point of the plane to the middle of the view. */
export class CentreRequest extends Event {
  readonly x: number;
  readonly y: number;

  constructor(x: number, y: number) {
    super('centre-request', { bubbles: true });
    this.x = x;
    this.y = y;
  }
}
