import type { LitElement, ReactiveController, ReactiveControllerHost } from 'lit';
import type { FlowLayout } from '../../layout/flow-layout.ts';
import type { EditorStore } from '../../store/editor-store.ts';
import type { FlowCanvas } from '../flow-canvas/flow-canvas.ts';
import type { FlowInspector } from '../flow-inspector/flow-inspector.ts';
import type { FlowOutline } from '../flow-outline/flow-outline.ts';

/** Duration in which plain letters are ignored after a rejected command, in milliseconds. */
const IGNORE_MS = 1000;

/**
 * Target of the focus in the details: a field by its name (`''` for the first one), or the text of a button
 * by its card.
 */
export type FieldWish = { field: string } | { buttonId: string };

/** What the controller needs of the editor. */
export interface FocusHost extends ReactiveControllerHost, HTMLElement {
  readonly renderRoot: HTMLElement | DocumentFragment;
  readonly store: EditorStore;
  readonly layout: FlowLayout;
  /** Canvas or outline. */
  readonly drawing: FlowCanvas | FlowOutline | null;
  readonly inspector: FlowInspector | null;
}

/**
 * Moves the keyboard focus. A card or field that is not rendered yet gets the focus after its rendering. Keys
 * typed while the code of the details loads are stored for the field and run no shortcuts.
 */
export class EditorFocus implements ReactiveController {
  readonly #host: FocusHost;
  #cardId: string | null = null;
  #target: FieldWish | null = null;
  /** Whether the panel has the focus in place of a field that is not rendered yet. */
  #isHeld = false;
  #typed = '';
  /** Element that had the focus before an update. */
  #before: HTMLElement | null = null;
  #ignoreUntil = 0;

  constructor(host: FocusHost) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdate(): void {
    this.#before = focusedIn(this.#host);
  }

  hostUpdated(): void {
    if (this.#before) void this.#restoreFocus(this.#before);
    // The outline can finish loading before this update.
    if (this.#cardId !== null) this.toCard(this.#cardId);
    if (this.#target === null) return;
    const { inspector, renderRoot } = this.#host;
    const panel = renderRoot.querySelector<HTMLElement>('.panel');
    if (this.#isHeld && (renderRoot as ShadowRoot).activeElement !== panel) {
      // The user moved the focus while the details loaded. Keep it there.
      this.#clear();
      return;
    }
    if (inspector) {
      const target = this.#target;
      const typed = this.#typed;
      this.#clear();
      void focusTarget(inspector, target, typed);
    } else if (panel) {
      this.#isHeld = true;
      panel.focus({ preventScroll: true });
    }
  }

  /** Focuses a card after it is rendered. */
  toCard(cardId: string): void {
    this.#cardId = cardId;
    void this.#settled().then(() => this.#focusRequestedCard());
  }

  /** Focuses the requested card, if the canvas or outline is rendered. */
  #focusRequestedCard(): void {
    const { drawing } = this.#host;
    if (!drawing || this.#cardId === null) return;
    drawing.focusCard(this.#cardId);
    this.#cardId = null;
  }

  /**
   * Keeps the focus in the editor if an update removed, disabled or moved the focused element: focuses the
   * element again, or else the selected card.
   */
  async #restoreFocus(before: HTMLElement): Promise<void> {
    await this.#settled();
    const host = this.#host;
    const isOnPage = (document.activeElement ?? document.body) === document.body;
    const isLost = focusedIn(host) === null && isOnPage;
    if (!host.isConnected || !(isLost || before.matches(':disabled'))) return;
    if (before.isConnected && !before.matches(':disabled')) before.focus({ preventScroll: true });
    else if (this.#cardId === null) host.focus();
  }

  /**
   * Ignores plain letters for a second after a rejected command. The user probably types a search text, and
   * each letter would run a command.
   */
  ignoreLetters(event: KeyboardEvent): void {
    if (isPlainLetter(event)) this.#ignoreUntil = event.timeStamp + IGNORE_MS;
  }

  /** Returns whether a key is one of the ignored letters. */
  ignores(event: KeyboardEvent): boolean {
    if (event.timeStamp >= this.#ignoreUntil || !isPlainLetter(event)) return false;
    this.ignoreLetters(event);
    event.preventDefault();
    return true;
  }

  /** Focuses a field of the details with the next update. */
  toField(target: FieldWish): void {
    this.#clear();
    this.#target = target;
    this.#host.requestUpdate();
  }

  /** If the canvas or outline has the focus, focuses the selected card after the next change. */
  keep(): void {
    const host = this.#host;
    if (!host.drawing?.shadowRoot?.activeElement) return;
    void this.#settled().then(() =>
      host.drawing?.focusCard(host.store.$selected.get() ?? host.layout.order[0]!.id),
    );
  }

  /** Stores a key for the field that is loading. Returns whether it did. */
  hold(event: KeyboardEvent): boolean {
    if (!this.#isHeld || event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.key === 'Backspace') this.#typed = [...this.#typed].slice(0, -1).join('');
    else if ([...event.key].length === 1) this.#typed += event.key;
    else return false;
    event.preventDefault();
    return true;
  }

  #clear(): void {
    this.#target = null;
    this.#isHeld = false;
    this.#typed = '';
  }

  /** Waits until the parts whose focused element an update can remove are updated. */
  async #settled(): Promise<void> {
    await this.#host.updateComplete;
    const parts = this.#host.renderRoot.querySelectorAll<LitElement>('flow-toolbar, flow-save-notice');
    await Promise.all([...parts].map(({ updateComplete }) => updateComplete));
    await this.#host.drawing?.updateComplete;
    await this.#host.inspector?.updateComplete;
  }
}

function isPlainLetter({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return [...key].length === 1 && !ctrlKey && !metaKey && !altKey;
}

/** Returns the focused element, through the shadow roots of `host`. */
function focusedIn(host: HTMLElement): HTMLElement | null {
  let element = (host.shadowRoot?.activeElement ?? null) as HTMLElement | null;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement as HTMLElement;
  return element;
}

async function focusTarget(inspector: FlowInspector, target: FieldWish, typed: string): Promise<void> {
  await ('field' in target ? inspector.focusField(target.field) : inspector.focusButton(target.buttonId));
  if (typed) typeInto(inspector, typed);
}

/** Types into the focused element like a keyboard. */
function typeInto(inside: Element, data: string): void {
  let field: Element | null = inside;
  while (field?.shadowRoot) field = field.shadowRoot.activeElement;
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return;
  field.setRangeText(data, field.selectionStart ?? 0, field.selectionEnd ?? 0, 'end');
  field.dispatchEvent(
    new InputEvent('input', { bubbles: true, composed: true, inputType: 'insertText', data }),
  );
}
