import { normalize } from '@alur/flow';
import { isComposing } from '@alur/flow/keyboard';
import { css, html, LitElement, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Strings } from '../../strings/strings.ts';
import { controls } from '../../styles/controls.styles.ts';
import { icon } from '../../styles/icons.ts';
import { ValueChange } from '../value-change.ts';
import { endsKeyword, hasSeparator, parseKeywords } from './parse-keywords.ts';

/**
 * @summary List of keywords as chips. Comma or Enter creates a chip, Backspace edits the last one.
 * @internal Part of `<flow-editor>`.
 * @fires value-change - the list changed
 */
export class FlowKeywords extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: block;
      }
      .box {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
        padding: 5px;
        cursor: text;
      }
      ul {
        display: contents;
      }
      .box input {
        flex: 1 1 120px;
        min-inline-size: 80px;
        min-block-size: 24px;
        padding: 0 5px;
        border: 0;
        background: transparent;
        outline: none;
      }
      input::placeholder {
        color: var(--_muted);
      }
      .repeated {
        outline: 2px solid var(--_accent);
      }
      .hint:empty {
        margin: 0;
      }
    `,
  ];
  static override properties = {
    value: { attribute: false },
    label: { attribute: false },
    strings: { attribute: false },
    disabled: { type: Boolean },
    invalid: { type: Boolean },
    draft: { state: true },
    repeated: { state: true },
  };

  declare value: string[];
  declare label: string;
  declare strings: Strings;
  declare disabled: boolean;
  declare invalid: boolean;
  declare draft: string;
  /** Keywords of the list that the last entry repeated. */
  declare repeated: string[];

  constructor() {
    super();
    this.value = [];
    this.label = '';
    this.disabled = false;
    this.invalid = false;
    this.draft = '';
    this.repeated = [];
  }

  /** Focuses the text field, not the button of the first chip. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector('input')?.focus(options);
  }

  /** Whether the field has uncommitted text. */
  get isPending(): boolean {
    return this.draft.trim() !== '';
  }

  /** Commits the text as keywords. Marks the keywords of the list that it repeats. */
  commit(): void {
    if (!this.isPending) return;
    const typed = parseKeywords(this.draft);
    const known = new Map(this.value.map((keyword) => [normalize(keyword), keyword]));
    const added = typed.filter((keyword) => !known.has(normalize(keyword)));
    this.repeated = typed.flatMap((keyword) => known.get(normalize(keyword)) ?? []);
    this.draft = '';
    if (added.length > 0) this.#set([...this.value, ...added]);
  }

  #set(value: string[]): void {
    this.value = value;
    this.dispatchEvent(new ValueChange(value));
  }

  #handleInput(event: InputEvent): void {
    const input = event.target as HTMLInputElement;
    this.draft = input.value;
    this.repeated = [];
    if (isComposing(event)) return;
    if (endsKeyword(input.value)) this.commit();
  }

  /** Splits a pasted list. The single-line field would join its lines first. */
  #handlePaste(event: ClipboardEvent): void {
    const pasted = event.clipboardData?.getData('text/plain') ?? '';
    if (!hasSeparator(pasted)) return;
    event.preventDefault();
    const { value, selectionStart, selectionEnd } = event.target as HTMLInputElement;
    this.draft =
      value.slice(0, selectionStart ?? value.length) + pasted + value.slice(selectionEnd ?? value.length);
    this.commit();
  }

  #handleKeydown(event: KeyboardEvent): void {
    if (isComposing(event)) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      this.commit();
    } else if (event.key === 'Backspace' && this.draft === '' && this.value.length > 0) {
      event.preventDefault();
      this.draft = this.value.at(-1)!;
      this.#set(this.value.slice(0, -1));
    }
  }

  #remove(index: number): void {
    this.#set(this.value.filter((_, i) => i !== index));
    this.renderRoot.querySelector('input')?.focus();
  }

  get #repeatedText(): string | typeof nothing {
    return this.repeated.length > 0 ? this.strings.fields.keywordRepeated(this.repeated) : nothing;
  }

  protected override render() {
    const { strings } = this;
    return html`<div
        class="box input"
        aria-invalid=${String(this.invalid)}
        @click=${() => this.renderRoot.querySelector('input')?.focus()}
      >
        <ul aria-label=${this.label}>
          ${repeat(
            this.value,
            (keyword) => keyword,
            (keyword, index) =>
              html`<li class="chip ${this.repeated.includes(keyword) ? 'repeated' : ''}">
                <span class="text">${keyword}</span>
                ${
                  this.disabled
                    ? ''
                    : html`<button
                        type="button"
                        aria-label=${strings.fields.removeChip(keyword)}
                        @click=${() => this.#remove(index)}
                      >
                        ${icon('close', 12)}
                      </button>`
                }
              </li>`,
          )}
        </ul>
        <input
          type="text"
          dir="auto"
          enterkeyhint="done"
          autocomplete="off"
          aria-label=${this.label}
          placeholder=${this.value.length === 0 ? strings.fields.keywordsPlaceholder : ''}
          .value=${live(this.draft)}
          ?disabled=${this.disabled}
          @input=${this.#handleInput}
          @keydown=${this.#handleKeydown}
          @paste=${this.#handlePaste}
          @blur=${this.commit}
        />
      </div>
      <p class="hint" role="status">${this.#repeatedText}</p>`;
  }
}
