import type { ReactiveController } from 'lit';
import type { FlowInspector } from '../flow-inspector/flow-inspector.ts';
import type { FlowEditor } from './flow-editor.ts';

/** How long plain letters are ignored after one that could not do its command, in milliseconds. */
const IGNORE_MS = 1000;

/** A field of the details by its name, the first one by `''`, or the text of a button by its card. */
export type FieldWish = { field: string } | { buttonId: string };

/**
 * Where the keyboard goes next. A card or field that is not drawn yet gets the focus as soon as it is; what
 * is typed towards a field whose code is still on its way is kept for it, and is no shortcut meanwhile.
 */
export class EditorFocus implements ReactiveController {
  readonly #host: FlowEditor;
  #cardId: string | null = null;
  #wish: FieldWish | null = null;
  /** The panel holds the focus for a field that is not there yet. */
  #isHeld = false;
  #typed = '';
  /** The element that had the focus before an update. */
  #before: HTMLElement | null = null;
  #ignoreUntil = 0;

  constructor(host: FlowEditor) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdate(): void {
    this.#before = focusedIn(this.#host);
  }

  hostUpdated(): void {
    if (this.#before) void this.#restoreFocus(this.#before);
    // The outline may only now have come.
    if (this.#cardId !== null) this.toCard(this.#cardId);
    if (this.#wish === null) return;
    const { inspector, renderRoot } = this.#host;
    const panel = renderRoot.querySelector<HTMLElement>('.panel');
    if (this.#isHeld && (renderRoot as ShadowRoot).activeElement !== panel) {
      // The person has gone elsewhere while the details came; the focus stays there.
      this.#forget();
      return;
    }
    if (inspector) {
      const wish = this.#wish;
      const typed = this.#typed;
      this.#forget();
      void giveFocus(inspector, wish, typed);
    } else if (panel) {
      this.#isHeld = true;
      panel.focus({ preventScroll: true });
    }
  }

  /** Puts the focus on a card once it is drawn. */
  toCard(cardId: string): void {
    this.#cardId = cardId;
    void this.#settled().then(() => this.#takeUp());
  }

  /** Gives the focus to the card that should have it, once there is a drawing. */
  #takeUp(): void {
    const { drawing } = this.#host;
    if (!drawing || this.#cardId === null) return;
    drawing.focusCard(this.#cardId);
    this.#cardId = null;
  }

  /**
   * Keeps the focus in the editor when an update removed, disabled or moved the element that had it: it
   * returns to the element, or else goes to the selected card.
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
   * Ignores plain letters for a second after a command that was refused: they belong to a search that the
   * person expected, and would run one command after the other.
   */
  ignoreLetters(event: KeyboardEvent): void {
    if (isPlainLetter(event)) this.#ignoreUntil = event.timeStamp + IGNORE_MS;
  }

  /** Whether a key is one of the letters to ignore. */
  ignores(event: KeyboardEvent): boolean {
    if (event.timeStamp >= this.#ignoreUntil || !isPlainLetter(event)) return false;
    this.ignoreLetters(event);
    event.preventDefault();
    return true;
  }

  /** Puts the focus into a field of the details with the next update. */
  toField(wish: FieldWish): void {
    this.#forget();
    this.#wish = wish;
    this.#host.requestUpdate();
  }

  /** When the drawing has the focus, gives it to the card in hand after the next change. */
  keep(): void {
    const host = this.#host;
    if (!host.drawing?.shadowRoot?.activeElement) return;
    void this.#settled().then(() =>
      host.drawing?.focusCard(host.store.$selected.get() ?? host.layout.order[0]!.id),
    );
  }

  /** Keeps a key for the field that comes; says whether it did. */
  hold(event: KeyboardEvent): boolean {
    if (!this.#isHeld || event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.key === 'Backspace') this.#typed = [...this.#typed].slice(0, -1).join('');
    else if ([...event.key].length === 1) this.#typed += event.key;
    else return false;
    event.preventDefault();
    return true;
  }

  #forget(): void {
    this.#wish = null;
    this.#isHeld = false;
    this.#typed = '';
  }

  /** Waits until the drawing and the details show the current state. */
  async #settled(): Promise<void> {
    await this.#host.updateComplete;
    await this.#host.drawing?.updateComplete;
    await this.#host.inspector?.updateComplete;
  }
}

function isPlainLetter({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return [...key].length === 1 && !ctrlKey && !metaKey && !altKey;
}

/** The element with the focus, through the shadow roots of `host`. */
function focusedIn(host: HTMLElement): HTMLElement | null {
  let element = (host.shadowRoot?.activeElement ?? null) as HTMLElement | null;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement as HTMLElement;
  return element;
}

async function giveFocus(inspector: FlowInspector, wish: FieldWish, typed: string): Promise<void> {
  await ('field' in wish ? inspector.focusField(wish.field) : inspector.focusButton(wish.buttonId));
  if (typed) typeInto(inspector, typed);
}

/** Types where the focus is, as a keyboard would. */
function typeInto(inside: Element, data: string): void {
  let field: Element | null = inside;
  while (field?.shadowRoot) field = field.shadowRoot.activeElement;
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return;
  field.setRangeText(data, field.selectionStart ?? 0, field.selectionEnd ?? 0, 'end');
  field.dispatchEvent(
    new InputEvent('input', { bubbles: true, composed: true, inputType: 'insertText', data }),
  );
}
