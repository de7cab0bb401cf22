import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { FlowErrorEvent } from '../../events.ts';
import type { EditorStore } from '../../store/editor-store.ts';
import type { Strings } from '../../strings/strings.ts';
import { loadPart, type LazyPart } from '../lazy-parts.ts';

/** What the controller needs of the editor. */
export interface PartsHost extends ReactiveControllerHost, EventTarget {
  readonly store: EditorStore;
  readonly strings: Strings;
  readonly renderRoot: ParentNode;
}

/** Loads lazy parts of the editor, each once, and tracks failures. */
export class PartsController implements ReactiveController {
  /** Parts that failed to load. Their placeholders offer a retry. */
  readonly failed = new Set<LazyPart>();

  readonly #host: PartsHost;
  readonly #requested = new Set<LazyPart>();

  constructor(host: PartsHost) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdated(): void {
    const { $panel, $view } = this.#host.store;
    const panel = $panel.get();
    if (panel) void this.fetch(panel);
    if ($view.get() === 'outline') void this.fetch('outline');
    // Prefetch: most users change a card, and most changes produce problems.
    if (!this.#requested.has('details')) void this.fetch('details').then(() => this.fetch('problems'));
  }

  /** Loads a part. A failed part is loaded again only by `retry`, not by each update. */
  async fetch(part: LazyPart): Promise<void> {
    if (this.#requested.has(part)) return;
    this.#requested.add(part);
    try {
      await loadPart(part);
      this.#host.requestUpdate();
    } catch (error) {
      this.#fail(part, error);
    }
  }

  retry(part: LazyPart): void {
    this.#requested.delete(part);
    this.failed.delete(part);
    this.#host.requestUpdate();
    void this.fetch(part);
  }

  /** Shows a new dialog of keyboard shortcuts. */
  async openShortcuts(): Promise<void> {
    try {
      await loadPart('shortcuts');
    } catch (error) {
      this.#fail('shortcuts', error);
      return;
    }
    const dialog = document.createElement('flow-shortcuts') as HTMLElement & { strings: Strings };
    dialog.strings = this.#host.strings;
    dialog.addEventListener('close', () => dialog.remove());
    this.#host.renderRoot.append(dialog);
  }

  #fail(part: LazyPart, error: unknown): void {
    this.failed.add(part);
    this.#host.requestUpdate();
    this.#host.dispatchEvent(new FlowErrorEvent('part-missing', error));
  }
}
