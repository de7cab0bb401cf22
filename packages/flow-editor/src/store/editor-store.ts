import {
  applyChange,
  groupChanges,
  type Flow,
  type FlowChange,
  type FlowLimits,
  type Problem,
  type TraceEntry,
} from '@alur/flow';
import { atom } from 'nanostores';
import { isDirty } from './save-state.ts';
import { untried, type TriedConversation } from './tried-conversation.ts';

/** The panels that can stand beside the drawing. */
export type Panel = 'details' | 'problems' | 'try' | 'search';

/** Where a save is. A conflict carries what the other side has. */
export type SavePhase =
  | { kind: 'idle' }
  | { kind: 'saving' }
  | { kind: 'failed'; message: string; live: boolean }
  | { kind: 'conflict'; version: number; flow: Flow; live: boolean };

/** One undo step. */
interface Step {
  label: string;
  changes: FlowChange[];
  /** What takes the changes back, in the order in which it has to be applied. */
  inverses: FlowChange[];
  before: Snapshot;
  after: Snapshot;
  mergeKey: string | undefined;
  at: number;
}

interface Snapshot {
  flow: Flow;
  revision: number;
  selected: string | null;
}

/** How a change enters the history. */
export interface CommitOptions {
  /** What the step is called when it is undone. */
  label: string;
  /** Changes with the same key in quick succession become one step. */
  mergeKey?: string;
  /** The card in hand afterwards; by default the same. */
  select?: string | null;
}

/** What became of a commit: the document changed, or the engine refused and says why. */
export type CommitResult = { ok: true } | { ok: false; problems: readonly Problem[] };

/** Typing that pauses longer than this begins a new undo step. */
const MERGE_MS = 1500;

/**
 * Everything the editor knows, without a screen: the document, its history, the card in hand, what is open.
 * Saving does not touch the history, and whether there is something to save is a comparison of revisions,
 * never a flag.
 */
export class EditorStore {
  readonly $flow = atom<Flow | null>(null);
  readonly $revision = atom(0);
  readonly $savedRevision = atom(0);
  readonly $version = atom<number | null>(null);
  readonly $isLive = atom(false);
  readonly $phase = atom<SavePhase>({ kind: 'idle' });
  readonly $selected = atom<string | null>(null);
  readonly $panel = atom<Panel | null>(null);
  readonly $view = atom<'canvas' | 'outline'>('canvas');
  readonly $problems = atom<Problem[]>([]);
  readonly $trace = atom<ReadonlyMap<string, TraceEntry> | null>(null);
  readonly $tried = atom<TriedConversation>(untried);
  readonly $found = atom<ReadonlySet<string> | null>(null);
  /** The document that the host has: the base of a merge. */
  savedFlow: Flow | null = null;
  /** Upper bounds of the document other than the format's own; see `parseFlow`. */
  limits: Partial<FlowLimits> = {};

  #undo: Step[] = [];
  #redo: Step[] = [];
  #lastRevision = 0;
  readonly #changed: (flow: Flow, change: FlowChange) => void;
  readonly #now: () => number;

  /**
   * `changed` is told of every change, undo and redo included; `now` is the clock that separates undo steps.
   */
  constructor(changed: (flow: Flow, change: FlowChange) => void, now: () => number = Date.now) {
    this.#changed = changed;
    this.#now = now;
  }

  get canUndo(): boolean {
    return this.#undo.length > 0;
  }

  get canRedo(): boolean {
    return this.#redo.length > 0;
  }

  get isDirty(): boolean {
    return isDirty({ revision: this.$revision.get(), savedRevision: this.$savedRevision.get() });
  }

  /** What the next undo takes back, and the next redo does again. */
  get undoLabel(): string {
    return this.#undo.at(-1)?.label ?? '';
  }

  get redoLabel(): string {
    return this.#redo.at(-1)?.label ?? '';
  }

  /** Shows a document as the host has it. The history begins anew. */
  load(flow: Flow | null): void {
    const isOther = flow?.id !== this.$flow.get()?.id;
    this.#undo = [];
    this.#redo = [];
    this.savedFlow = flow;
    this.$phase.set({ kind: 'idle' });
    this.$revision.set(++this.#lastRevision);
    this.$savedRevision.set(this.#lastRevision);
    this.$problems.set([]);
    this.$trace.set(null);
    this.$found.set(null);
    if (isOther) {
      this.$panel.set(null);
      this.$tried.set(untried);
    }
    const selected = this.$selected.get();
    if (isOther || (selected && !flow?.cards[selected])) this.$selected.set(null);
    this.$flow.set(flow);
  }

  /**
   * Changes the document as one undo step. A change that the engine refuses leaves document and history as
   * they are.
   */
  commit(change: FlowChange | null, options: CommitOptions): CommitResult {
    const flow = this.$flow.get();
    if (!flow || !change) return { ok: false, problems: [] };
    const applied = applyChange(flow, change, { limits: this.limits });
    if (!applied.ok) return applied;
    const before = this.#snapshot(flow);
    const selected = options.select === undefined ? before.selected : options.select;
    const after = { flow: applied.flow, revision: ++this.#lastRevision, selected };
    const at = this.#now();
    const last = this.#undo.at(-1);
    const isSame = options.mergeKey !== undefined && last?.mergeKey === options.mergeKey;
    // A step that was saved stays a step of its own: undo has to find the saved state again.
    const isJoined = isSame && at - last.at < MERGE_MS && before.revision !== this.$savedRevision.get();
    if (isJoined) {
      last.changes.push(change);
      last.inverses.unshift(applied.inverse);
      last.after = after;
      last.at = at;
    } else {
      const { label, mergeKey } = options;
      this.#undo.push({ label, mergeKey, changes: [change], inverses: [applied.inverse], before, after, at });
    }
    this.#redo = [];
    this.#show(after, [change]);
    return { ok: true };
  }

  /** Takes the last step back; gives its label, or null when there is none. */
  undo(): string | null {
    const step = this.#undo.pop();
    if (!step) return null;
    this.#redo.push(step);
    this.#show(step.before, step.inverses);
    return step.label;
  }

  /** Does the last undone step again; gives its label, or null when there is none. */
  redo(): string | null {
    const step = this.#redo.pop();
    if (!step) return null;
    this.#undo.push(step);
    this.#show(step.after, step.changes);
    return step.label;
  }

  /** The host has taken the document of `revision` as `version`. */
  markSaved(flow: Flow, revision: number, version: number, isLive: boolean): void {
    this.savedFlow = flow;
    this.$savedRevision.set(revision);
    this.$version.set(version);
    this.$isLive.set(isLive);
    this.$phase.set({ kind: 'idle' });
  }

  #snapshot(flow: Flow): Snapshot {
    return { flow, revision: this.$revision.get(), selected: this.$selected.get() };
  }

  #show({ flow, revision, selected }: Snapshot, changes: FlowChange[]): void {
    const kept = selected !== null && flow.cards[selected] ? selected : null;
    this.$revision.set(revision);
    if (this.$phase.get().kind === 'failed') this.$phase.set({ kind: 'idle' });
    this.$selected.set(kept);
    if (kept === null && this.$panel.get() === 'details') this.$panel.set(null);
    this.$flow.set(flow);
    this.#changed(flow, changes.length === 1 ? changes[0]! : groupChanges('edit', changes));
  }
}
