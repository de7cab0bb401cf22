import { html, nothing } from 'lit';
import type { SavePhase } from '../../store/editor-store.ts';
import { controls } from '../../styles/controls.styles.ts';
import { icon } from '../../styles/icons.ts';
import { EditorPart } from '../editor-part.ts';
import { SaveChoiceRequest, type SaveChoice } from '../requests.ts';
import { saveNoticeStyles } from './flow-save-notice.styles.ts';

/**
 * @summary Notice below the header after a failed save, a conflict or a merge, with the possible actions. It
 * does not block editing. Without one of these it is empty.
 * @internal Part of `<flow-editor>`.
 */
export class FlowSaveNotice extends EditorPart {
  static override styles = [controls, saveNoticeStyles];
  static override properties = {
    phase: { attribute: false },
    isReviewing: { attribute: false },
    note: { attribute: false },
  };

  /** State of the last save. */
  declare phase: SavePhase;
  /** Whether the other version of a conflict is shown for review. */
  declare isReviewing: boolean;
  /** Message about the last merge. `''` if there is none. */
  declare note: string;

  constructor() {
    super();
    this.phase = { kind: 'idle' };
    this.isReviewing = false;
    this.note = '';
  }

  protected override render() {
    const { phase, note } = this;
    if (phase.kind === 'failed') return this.#renderFailure(phase.message);
    if (phase.kind === 'conflict' && this.isReviewing) return this.#renderReview(phase.version);
    if (phase.kind === 'conflict') return this.#renderConflict(phase.version);
    return note ? this.#renderNote(note) : nothing;
  }

  #renderFailure(message: string) {
    const { save } = this.strings;
    return html`<div class="strip error" role="alert">
      ${icon('error')}
      <p>${save.failed} ${message ? html`<span class="hint">${message}</span>` : nothing}</p>
      <button class="button small" @click=${() => this.#choose('retry')}>
        ${icon('reload', 14)}${save.retry}
      </button>
      <button class="button quiet small" @click=${() => this.#choose('dismiss')}>${save.dismiss}</button>
    </div>`;
  }

  #renderReview(version: number) {
    const { save } = this.strings;
    return html`<div class="strip warning" role="status">
      ${icon('info')}
      <p>${save.reviewing(version)}</p>
      <button class="button small primary" @click=${() => this.#choose('end-review')}>
        ${save.backToMine}
      </button>
    </div>`;
  }

  #renderConflict(version: number) {
    const { save } = this.strings;
    return html`<div class="strip warning" role="alert">
      ${icon('warning')}
      <p><strong>${save.conflictTitle(version)}</strong> ${save.conflictText}</p>
      <div class="choices">
        <button class="button small" title=${save.review} @click=${() => this.#choose('review')}>
          ${save.review}
        </button>
        <button class="button small" title=${save.takeTheirsHint} @click=${() => this.#choose('take-theirs')}>
          ${save.takeTheirs}
        </button>
        <button class="button small" title=${save.keepMineHint} @click=${() => this.#choose('keep-mine')}>
          ${save.keepMine}
        </button>
        <button class="button small primary" title=${save.mergeHint} @click=${() => this.#choose('merge')}>
          ${save.merge}
        </button>
      </div>
    </div>`;
  }

  #renderNote(note: string) {
    return html`<div class="strip" role="status">
      ${icon('info')}
      <p>${note}</p>
      <button class="button quiet small" @click=${() => this.#choose('dismiss')}>
        ${this.strings.save.dismiss}
      </button>
    </div>`;
  }

  #choose(choice: SaveChoice): void {
    this.dispatchEvent(new SaveChoiceRequest(choice));
  }
}
