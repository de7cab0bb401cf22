import {
  applyChange,
  groupChanges,
  type Flow,
  type FlowChange,
  type FlowLimits,
  type Problem,
  type TraceEntry,
} from '@alur/flow';
import { atom, type ReadableAtom } from 'nanostores';
import type { EditorKinds } from '../kinds/editor-kind.ts';
import { editorKinds } from '../kinds/editor-kinds.ts';
import { isDirty } from './save-state.ts';
import { untried, type TriedConversation } from './tried-conversation.ts';

/** Panels beside the canvas or outline. */
export type Panel = 'details' | 'problems' | 'try' | 'search';

/** State of a save. A conflict contains the other version. */
export type SavePhase =
  | { kind: 'idle' }
  | { kind: 'saving' }
  | { kind: 'failed'; message: string; live: boolean }
  | { kind: 'conflict'; version: number; flow: Flow; live: boolean };

/** Undo step. */
interface Step {
  label: string;
  changes: FlowChange[];
  /** Inverse changes, in the order in which they must be applied. */
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

/** Options of a history entry. */
export interface CommitOptions {
  /** Name of the step for undo and redo. */
  label: string;
  /** Key of the step. Successive changes with the same key become one step. */
  mergeKey?: string;
  /** Card to select after the change. Default: the selection stays. */
  select?: string | null;
}

/** Result of a commit: the document changed, or the problems for which the engine rejected it. */
export type CommitResult = { ok: true } | { ok: false; problems: readonly Problem[] };

/** Pause in typing after which a new undo step begins, in milliseconds. */
const MERGE_MS = 1500;

/**
 * State of the editor without a view: the document, its history, the selected card, open panels. Saving does
 * not change the history. Unsaved changes are derived from revisions, not stored as a flag.
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
  /** Document that the host has, the base of a merge. */
  savedFlow: Flow | null = null;
  /** Kinds of cards and tests. */
  kinds: EditorKinds = editorKinds;
  /** Limits of the document that differ from the format's limits; see `parseFlow`. */
  limits: Partial<FlowLimits> = {};

  #undo: Step[] = [];
  #redo: Step[] = [];
  #lastRevision = 0;
  readonly #changed: (flow: Flow, change: FlowChange) => void;
  readonly #now: () => number;

  /**
   * Creates an empty store. `changed` is called for every change, including undo and redo. `now` is the clock
   * that separates undo steps.
   */
  constructor(changed: (flow: Flow, change: FlowChange) => void, now: () => number = Date.now) {
    this.#changed = changed;
    this.#now = now;
  }

  /** Atoms of what an editor shows. */
  get shownAtoms(): readonly Pick<ReadableAtom<unknown>, 'listen'>[] {
    const { $flow, $revision, $savedRevision, $version, $isLive, $phase } = this;
    const { $selected, $panel, $view, $problems, $trace, $found } = this;
    const ofDocument = [$flow, $revision, $savedRevision, $version, $isLive, $phase];
    return [...ofDocument, $selected, $panel, $view, $problems, $trace, $found];
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

  /** Name of the step that the next undo or redo applies. */
  get undoLabel(): string {
    return this.#undo.at(-1)?.label ?? '';
  }

  get redoLabel(): string {
    return this.#redo.at(-1)?.label ?? '';
  }

  /** Loads a document of the host and clears the history. */
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
   * Changes the document as one undo step. A rejected change leaves the document and the history unchanged.
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
    // Do not extend a saved step, so that undo can return to the saved state.
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

  /** Undoes the last step. Returns its label, or null if there is none. */
  undo(): string | null {
    const step = this.#undo.pop();
    if (!step) return null;
    this.#redo.push(step);
    this.#show(step.before, step.inverses);
    return step.label;
  }

  /** Redoes the last undone step. Returns its label, or null if there is none. */
  redo(): string | null {
    const step = this.#redo.pop();
    if (!step) return null;
    this.#undo.push(step);
    this.#show(step.after, step.changes);
    return step.label;
  }

  /** Records that the host saved the document of `revision` as `version`. */
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
