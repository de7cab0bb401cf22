import { isComposing } from '@alur/flow/keyboard';
import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { checkName } from '../check-name.ts';
import type { FlowEditor } from './flow-editor.ts';

/**
 * The flow's name in the head: what is typed counts once the field is left, Enter is pressed or the flow is
 * saved.
 */
export class NameField {
  readonly #host: FlowEditor;
  /** What stands in the field and is not the flow's name yet; null when there is nothing of that kind. */
  #draft: string | null = null;
  /** What is wrong with it, once somebody tried to make it the name. */
  #fault = '';

  constructor(host: FlowEditor) {
    this.#host = host;
  }

  /** What is wrong with the name that was tried last; `''` when nothing is. */
  get fault(): string {
    return this.#host.isLocked ? '' : this.#fault;
  }

  /** Whether a name is typed that is not the flow's yet. */
  get isPending(): boolean {
    return this.#draft !== null && this.#draft.trim() !== this.#host.store.$flow.get()?.name;
  }

  /** Makes what is typed the name. A name that cannot be one stays in the field, and false is given. */
  commit(): boolean {
    if (this.#draft === null || this.#host.isLocked) return true;
    const name = this.#draft.trim();
    const fault = checkName(name, this.#host.strings);
    if (fault === '') this.#host.actions.rename(name);
    this.#set(fault === '' ? null : this.#draft, fault);
    return fault === '';
  }

  /** Puts the focus into the field. */
  focus(): void {
    this.#host.renderRoot.querySelector<HTMLElement>('.name input')?.focus();
  }

  /** Forgets what is typed. */
  reset(): void {
    this.#set(null, '');
  }

  render() {
    const { strings, store, isLocked } = this.#host;
    const { name } = store.$flow.get()!;
    const shown = isLocked ? name : (this.#draft ?? name);
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
    // With nothing typed the key closes what is open around the field.
    if (this.#draft === null) return;
    event.preventDefault();
    event.stopPropagation();
    this.reset();
    this.#host.focus();
  }

  #set(draft: string | null, fault: string): void {
    this.#draft = draft;
    this.#fault = fault;
    this.#host.requestUpdate();
  }
}
