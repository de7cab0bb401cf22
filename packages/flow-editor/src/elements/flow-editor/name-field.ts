import { isComposing } from '@alur/flow/keyboard';
import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { checkName } from '../check-name.ts';
import type { FlowEditor } from './flow-editor.ts';

/** Name field in the header. The text is committed when the field loses the focus, on Enter, or on save. */
export class NameField {
  readonly #host: FlowEditor;
  /** Uncommitted text of the field, or null. */
  #pendingText: string | null = null;
  /** Error of the last commit, or `''`. */
  #fault = '';

  constructor(host: FlowEditor) {
    this.#host = host;
  }

  /** Error of the last commit. `''` if there is none. */
  get fault(): string {
    return this.#host.isLocked ? '' : this.#fault;
  }

  /** Whether the field has uncommitted text. */
  get isPending(): boolean {
    return this.#pendingText !== null && this.#pendingText.trim() !== this.#host.store.$flow.get()?.name;
  }

  /** Commits the text as the name. Returns false for an invalid name, which stays in the field. */
  commit(): boolean {
    if (this.#pendingText === null || this.#host.isLocked) return true;
    const name = this.#pendingText.trim();
    const fault = checkName(name, this.#host.strings);
    if (fault === '') this.#host.actions.rename(name);
    this.#set(fault === '' ? null : this.#pendingText, fault);
    return fault === '';
  }

  /** Focuses the field. */
  focus(): void {
    this.#host.renderRoot.querySelector<HTMLElement>('.name input')?.focus();
  }

  /** Discards uncommitted text. */
  reset(): void {
    this.#set(null, '');
  }

  render() {
    const { strings, store, isLocked } = this.#host;
    const { name } = store.$flow.get()!;
    const shown = isLocked ? name : (this.#pendingText ?? name);
    return html`<span class="name" data-value=${shown}
      ><input
        type="text"
        size="1"
        dir="auto"
        autocomplete="off"
        aria-label=${strings.bar.name}
        aria-invalid=${String(this.fault !== '')}
        aria-describedby=${this.fault ? 'name-fault' : nothing}
        title=${isLocked ? name : strings.bar.rename}
        .value=${live(shown)}
        ?readonly=${isLocked}
        @input=${(event: InputEvent) => this.#set((event.target as HTMLInputElement).value, '')}
        @change=${() => this.commit()}
        @keydown=${(event: KeyboardEvent) => this.#handleKeydown(event)}
    /></span>`;
  }

  #handleKeydown(event: KeyboardEvent): void {
    if (isComposing(event)) return;
    if (event.key === 'Enter') this.commit();
    if (event.key !== 'Escape') return;
    // Without uncommitted text, let the key close the surrounding panel.
    if (this.#pendingText === null) return;
    event.preventDefault();
    event.stopPropagation();
    this.reset();
    this.#host.focus();
  }

  #set(text: string | null, fault: string): void {
    this.#pendingText = text;
    this.#fault = fault;
    this.#host.requestUpdate();
  }
}
