import type { Flow, FlowChange, Problem } from '@alur/flow';

/** Result of a save. */
export type SaveAnswer =
  | {
      /** Number of the created version. */
      version: number;
      /** Whether the version is live now. */
      live: boolean;
      /** Problems that the host found. An error keeps a version from going live. */
      problems: Problem[];
    }
  | {
      /** Another version was saved in the meantime: the newest version number, and its document. */
      conflict: { version: number; flow: Flow };
    };

/** Event for a change of the flow by the user: an edit, undo or redo. */
export class FlowChangeEvent extends Event {
  /** Document after the change. It is never mutated, so that the page can store it. */
  readonly flow: Flow;
  readonly change: FlowChange;

  constructor(flow: Flow, change: FlowChange) {
    super('flow-change', { bubbles: true, composed: true });
    this.flow = flow;
    this.change = change;
  }
}

/**
 * Event that expects a promise. The element shows a busy state until the promise settles, and an error if it
 * rejects.
 */
export class AnsweredEvent<Answer> extends Event {
  #answer: Promise<Answer> | null = null;

  constructor(type: string) {
    super(type, { bubbles: true, composed: true });
  }

  /** Sets the promise of the result. Call it while the event is dispatched. The last call counts. */
  respondWith(answer: Promise<Answer>): void {
    this.#answer = answer;
  }

  /** Promise of the result. Null if `respondWith` was not called. */
  get answer(): Promise<Answer> | null {
    return this.#answer;
  }
}

/** Request to save the flow. */
export class FlowSaveEvent extends AnsweredEvent<SaveAnswer> {
  readonly flow: Flow;
  /** Version that the changes are based on. Null for a flow without a version. */
  readonly baseVersion: number | null;
  /** Whether the version should go live if it has no errors. False saves an unpublished version. */
  readonly live: boolean;
  /** UUID of the save. A retry of an unchanged failed save has the same one. */
  readonly saveId: string;
  /** New name of the flow if it was changed here. Otherwise the flow keeps the name that the host has. */
  readonly name: string | undefined;

  constructor(
    flow: Flow,
    { baseVersion, live, saveId, name }: Pick<FlowSaveEvent, 'baseVersion' | 'live' | 'saveId' | 'name'>,
  ) {
    super('flow-save');
    this.flow = flow;
    this.baseVersion = baseVersion;
    this.live = live;
    this.saveId = saveId;
    this.name = name;
  }
}

/** Event for a change of the selected card; null for none. */
export class FlowSelectEvent extends Event {
  readonly cardId: string | null;

  constructor(cardId: string | null) {
    super('flow-select', { bubbles: true, composed: true });
    this.cardId = cardId;
  }
}

/** Event for an error that the user cannot correct. */
export class FlowErrorEvent extends Event {
  /** Stable error code: `save-failed`, `save-unanswered`, `flow-unreadable`, `part-missing`. */
  readonly code: string;
  readonly error: unknown;

  constructor(code: string, error: unknown) {
    super('flow-error', { bubbles: true, composed: true });
    this.code = code;
    this.error = error;
  }
}

/** Request to create a flow. */
export class FlowCreateEvent extends AnsweredEvent<void> {
  /** Trimmed name, 1..100 code points. */
  readonly name: string;
  /** IANA time zone of the new flow. */
  readonly timeZone: string;

  constructor(name: string, timeZone: string) {
    super('flow-create');
    this.name = name;
    this.timeZone = timeZone;
  }
}

/** Base of the requests for one flow of a list. */
class FlowOfListEvent extends AnsweredEvent<void> {
  readonly id: string;

  constructor(type: string, id: string) {
    super(type);
    this.id = id;
  }
}

/** Request to open a flow in an editor. */
export class FlowOpenEvent extends FlowOfListEvent {
  constructor(id: string) {
    super('flow-open', id);
  }
}

/** Request to rename a flow. */
export class FlowRenameEvent extends FlowOfListEvent {
  /** Trimmed name, 1..100 code points. */
  readonly name: string;
  /** Newest version in the list. Send it to the host, which reports a conflict if it has a newer one. */
  readonly baseVersion: number;

  constructor(id: string, name: string, baseVersion: number) {
    super('flow-rename', id);
    this.name = name;
    this.baseVersion = baseVersion;
  }
}

/** Request to duplicate a flow. */
export class FlowDuplicateEvent extends FlowOfListEvent {
  constructor(id: string) {
    super('flow-duplicate', id);
  }
}

/** Request to delete a flow. The user confirmed it. */
export class FlowDeleteEvent extends FlowOfListEvent {
  /** Newest version in the list. Send it to the host, which reports a conflict if it has a newer one. */
  readonly baseVersion: number;

  constructor(id: string, baseVersion: number) {
    super('flow-delete', id);
    this.baseVersion = baseVersion;
  }
}

/** Request to download a flow's document as a file. */
export class FlowExportEvent extends FlowOfListEvent {
  constructor(id: string) {
    super('flow-export', id);
  }
}

/** Request to create a flow from the document of a file. The document is parsed. */
export class FlowImportEvent extends AnsweredEvent<void> {
  readonly flow: Flow;

  constructor(flow: Flow) {
    super('flow-import');
    this.flow = flow;
  }
}

/** Request to use another flow, or none, for an inbox. */
export class InboxFlowUpdateEvent extends AnsweredEvent<void> {
  readonly inboxId: string;
  readonly flowId: string | null;

  constructor(inboxId: string, flowId: string | null) {
    super('inbox-flow-update');
    this.inboxId = inboxId;
    this.flowId = flowId;
  }
}

declare global {
  interface HTMLElementEventMap {
    'flow-change': FlowChangeEvent;
    'flow-save': FlowSaveEvent;
    'flow-select': FlowSelectEvent;
    'flow-error': FlowErrorEvent;
    'flow-create': FlowCreateEvent;
    'flow-open': FlowOpenEvent;
    'flow-rename': FlowRenameEvent;
    'flow-duplicate': FlowDuplicateEvent;
    'flow-delete': FlowDeleteEvent;
    'flow-export': FlowExportEvent;
    'flow-import': FlowImportEvent;
    'inbox-flow-update': InboxFlowUpdateEvent;
  }
}
