import { isComposing } from '@alur/flow/keyboard';
import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { controls } from '../../styles/controls.styles.ts';
import { checkName } from '../check-name.ts';
import { EditorPart } from '../editor-part.ts';
import { saveStateStyles } from '../save-state.styles.ts';
import { nameFieldStyles } from './flow-name-field.styles.ts';

/**
 * @summary Name of the flow. The text is committed when the field loses the focus, on Enter, or on save. An
 * invalid name stays in the field, and its error replaces the slotted content.
 * @internal Part of `<flow-toolbar>`.
 * @slot - what is shown beside the name while there is no error
 */
export class FlowNameField extends EditorPart {
  static override styles = [controls, saveStateStyles, nameFieldStyles];
  static override properties = {
    flowName: { attribute: false },
    pendingText: { state: true },
    error: { state: true },
  };

  /** Name in the document. */
  declare flowName: string;
  /** Uncommitted text of the field, or null. */
  declare pendingText: string | null;
  /** Error of the last commit. `''` if there is none. */
  declare error: string;

  constructor() {
    super();
    this.flowName = '';
    this.pendingText = null;
    this.error = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Render together with the toolbar. The canvas measures the room below it for the first view.
    if (!this.hasUpdated) this.performUpdate();
  }

  /** Whether the field has uncommitted text. */
  get isPending(): boolean {
    return this.pendingText !== null && this.pendingText.trim() !== this.flowName;
  }

  /** Commits the text as the name. Returns false for an invalid name, which stays in the field. */
  commit(): boolean {
    if (this.pendingText === null || this.isLocked) return true;
    const name = this.pendingText.trim();
    const error = checkName(name, this.strings);
    if (error === '') this.context.actions.rename(name);
    this.#set(error === '' ? null : this.pendingText, error);
    return error === '';
  }

  /** Focuses the field. */
  override focus(): void {
    this.renderRoot.querySelector('input')?.focus();
  }

  /** Discards uncommitted text. */
  reset(): void {
    this.#set(null, '');
  }

  #set(text: string | null, error: string): void {
    this.pendingText = text;
    this.error = error;
    this.context.actions.view.handlePendingText();
  }

  #handleKeydown(event: KeyboardEvent): void {
    if (isComposing(event)) return;
    if (event.key === 'Enter') this.commit();
    if (event.key !== 'Escape') return;
    // Without uncommitted text, let the key close the surrounding panel.
    if (this.pendingText === null) return;
    event.preventDefault();
    event.stopPropagation();
    this.reset();
    this.context.actions.view.focus();
  }

  protected override render() {
    const { flowName, isLocked, strings } = this;
    const text = isLocked ? flowName : (this.pendingText ?? flowName);
    const error = isLocked ? '' : this.error;
    return html`<span class="name" data-value=${text}
        ><input
          type="text"
          size="1"
          dir="auto"
          autocomplete="off"
          aria-label=${strings.bar.name}
          aria-invalid=${String(error !== '')}
          aria-describedby=${error ? 'name-fault' : nothing}
          title=${isLocked ? flowName : strings.bar.rename}
          .value=${live(text)}
          ?readonly=${isLocked}
          @input=${(event: InputEvent) => this.#set((event.target as HTMLInputElement).value, '')}
          @change=${() => this.commit()}
          @keydown=${(event: KeyboardEvent) => this.#handleKeydown(event)}
      /></span>
      ${
        error
          ? html`<span class="state bad" id="name-fault" role="alert">${error}</span>`
          : html`<slot></slot>`
      }`;
  }
}
