import { isComposing } from '@alur/flow/keyboard';
import { isBlank } from '@alur/flow/text';
import { countCharacters, cutText } from '@alur/flow/text';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Strings } from '../../strings/strings.ts';
import { PanelRequestEvent } from '../request.ts';
import { sendIcon } from '../templates/icons.ts';
import { PanelElement } from '../panel-element.ts';
import { tokens } from '../tokens.styles.ts';
import { composerStyles } from './composer.styles.ts';

/** Maximum length of a visitor's text in the contract, in code points. */
const LIMIT = 4_000;
/** Length from which the remaining characters are shown. */
const WARN_FROM = 3_700;

/**
 * @summary The visitor's text field: Enter sends, Shift+Enter breaks the line, input methods keep their
 * Enter.
 * @fires panel-request - `send` or `draft`.
 */
export class Composer extends PanelElement {
  static override styles = [tokens, composerStyles];
  static override properties = {
    draft: { attribute: false },
    strings: { attribute: false },
    shown: { attribute: false },
    isCut: { attribute: false },
  };

  declare draft: string;
  declare strings: Strings;
  /** Whether the composer is visible, so that it can be measured. */
  declare shown: boolean;
  /** Whether the last insertion was cut because it did not fit. */
  declare isCut: boolean;

  /** The draft that was counted last, and its length. */
  #counted = { text: '', count: 0 };

  constructor() {
    super();
    this.draft = '';
    this.shown = false;
    this.isCut = false;
  }

  /** The text field. */
  get field(): HTMLTextAreaElement {
    return this.renderRoot.querySelector('textarea')!;
  }

  override focus(): void {
    this.field.focus({ preventScroll: true });
  }

  protected override updated(changed: PropertyValues): void {
    // Set only when it differs: setting would end an input method's composition.
    if (this.field.value !== this.draft) this.field.value = this.draft;
    if (changed.has('draft') || changed.has('shown')) this.#grow();
  }

  /** Sets the height to that of the text. `max-block-size` in the styles limits it. */
  #grow() {
    const { field, draft, shown } = this;
    const { style } = field;
    style.blockSize = 'auto';
    // An empty field has the height of one row, so it is not measured.
    if (!draft || !shown) return;
    style.blockSize = `${field.scrollHeight}px`;
    // The change of height scrolls to the start. Keep a caret at the end visible.
    if (field.selectionEnd === draft.length) field.scrollTop = field.scrollHeight;
  }

  get #count(): number {
    const { draft } = this;
    if (this.#counted.text !== draft) this.#counted = { text: draft, count: countCharacters(draft) };
    return this.#counted.count;
  }

  /** Whether there is text to send. */
  get canSend(): boolean {
    return !isBlank(this.draft) && this.#count <= LIMIT;
  }

  #handleInput = () => {
    this.dispatchEvent(new PanelRequestEvent({ do: 'draft', text: this.field.value }));
  };

  /**
   * Cuts pasted or dropped text before it is inserted: layout of a long text would block the page for
   * seconds.
   */
  #handleBeforeInput = (event: InputEvent) => {
    this.isCut = false;
    if (!event.inputType.startsWith('insertFrom')) return;
    const { value, selectionStart, selectionEnd } = this.field;
    const inserted = event.data ?? event.dataTransfer?.getData('text/plain') ?? '';
    const kept = countCharacters(value.slice(0, selectionStart) + value.slice(selectionEnd));
    const room = Math.max(0, LIMIT - kept);
    const fitting = cutText(inserted, room);
    if (fitting === inserted) return;
    event.preventDefault();
    // The command keeps the field's undo history.
    if (fitting) document.execCommand('insertText', false, fitting);
    this.isCut = true;
  };

  #handleKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || isComposing(event)) return;
    event.preventDefault();
    this.#handleSend();
  };

  #handleSend = () => {
    if (!this.canSend) return;
    this.dispatchEvent(new PanelRequestEvent({ do: 'send' }));
    this.focus();
  };

  protected override render(): TemplateResult {
    const { strings } = this;
    const left = LIMIT - this.#count;
    return html`<div class="composer" part="composer">
        <textarea
          rows="1"
          part="input"
          dir="auto"
          enterkeyhint="send"
          placeholder=${strings.composer}
          aria-label=${strings.composer}
          aria-describedby="left"
          aria-invalid=${left < 0}
          @beforeinput=${this.#handleBeforeInput}
          @input=${this.#handleInput}
          @keydown=${this.#handleKey}
        ></textarea>
        <button part="send" aria-label=${strings.send} ?disabled=${!this.canSend} @click=${this.#handleSend}>
          ${sendIcon}
        </button>
      </div>
      <p id="left" class=${left < 0 ? 'over' : ''} role="status">${this.#renderLeft(left)}</p>`;
  }

  #renderLeft(left: number) {
    const { strings } = this;
    if (left < 0) return strings.tooLong(-left);
    if (this.isCut) return strings.cut(LIMIT);
    return this.#count < WARN_FROM ? nothing : strings.charactersLeft(left);
  }
}
