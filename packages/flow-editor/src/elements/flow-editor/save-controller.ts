import { currentFlow, type Flow, type Problem } from '@alur/flow';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { FlowErrorEvent, FlowSaveEvent, type SaveAnswer } from '../../events.ts';
import type { EditorActions } from '../../store/editor-actions.ts';
import type { EditorStore } from '../../store/editor-store.ts';
import type { Strings } from '../../strings/strings.ts';
import type { SaveChoice } from '../requests.ts';
import { createUuid } from './create-uuid.ts';
import { nameConflicts } from './name-conflicts.ts';

/** Maximum number of named cards in the message of a merge. */
const NAMED = 5;

/** What the controller needs of the editor. */
export interface SaveHost extends ReactiveControllerHost, EventTarget {
  readonly store: EditorStore;
  readonly actions: EditorActions;
  readonly strings: Strings;
  readonly isConnected: boolean;
  readonly readonly: boolean;
  readonly isLocked: boolean;
  /** Whether there are unsaved changes. */
  readonly dirty: boolean;
  version: number | null;
  live: boolean;
  problems: Problem[] | null;
  /** Commits the focused field and shows all problems. Returns false if the value of a field is invalid. */
  prepareSave(): boolean;
}

/**
 * Saves the flow and handles the result. State changes only after the response of the host, and a rejected
 * save loses no changes. Warns before the page is left with unsaved changes.
 */
export class SaveController implements ReactiveController {
  /** Own document while the other version of a conflict is shown for review. Null without a review. */
  reviewed: { mine: Flow } | null = null;
  /** Message about the last merge. */
  note = '';

  readonly #host: SaveHost;
  #isGuarding = false;
  /** Last save without a known result. A repeated save keeps its id, so that the host creates one version. */
  #unanswered: FlowSaveEvent | null = null;

  constructor(host: SaveHost) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdated(): void {
    this.#guard(this.#host.isConnected && this.#host.dirty && !this.#host.readonly);
  }

  hostDisconnected(): void {
    this.#guard(false);
  }

  /** Dispatches `flow-save` for the shown document. */
  async save(live: boolean): Promise<void> {
    const { store } = this.#host;
    if (store.$phase.get().kind === 'saving' || this.#host.isLocked) return;
    // A save includes the field that has the focus.
    if (!this.#host.prepareSave()) return;
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
      // Ignore the answer if another flow was opened in the meantime.
      if (store.$flow.get()?.id === flow.id) this.#applyAnswer(answer, flow, revision, live);
    } catch (error) {
      if (store.$flow.get()?.id === flow.id) this.#fail(error, 'save-failed', live);
    }
  }

  /** Clears the state of the last save. Call it when the page sets another document. */
  reset(): void {
    this.#unanswered = null;
    this.reviewed = null;
    this.note = '';
  }

  /** Runs an action of the notice about the last save. */
  choose(choice: SaveChoice): void {
    const phase = this.#host.store.$phase.get();
    const runs: Record<SaveChoice, () => void> = {
      retry: () => void (phase.kind === 'failed' && this.save(phase.live)),
      dismiss: () => this.#dismiss(),
      review: () => this.review(),
      'end-review': () => this.endReview(),
      'take-theirs': () => this.takeTheirs(),
      'keep-mine': () => this.keepMine(),
      merge: () => void this.merge(),
    };
    runs[choice]();
  }

  /** Resolves a conflict: saves this document as the next version after the host's one. */
  keepMine(): void {
    const conflict = this.#conflict;
    if (!conflict) return;
    this.endReview();
    const { store } = this.#host;
    const mine = store.$flow.get()!;
    const isNameTheirs = store.savedFlow?.name === mine.name && conflict.flow.name !== mine.name;
    this.#adopt(conflict.version, conflict.flow);
    // Use the host's name if it was not changed here.
    if (isNameTheirs) this.#host.actions.rename(conflict.flow.name);
    void this.save(conflict.live);
  }

  /** Resolves a conflict: loads the host's document. Undo restores the own one. */
  takeTheirs(): void {
    const conflict = this.#conflict;
    const { store, strings } = this.#host;
    if (!conflict) return;
    this.endReview();
    if (!this.#host.actions.replace(conflict.flow, strings.undoLabels.takeTheirs)) return;
    this.#adopt(conflict.version, conflict.flow);
    store.$savedRevision.set(store.$revision.get());
  }

  /**
   * Resolves a conflict: merges both documents. If both sides changed the same field, the own value counts.
   * Does not save.
   */
  async merge(): Promise<void> {
    const { mergeFlow } = await import('../../store/merge.ts');
    const conflict = this.#conflict;
    const { store, strings } = this.#host;
    if (!conflict) return;
    this.endReview();
    const mine = store.$flow.get()!;
    const merged = mergeFlow(store.savedFlow ?? conflict.flow, mine, conflict.flow);
    if (!this.#host.actions.replace(merged.flow, strings.undoLabels.merge)) return;
    this.#adopt(conflict.version, conflict.flow);
    const names = nameConflicts(merged.conflicts, [merged.flow, conflict.flow, mine], {
      strings,
      kinds: store.kinds,
    });
    this.note = strings.save.merged(names.slice(0, NAMED), names.length);
    this.#host.actions.view.announce(this.note);
    this.#host.requestUpdate();
  }

  /**
   * Shows the host's document for review during a conflict, without changing the own document or the history.
   */
  review(): void {
    const conflict = this.#conflict;
    const { store } = this.#host;
    if (!conflict || this.reviewed) return;
    this.reviewed = { mine: store.$flow.get()! };
    store.$selected.set(null);
    store.$panel.set(null);
    store.$flow.set(conflict.flow);
  }

  /** Shows the own document again. */
  endReview(): void {
    if (!this.reviewed) return;
    const { mine } = this.reviewed;
    this.reviewed = null;
    this.#host.store.$flow.set(mine);
  }

  #dismiss(): void {
    this.note = '';
    this.#host.store.$phase.set({ kind: 'idle' });
    this.#host.requestUpdate();
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
    // A name belongs to the flow, not to a version. An unchanged name must not replace a newer one.
    const name = baseVersion !== null && store.savedFlow?.name === flow.name ? undefined : flow.name;
    const saveId = isRepeated ? last.saveId : createUuid();
    this.#unanswered = new FlowSaveEvent(flow, { baseVersion, live, saveId, name });
    return this.#unanswered;
  }

  #applyAnswer(answer: SaveAnswer, flow: Flow, revision: number, live: boolean): void {
    const { store, strings } = this.#host;
    this.#unanswered = null;
    if ('conflict' in answer) {
      const { version, flow: theirs } = answer.conflict;
      store.$phase.set({ kind: 'conflict', version, flow: currentFlow(theirs), live });
      this.#host.actions.view.announce(strings.save.conflictTitle(answer.conflict.version));
      return;
    }
    store.markSaved(flow, revision, answer.version, answer.live);
    this.#host.version = answer.version;
    this.#host.live = answer.live;
    this.#host.problems = answer.problems;
    this.#host.actions.view.announce(strings.say.saved(answer.version));
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
    this.#host.actions.view.announce(strings.save.failed);
    this.#host.dispatchEvent(new FlowErrorEvent(code, error));
  }

  #guard(isWanted: boolean): void {
    if (isWanted === this.#isGuarding) return;
    this.#isGuarding = isWanted;
    if (isWanted) window.addEventListener('beforeunload', preventUnload);
    else window.removeEventListener('beforeunload', preventUnload);
  }
}

function preventUnload(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
