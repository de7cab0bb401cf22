import { isComposing } from '@alur/flow/keyboard';
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../shared/icons.ts';
import { PageElement } from '../shared/page-element.ts';

/** Where an agent writes. Enter sends, Shift+Enter begins a line. Fires `reply-send` with the text, and `reply-typing`. */
export class ReplyComposer extends PageElement {
  static override properties = { hint: {}, text: { state: true } };
  /** What a reply would change; '' for nothing. */
  declare hint: string;
  declare text: string;

  constructor() {
    super();
    this.hint = '';
    this.text = '';
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
          placeholder="Tulis balasan"
          aria-describedby=${this.hint ? 'reply-hint' : nothing}
          .value=${this.text}
          @input=${this.#handleInput}
          @keydown=${this.#handleKeydown}
        ></textarea>
        <button class="button primary" type="submit" ?disabled=${!this.text.trim()}>
          ${icon('send')} Kirim
        </button>
      </form>
    `;
  }

  #handleInput = (event: InputEvent): void => {
    this.text = (event.target as HTMLTextAreaElement).value;
    if (this.text.trim()) this.dispatchEvent(new Event('reply-typing'));
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
    const text = this.text.trim();
    if (!text) return;
    this.text = '';
    this.dispatchEvent(new CustomEvent('reply-send', { detail: text }));
  }
}
