import { isComposing } from '@alur/flow/keyboard';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Strings } from '../../strings/strings.ts';
import { controls } from '../../styles/controls.styles.ts';
import { icon, type IconName } from '../../styles/icons.ts';
import { styleProperties } from '../../styles/style-properties.ts';
import { tints } from '../../styles/tokens.styles.ts';
import { keepFloating } from '../float.ts';
import { ValueChange } from '../value-change.ts';
import { pickerStyles } from './flow-picker.styles.ts';

/** Option of a picker. */
export interface PickerOption {
  id: string;
  name: string;
  /** Color of a dot before the name, any CSS color. */
  color?: string;
  /** Icon before the name, and its tint. */
  icon?: IconName;
  tint?: string;
  detail?: string;
  /** Other names. They are searched, and shown if only they match. */
  aliases?: readonly string[];
}

/** Maximum number of shown options. Typing finds the others. */
const SHOWN = 60;

/**
 * @summary Selects one or several options from a searchable list. Selected options are chips. An id that the
 * list does not contain is shown as missing and can be removed.
 * @internal Part of `<flow-editor>`.
 * @fires value-change - the ids changed
 */
export class FlowPicker extends LitElement {
  static override styles = [controls, tints, pickerStyles];
  static override properties = {
    options: { attribute: false },
    value: { attribute: false },
    label: { attribute: false },
    placeholder: { attribute: false },
    strings: { attribute: false },
    multiple: { type: Boolean },
    disabled: { type: Boolean },
    invalid: { type: Boolean },
    query: { state: true },
    isOpen: { state: true },
    active: { state: true },
  };

  /** Options; null while they load. */
  declare options: PickerOption[] | null;
  declare value: string[];
  declare label: string;
  /** Placeholder without a selection. Default: a generic prompt. */
  declare placeholder: string;
  declare strings: Strings;
  declare multiple: boolean;
  declare disabled: boolean;
  declare invalid: boolean;
  declare query: string;
  declare isOpen: boolean;
  declare active: number;

  #stopFloating: (() => void) | null = null;

  constructor() {
    super();
    this.options = null;
    this.value = [];
    this.label = '';
    this.placeholder = '';
    this.multiple = false;
    this.disabled = false;
    this.invalid = false;
    this.query = '';
    this.isOpen = false;
    this.active = 0;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#close();
  }

  override updated(changed: PropertyValues): void {
    if (changed.has('isOpen')) {
      this.#stopFloating?.();
      this.#stopFloating = null;
      const list = this.renderRoot.querySelector<HTMLElement>('.list');
      const box = this.renderRoot.querySelector('.box')!;
      if (list) this.#stopFloating = keepFloating(box, list, { matchWidth: true, maxHeight: 280, gap: 4 });
    }
    if (changed.has('active'))
      this.renderRoot.querySelector('.option.active')?.scrollIntoView({ block: 'nearest' });
  }

  /** Focuses the text field, not the button of the first chip. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector('input')?.focus(options);
  }

  get #matches(): PickerOption[] {
    const words = this.query.toLowerCase().split(/\s+/).filter(Boolean);
    const open = (this.options ?? []).filter((option) => this.multiple || !this.value.includes(option.id));
    return open.flatMap((option) => {
      const { name, detail = '', aliases = [] } = option;
      if (hasWords(`${name} ${detail}`, words)) return [option];
      const alias = aliases.find((other) => hasWords(other, words));
      return alias === undefined ? [] : [{ ...option, detail: alias }];
    });
  }

  #close(): void {
    this.isOpen = false;
    this.query = '';
    this.#stopFloating?.();
    this.#stopFloating = null;
  }

  #set(value: string[]): void {
    this.value = value;
    this.dispatchEvent(new ValueChange(value));
  }

  #toggle(id: string): void {
    if (!this.multiple) {
      this.#set([id]);
      this.#close();
      return;
    }
    this.#set(this.value.includes(id) ? this.value.filter((other) => other !== id) : [...this.value, id]);
    this.query = '';
  }

  #handleKeydown(event: KeyboardEvent): void {
    if (isComposing(event)) return;
    const matches = this.#matches;
    const count = Math.min(matches.length, SHOWN);
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp': {
        event.preventDefault();
        const step = event.key === 'ArrowDown' ? 1 : -1;
        this.active = this.isOpen && count > 0 ? (this.active + step + count) % count : 0;
        this.isOpen = true;
        break;
      }
      case 'Enter': {
        event.preventDefault();
        const option = this.isOpen ? matches[this.active] : undefined;
        if (option) this.#toggle(option.id);
        else this.isOpen = true;
        break;
      }
      case 'Escape':
        if (!this.isOpen) return;
        // The key closed the list. It must not close a dialog of the page too.
        event.preventDefault();
        event.stopPropagation();
        this.#close();
        break;
      case 'Backspace':
        if (this.query === '' && this.value.length > 0) this.#set(this.value.slice(0, -1));
        break;
    }
  }

  #handleBlur(event: FocusEvent): void {
    if (event.relatedTarget instanceof Node && this.renderRoot.contains(event.relatedTarget)) return;
    this.#close();
  }

  protected override render() {
    const { strings } = this;
    const showsInput = !this.disabled;
    const placeholder =
      this.options === null
        ? strings.fields.loading
        : this.value.length > 0
          ? ''
          : this.placeholder || (this.multiple ? strings.fields.choose : strings.fields.chooseOne);
    return html`<div
        class="box input ${this.multiple ? '' : 'single'} ${this.query ? 'typing' : ''}"
        aria-invalid=${String(this.invalid)}
        @click=${this.#handleBoxClick}
        @focusout=${this.#handleBlur}
      >
        <ul aria-label=${this.label}>
          ${repeat(
            this.value,
            (id) => id,
            (id) => this.#renderChip(id),
          )}
        </ul>
        ${
          showsInput
            ? html`<input
                type="text"
                role="combobox"
                dir="auto"
                autocomplete="off"
                aria-label=${this.label}
                aria-expanded=${String(this.isOpen)}
                aria-controls="list"
                aria-autocomplete="list"
                aria-activedescendant=${this.isOpen ? `option-${this.active}` : nothing}
                placeholder=${placeholder}
                .value=${this.query}
                @input=${(event: InputEvent) => {
                  this.query = (event.target as HTMLInputElement).value;
                  this.active = 0;
                  this.isOpen = true;
                }}
                @keydown=${this.#handleKeydown}
              />`
            : nothing
        }
        ${showsInput ? html`<span class="arrow">${icon('chevron')}</span>` : nothing}
      </div>
      ${this.isOpen ? this.#renderList() : nothing}`;
  }

  #handleBoxClick(event: MouseEvent): void {
    if (this.disabled || (event.target as Element).closest('.chip button')) return;
    this.renderRoot.querySelector('input')?.focus();
    this.isOpen = true;
  }

  #renderChip(id: string) {
    const { strings } = this;
    const option = this.options?.find((candidate) => candidate.id === id);
    const isMissing = this.options !== null && !option;
    const name = option?.name ?? (isMissing ? strings.fields.missing(id) : '…');
    return html`<li
      class="chip ${isMissing ? 'missing' : ''}"
      title=${isMissing ? strings.fields.missingHint : name}
    >
      ${option?.color ? html`<span class="dot" ${styleProperties({ 'background-color': option.color })}></span>` : nothing}
      ${option?.icon ? html`<span class="drawing tint-${option.tint}">${icon(option.icon, 14)}</span>` : nothing}
      <span class="text">${name}</span>
      ${
        this.disabled
          ? nothing
          : html`<button
              type="button"
              aria-label=${strings.fields.removeChip(name)}
              @click=${() => this.#set(this.value.filter((other) => other !== id))}
            >
              ${icon('close', 12)}
            </button>`
      }
    </li>`;
  }

  #renderList() {
    const { strings } = this;
    const matches = this.#matches;
    const empty =
      this.options === null
        ? strings.fields.loading
        : this.options.length === 0
          ? strings.fields.noOptions
          : strings.fields.noMatch(this.query);
    return html`<div class="list" @pointerdown=${(event: Event) => event.preventDefault()}>
      <ul id="list" role="listbox" aria-label=${this.label} aria-multiselectable=${String(this.multiple)}>
        ${matches.slice(0, SHOWN).map(
          (option, index) =>
            html`<li
              id="option-${index}"
              role="option"
              class="option ${index === this.active ? 'active' : ''}"
              aria-selected=${String(this.value.includes(option.id))}
              @click=${() => this.#toggle(option.id)}
              @pointermove=${() => (this.active = index)}
            >
              ${option.color ? html`<span class="dot" ${styleProperties({ 'background-color': option.color })}></span>` : nothing}
              ${option.icon ? html`<span class="drawing tint-${option.tint}">${icon(option.icon)}</span>` : nothing}
              <span class="text">${option.name}</span>
              ${option.detail ? html`<span class="detail">${option.detail}</span>` : nothing}
              ${this.value.includes(option.id) ? icon('check', 14) : nothing}
            </li>`,
        )}
      </ul>
      ${matches.length > SHOWN ? html`<p class="rest">${strings.fields.moreOptions(matches.length - SHOWN)}</p>` : nothing}
      ${matches.length === 0 ? html`<p class="empty">${empty}</p>` : nothing}
    </div>`;
  }
}

function hasWords(text: string, words: readonly string[]): boolean {
  const lower = text.toLowerCase();
  return words.every((word) => lower.includes(word));
}
