import { html, nothing, type ReactiveController } from 'lit';
import type { EditorView } from '../../store/editor-actions.ts';
import type { FlowEditor } from './flow-editor.ts';

type Question = Parameters<EditorView['confirmDelete']>[0];

/**
 * Dialog that confirms the deletion of a branch. Shows how many cards are deleted, and which jumps lose their
 * target.
 */
export class DeleteQuestion implements ReactiveController {
  readonly #host: FlowEditor;
  #question: Question | null = null;
  #answer: ((isYes: boolean) => void) | null = null;

  constructor(host: FlowEditor) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdated(): void {
    const dialog = this.#host.renderRoot.querySelector<HTMLDialogElement>('dialog.question');
    // The editor may have been removed before this update.
    if (dialog?.isConnected && !dialog.open) dialog.showModal();
  }

  hostDisconnected(): void {
    this.#close(false);
  }

  ask(question: Question): Promise<boolean> {
    this.#close(false);
    this.#question = question;
    this.#host.requestUpdate();
    return new Promise((resolve) => (this.#answer = resolve));
  }

  render() {
    if (!this.#question) return nothing;
    const { strings } = this.#host;
    const { name, count, jumps, takesElse } = this.#question;
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
      <h2 id="question-title">${strings.confirm.deleteBranch(name)}</h2>
      <div id="question-text">
        <p>${strings.confirm.deleteCount(count)}</p>
        ${takesElse ? html`<p>${strings.confirm.elseStays}</p>` : nothing}
        ${jumps > 0 ? html`<p>${strings.confirm.deleteJumps(jumps)}</p>` : nothing}
        <p class="hint">${strings.confirm.undo}</p>
      </div>
      <div class="buttons">
        <button class="button" autofocus @click=${() => this.#close(false)}>${strings.confirm.cancel}</button>
        <button class="button danger" @click=${() => this.#close(true)}>${strings.confirm.delete}</button>
      </div>
    </dialog>`;
  }

  #close(isYes: boolean): void {
    const answer = this.#answer;
    this.#answer = null;
    this.#question = null;
    // Close the dialog before it is removed, so that the focus returns to the previous element.
    this.#host.renderRoot?.querySelector<HTMLDialogElement>('dialog.question')?.close();
    this.#host.requestUpdate();
    answer?.(isYes);
  }
}
