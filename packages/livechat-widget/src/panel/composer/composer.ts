import { isComposing } from '@alur/flow/keyboard';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Strings } from '../../strings/strings.ts';
import { PanelRequestEvent } from '../request.ts';
import { sendIcon } from '../templates/icons.ts';
import { PanelElement, type Changes } from '../panel-element.ts';
import { tokens } from '../tokens.styles.ts';
import { composerStyles } from './composer.styles.ts';

/** The contract's bound on a visitor's text, in code points. */
const LIMIT = 4_000;
/** From here on the visitor is told how much is left. */
const WARN_FROM = 3_700;

/**
 * @summary Where the visitor writes: Enter sends, Shift+Enter breaks the line, input methods keep their Enter.
 * @fires panel-request - `send` or `draft`.
 */
export class Composer extends PanelElement {
  static override styles = [tokens, composerStyles];
  static override properties = ['draft', 'strings', 'shown'];

  declare draft: string;
  declare strings: Strings;
  /** Whether it has a place on the screen, where alone it can be measured. */
  declare shown: boolean;

  constructor() {
    super();
    this.draft = '';
    this.shown = false;
  }

  /** The text field. */
  get field(): HTMLTextAreaElement {
    return this.renderRoot.querySelector('textarea')!;
  }

  override focus(): void {
    this.field.focus({ preventScroll: true });
  }

  protected override updated(changed: Changes): void {
    // Set only when it differs: setting would end an input method's composition.
    if (this.field.value !== this.draft) this.field.value = this.draft;
    if (changed.has('draft') || changed.has('shown')) this.#grow();
  }

  /** As high as its text; `max-block-size` in the styles ends it. */
  #grow() {
    const { field, draft, shown } = this;
    const { style } = field;
    style.blockSize = 'auto';
    // Empty it has the height of its one row: nothing to measure.
    if (draft && shown) style.blockSize = `${field.scrollHeight}px`;
  }

  get #count(): number {
    return [...this.draft].length;
  }

  /** Whether there is something to send. */
  get canSend(): boolean {
    return this.draft.trim() !== '' && this.#count <= LIMIT;
  }

  #handleInput = () => {
    this.dispatchEvent(new PanelRequestEvent({ do: 'draft', text: this.field.value }));
  };

  #handleKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || isComposing(event)) return;
    event.preventDefault();
    this.#handleSend();
  };

  #handleSend = () => {
    if (!this.canSend) return;
    this.dispatchEvent(new PanelRequestEvent({ do: 'send', text: this.draft.trim() }));
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
          @input=${this.#handleInput}
          @keydown=${this.#handleKey}
        ></textarea>
        <button part="send" aria-label=${strings.send} ?disabled=${!this.canSend} @click=${this.#handleSend}>
          ${sendIcon}
        </button>
      </div>
      <p id="left" class=${left < 0 ? 'over' : ''} role="status">
        ${this.#count < WARN_FROM ? nothing : left < 0 ? strings.tooLong(-left) : strings.charactersLeft(left)}
      </p>`;
  }
}
