import { currentFlow, type Flow } from '@alur/flow';
import type { ReactiveController } from 'lit';
import { FlowErrorEvent, FlowSaveEvent, type SaveAnswer } from '../../events.ts';
import { createUuid } from './create-uuid.ts';
import { nameConflicts } from './name-conflicts.ts';
import type { FlowEditor } from './flow-editor.ts';

/** How many of the cards that both sides changed are named. */
const NAMED = 5;

/**
 * Saving: asks the host, believes only its answer, and loses nothing when it refuses. Also keeps a page from
 * being left with unsaved changes.
 */
export class SaveController implements ReactiveController {
  /** The other side's document, while a person looks at it during a conflict; with what to go back to. */
  reviewed: { mine: Flow } | null = null;
  /** What a merge has to say. */
  note = '';

  readonly #host: FlowEditor;
  #isGuarding = false;
  /** The save whose result is not known: the same one repeated keeps its id, so that it makes one version. */
  #unanswered: FlowSaveEvent | null = null;

  constructor(host: FlowEditor) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdated(): void {
    this.#guard(this.#host.isConnected && this.#host.dirty && !this.#host.readonly);
  }

  hostDisconnected(): void {
    this.#guard(false);
  }

  /** Asks the host to save what is on the screen. */
  async save(live: boolean): Promise<void> {
    const { store } = this.#host;
    if (store.$phase.get().kind === 'saving' || this.#host.isLocked) return;
    this.#host.noteSaveTried();
    // Whoever saves means what they see, the field they are still in included.
    if (!this.#host.commitField()) return;
    const flow = store.$flow.get();
    if (!flow) return;
    const revision = store.$revision.get();
    this.note = '';
    const event = this.#eventFor(flow, live);
    this.#host.dispatchEvent(event);
    if (!event.answer) {
      this.#fail(new Error(this.#host.strings.save.noHost), 'save-unanswered', live);
      return;
    }
    store.$phase.set({ kind: 'saving' });
    try {
      const answer = await event.answer;
      // Another flow may have been opened meanwhile: the answer is not about it.
      if (store.$flow.get()?.id === flow.id) this.#take(answer, flow, revision, live);
    } catch (error) {
      if (store.$flow.get()?.id === flow.id) this.#fail(error, 'save-failed', live);
    }
  }

  /** Another document was set from outside: nothing of the last save is left. */
  reset(): void {
    this.#unanswered = null;
    this.reviewed = null;
    this.note = '';
  }

  dismiss(): void {
    this.note = '';
    this.#host.store.$phase.set({ kind: 'idle' });
    this.#host.requestUpdate();
  }

  /** Conflict: saves this document as the version after theirs. */
  keepMine(): void {
    const conflict = this.#conflict;
    if (!conflict) return;
    this.backToMine();
    const { store } = this.#host;
    const mine = store.$flow.get()!;
    const isNameTheirs = store.savedFlow?.name === mine.name && conflict.flow.name !== mine.name;
    this.#adopt(conflict.version, conflict.flow);
    // A name that was not changed here is theirs.
    if (isNameTheirs) this.#host.actions.rename(conflict.flow.name);
    void this.save(conflict.live);
  }

  /** Conflict: shows their document; undo brings this one back. */
  takeTheirs(): void {
    const conflict = this.#conflict;
    const { store, strings } = this.#host;
    if (!conflict) return;
    this.backToMine();
    if (!this.#host.actions.replace(conflict.flow, strings.undoLabels.takeTheirs)) return;
    this.#adopt(conflict.version, conflict.flow);
    store.$savedRevision.set(store.$revision.get());
  }

  /** Conflict: joins both; where both changed the same thing, this side counts. Nothing is saved yet. */
  async merge(): Promise<void> {
    const { mergeFlow } = await import('../../store/merge.ts');
    const conflict = this.#conflict;
    const { store, strings } = this.#host;
    if (!conflict) return;
    this.backToMine();
    const mine = store.$flow.get()!;
    const merged = mergeFlow(store.savedFlow ?? conflict.flow, mine, conflict.flow);
    if (!this.#host.actions.replace(merged.flow, strings.undoLabels.merge)) return;
    this.#adopt(conflict.version, conflict.flow);
    const names = nameConflicts(merged.conflicts, [merged.flow, conflict.flow, mine], strings);
    this.note = strings.save.merged(names.slice(0, NAMED), names.length);
    this.#host.announce(this.note);
    this.#host.requestUpdate();
  }

  /** Conflict: puts their document on the screen to look at, without touching this one or the history. */
  review(): void {
    const conflict = this.#conflict;
    const { store } = this.#host;
    if (!conflict || this.reviewed) return;
    this.reviewed = { mine: store.$flow.get()! };
    store.$selected.set(null);
    store.$panel.set(null);
    store.$flow.set(conflict.flow);
  }

  backToMine(): void {
    if (!this.reviewed) return;
    const { mine } = this.reviewed;
    this.reviewed = null;
    this.#host.store.$flow.set(mine);
  }

  get #conflict() {
    const phase = this.#host.store.$phase.get();
    return phase.kind === 'conflict' ? phase : null;
  }

  #eventFor(flow: Flow, live: boolean): FlowSaveEvent {
    const { store } = this.#host;
    const baseVersion = store.$version.get();
    const last = this.#unanswered;
    const isRepeated = last?.flow === flow && last.live === live && last.baseVersion === baseVersion;
    // The name is the flow's, not the version's: one that was not changed here must not replace a newer one.
    const name = baseVersion !== null && store.savedFlow?.name === flow.name ? undefined : flow.name;
    const saveId = isRepeated ? last.saveId : createUuid();
    this.#unanswered = new FlowSaveEvent(flow, { baseVersion, live, saveId, name });
    return this.#unanswered;
  }

  #take(answer: SaveAnswer, flow: Flow, revision: number, live: boolean): void {
    const { store, strings } = this.#host;
    this.#unanswered = null;
    if ('conflict' in answer) {
      const { version, flow: theirs } = answer.conflict;
      store.$phase.set({ kind: 'conflict', version, flow: currentFlow(theirs), live });
      this.#host.announce(strings.save.conflictTitle(answer.conflict.version));
      return;
    }
    store.markSaved(flow, revision, answer.version, answer.live);
    this.#host.version = answer.version;
    this.#host.live = answer.live;
    this.#host.problems = answer.problems;
    this.#host.announce(strings.say.saved(answer.version));
  }

  #adopt(version: number, flow: Flow): void {
    const { store } = this.#host;
    store.savedFlow = flow;
    store.$version.set(version);
    store.$savedRevision.set(-1);
    store.$phase.set({ kind: 'idle' });
    this.#host.version = version;
  }

  #fail(error: unknown, code: string, live: boolean): void {
    const { store, strings } = this.#host;
    const message = error instanceof Error ? error.message : '';
    store.$phase.set({ kind: 'failed', message, live });
    this.#host.announce(strings.save.failed);
    this.#host.dispatchEvent(new FlowErrorEvent(code, error));
  }

  #guard(isWanted: boolean): void {
    if (isWanted === this.#isGuarding) return;
    this.#isGuarding = isWanted;
    if (isWanted) window.addEventListener('beforeunload', stay);
    else window.removeEventListener('beforeunload', stay);
  }
}

function stay(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
