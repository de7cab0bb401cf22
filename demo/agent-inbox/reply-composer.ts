import { isBlank } from '@alur/flow';
import { isComposing } from '@alur/flow/keyboard';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { icon } from '../shared/icons.ts';
import { PageElement } from '../shared/page-element.ts';

/**
 * The field in which an agent writes. Enter sends, Shift+Enter starts a new line. It stores no text: it shows
 * the draft of one conversation. Fires `reply-draft` with the text after each change, and `reply-send`.
 */
export class ReplyComposer extends PageElement {
  static override properties = { hint: {}, draft: {} };
  /** What a reply would change; `''` for no change. */
  declare hint: string;
  /** The text of the field. */
  declare draft: string;

  constructor() {
    super();
    this.hint = '';
    this.draft = '';
  }

  override render(): TemplateResult {
    return html`
      ${this.hint ? html`<p class="hint" id="reply-hint">${this.hint}</p>` : nothing}
      <form @submit=${this.#handleSubmit}>
        <label class="visually-hidden" for="reply-text">Balasan</label>
        <textarea
          id="reply-text"
          class="input"
          rows="1"
          maxlength="10000"
          dir="auto"
          placeholder="Tulis balasan"
          aria-describedby=${this.hint ? 'reply-hint' : nothing}
          .value=${live(this.draft)}
          @input=${this.#handleInput}
          @keydown=${this.#handleKeydown}
        ></textarea>
        <button class="button primary" type="submit" ?disabled=${isBlank(this.draft)}>
          ${icon('send')} Kirim
        </button>
      </form>
    `;
  }

  /** Puts the focus at the end of the text. */
  focusField(): void {
    const field = this.querySelector('textarea');
    field?.focus({ preventScroll: true });
    field?.setSelectionRange(field.value.length, field.value.length);
  }

  #handleInput = (event: InputEvent): void => {
    this.draft = (event.target as HTMLTextAreaElement).value;
    this.dispatchEvent(new CustomEvent('reply-draft', { detail: this.draft }));
  };

  #handleKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || isComposing(event)) return;
    event.preventDefault();
    this.#send();
  };

  #handleSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    this.#send();
  };

  #send(): void {
    if (!isBlank(this.draft)) this.dispatchEvent(new Event('reply-send'));
  }
}
