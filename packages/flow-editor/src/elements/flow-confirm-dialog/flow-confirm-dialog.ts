import { html, nothing } from 'lit';
import type { DeleteQuestion } from '../../store/editor-view.ts';
import { controls } from '../../styles/controls.styles.ts';
import { dialogStyles } from '../../styles/dialog.styles.ts';
import { EditorPart } from '../editor-part.ts';
import { confirmDialogStyles } from './flow-confirm-dialog.styles.ts';

/**
 * @summary Dialog that confirms the deletion of a branch. Shows how many cards are deleted, and which jumps
 * lose their target.
 * @internal Part of `<flow-editor>`.
 */
export class FlowConfirmDialog extends EditorPart {
  static override styles = [controls, dialogStyles, confirmDialogStyles];
  static override properties = { question: { state: true } };

  /** Question of the open dialog. Null while it is closed. */
  declare question: DeleteQuestion | null;

  #answer: ((isConfirmed: boolean) => void) | null = null;

  constructor() {
    super();
    this.question = null;
  }

  /** Opens the dialog. Resolves with whether the user confirmed. An open question resolves with false. */
  ask(question: DeleteQuestion): Promise<boolean> {
    this.#close(false);
    this.question = question;
    return new Promise((resolve) => (this.#answer = resolve));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#close(false);
  }

  override updated(): void {
    const dialog = this.#dialog;
    // The editor may have been removed before this update.
    if (dialog?.isConnected && !dialog.open) dialog.showModal();
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot?.querySelector('dialog') ?? null;
  }

  #close(isConfirmed: boolean): void {
    const answer = this.#answer;
    this.#answer = null;
    this.question = null;
    // Close the dialog before it is removed, so that the focus returns to the previous element.
    this.#dialog?.close();
    answer?.(isConfirmed);
  }

  protected override render() {
    if (!this.question) return nothing;
    const { confirm } = this.strings;
    const { name, count, jumps, takesElse } = this.question;
    return html`<dialog
      class="question"
      aria-labelledby="question-title"
      aria-describedby="question-text"
      @close=${(event: Event) => {
        // The event fires late. This dialog can be removed and another one be open.
        if ((event.target as Element).isConnected) this.#close(false);
      }}
      @keydown=${(event: Event) => event.stopPropagation()}
    >
      <h2 id="question-title">${confirm.deleteBranch(name)}</h2>
      <div id="question-text">
        <p>${confirm.deleteCount(count)}</p>
        ${takesElse ? html`<p>${confirm.elseStays}</p>` : nothing}
        ${jumps > 0 ? html`<p>${confirm.deleteJumps(jumps)}</p>` : nothing}
        <p class="hint">${confirm.undo}</p>
      </div>
      <div class="buttons">
        <button class="button" autofocus @click=${() => this.#close(false)}>${confirm.cancel}</button>
        <button class="button danger" @click=${() => this.#close(true)}>${confirm.delete}</button>
      </div>
    </dialog>`;
  }
}
