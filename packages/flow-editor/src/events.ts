import type { Flow, FlowChange, Problem } from '@alur/flow';

/** What a host answers to a save. */
export type SaveAnswer =
  | {
      /** The number of the version that was made. */
      version: number;
      /** Whether that version is live now. */
      live: boolean;
      /** What the host found; an error keeps a version from going live. */
      problems: Problem[];
    }
  | {
      /** Somebody saved meanwhile: the newest version number, and its document. */
      conflict: { version: number; flow: Flow };
    };

/** The flow was changed by a person: by editing, undo or redo. */
export class FlowChangeEvent extends Event {
  /** The document after the change. Never mutated later: it can be kept. */
  readonly flow: Flow;
  readonly change: FlowChange;

  constructor(flow: Flow, change: FlowChange) {
    super('flow-change', { bubbles: true, composed: true });
    this.flow = flow;
    this.change = change;
  }
}

/**
 * An event that wants an answer: the element shows that it works until the promise settles, and an error when
 * it is rejected.
 */
export class AnsweredEvent<Answer> extends Event {
  #answer: Promise<Answer> | null = null;

  constructor(type: string) {
    super(type, { bubbles: true, composed: true });
  }

  /** Gives the promise of an answer; call it while the event is handled. The last call counts. */
  respondWith(answer: Promise<Answer>): void {
    this.#answer = answer;
  }

  /** The promised answer, or null when nobody gave one. */
  get answer(): Promise<Answer> | null {
    return this.#answer;
  }
}

/** The flow should be saved. */
export class FlowSaveEvent extends AnsweredEvent<SaveAnswer> {
  readonly flow: Flow;
  /** The version the changes are based on; null for a flow without one. */
  readonly baseVersion: number | null;
  /** Whether the version should go live if it has no errors; false saves a draft. */
  readonly live: boolean;
  /** A UUID that stands for this save; the same one when a failed save is tried again unchanged. */
  readonly saveId: string;
  /**
   * The name to give to the flow, when it was changed here; else the flow keeps the name that the host has.
   */
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

/** Another card is in hand; null for none. */
export class FlowSelectEvent extends Event {
  readonly cardId: string | null;

  constructor(cardId: string | null) {
    super('flow-select', { bubbles: true, composed: true });
    this.cardId = cardId;
  }
}

/** Something failed that the person in front of the editor cannot mend. */
export class FlowErrorEvent extends Event {
  /** A stable word: `save-failed`, `save-unanswered`, `flow-unreadable`, `part-missing`. */
  readonly code: string;
  readonly error: unknown;

  constructor(code: string, error: unknown) {
    super('flow-error', { bubbles: true, composed: true });
    this.code = code;
    this.error = error;
  }
}

/** A flow should be made. */
export class FlowCreateEvent extends AnsweredEvent<void> {
  /** Trimmed, 1..100 code points. */
  readonly name: string;
  /** The IANA time zone in which the new flow's times are to be read. */
  readonly timeZone: string;

  constructor(name: string, timeZone: string) {
    super('flow-create');
    this.name = name;
    this.timeZone = timeZone;
  }
}

/** Something should happen to one flow of a list. */
class FlowOfListEvent extends AnsweredEvent<void> {
  readonly id: string;

  constructor(type: string, id: string) {
    super(type);
    this.id = id;
  }
}

/** A flow should be opened in an editor. */
export class FlowOpenEvent extends FlowOfListEvent {
  constructor(id: string) {
    super('flow-open', id);
  }
}

/** A flow should get another name. */
export class FlowRenameEvent extends FlowOfListEvent {
  /** Trimmed, 1..100 code points. */
  readonly name: string;
  /** The newest version in the list, to be given to the host: a newer one there is a conflict. */
  readonly baseVersion: number;

  constructor(id: string, name: string, baseVersion: number) {
    super('flow-rename', id);
    this.name = name;
    this.baseVersion = baseVersion;
  }
}

/** A flow should be copied. */
export class FlowDuplicateEvent extends FlowOfListEvent {
  constructor(id: string) {
    super('flow-duplicate', id);
  }
}

/** A flow should be deleted; the person has confirmed it. */
export class FlowDeleteEvent extends FlowOfListEvent {
  /** The newest version in the list, to be given to the host: a newer one there is a conflict. */
  readonly baseVersion: number;

  constructor(id: string, baseVersion: number) {
    super('flow-delete', id);
    this.baseVersion = baseVersion;
  }
}

/** A flow's document should be handed out as a file. */
export class FlowExportEvent extends FlowOfListEvent {
  constructor(id: string) {
    super('flow-export', id);
  }
}

/** A document from a file should become a flow. It has been parsed. */
export class FlowImportEvent extends AnsweredEvent<void> {
  readonly flow: Flow;

  constructor(flow: Flow) {
    super('flow-import');
    this.flow = flow;
  }
}

/** An inbox should use another flow, or none. */
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
