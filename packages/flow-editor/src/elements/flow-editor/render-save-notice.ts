import { html, nothing } from 'lit';
import { icon } from '../../styles/icons.ts';
import type { FlowEditor } from './flow-editor.ts';

/**
 * Renders the notice below the header after a failed save, with the possible actions. It does not block
 * editing.
 */
export function renderSaveNotice(editor: FlowEditor) {
  const { strings, saving, store } = editor;
  const phase = store.$phase.get();
  if (phase.kind === 'failed') {
    return html`<div class="strip error" role="alert">
      ${icon('error')}
      <p>
        ${strings.save.failed} ${phase.message ? html`<span class="hint">${phase.message}</span>` : nothing}
      </p>
      <button class="button small" @click=${() => saving.save(phase.live)}>
        ${icon('reload', 14)}${strings.save.retry}
      </button>
      <button class="button quiet small" @click=${() => saving.dismiss()}>${strings.save.dismiss}</button>
    </div>`;
  }
  if (phase.kind === 'conflict' && saving.reviewed) {
    return html`<div class="strip warning" role="status">
      ${icon('info')}
      <p>${strings.save.reviewing(phase.version)}</p>
      <button class="button small primary" @click=${() => saving.backToMine()}>
        ${strings.save.backToMine}
      </button>
    </div>`;
  }
  if (phase.kind === 'conflict') {
    return html`<div class="strip warning" role="alert">
      ${icon('warning')}
      <p><strong>${strings.save.conflictTitle(phase.version)}</strong> ${strings.save.conflictText}</p>
      <div class="choices">
        <button class="button small" title=${strings.save.review} @click=${() => saving.review()}>
          ${strings.save.review}
        </button>
        <button class="button small" title=${strings.save.takeTheirsHint} @click=${() => saving.takeTheirs()}>
          ${strings.save.takeTheirs}
        </button>
        <button class="button small" title=${strings.save.keepMineHint} @click=${() => saving.keepMine()}>
          ${strings.save.keepMine}
        </button>
        <button class="button small primary" title=${strings.save.mergeHint} @click=${() => saving.merge()}>
          ${strings.save.merge}
        </button>
      </div>
    </div>`;
  }
  if (saving.note) {
    return html`<div class="strip" role="status">
      ${icon('info')}
      <p>${saving.note}</p>
      <button class="button quiet small" @click=${() => saving.dismiss()}>${strings.save.dismiss}</button>
    </div>`;
  }
  return nothing;
}
