import { html, nothing } from 'lit';
import { canRun, commandOf, showKey, type CommandId } from '../../store/commands.ts';
import { describeSaveState } from '../../store/save-state.ts';
import { icon, type IconName } from '../../styles/icons.ts';
import { isApple } from '../platform.ts';
import type { FlowEditor } from './flow-editor.ts';

/** Renders the header of the editor: name, state, tools, Save. */
export function renderBar(editor: FlowEditor) {
  const { store, strings, readonly, isNarrow } = editor;
  const problems = store.$problems.get();
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  const { isChecked } = editor;
  const panel = store.$panel.get();
  const view = store.$view.get();
  return html`<header class="bar" part="bar">
    <div class="title">${editor.nameField.render()} ${renderState(editor, errors)}</div>
    <div class="tools" role="toolbar" aria-label=${strings.bar.tools}>
      ${
        readonly
          ? nothing
          : html`${renderTool(editor, 'undo', 'undo', store.undoLabel)}${renderTool(editor, 'redo', 'redo', store.redoLabel)}<span
                class="rule"
              ></span>`
      }
      <div class="segments" role="group" aria-label=${strings.bar.view}>
        <button
          aria-pressed=${String(view === 'canvas')}
          aria-label=${strings.bar.canvas}
          title=${strings.bar.canvas}
          @click=${() => store.$view.set('canvas')}
        >
          ${icon('canvas')}<span class="wide">${strings.bar.canvas}</span>
        </button>
        <button
          aria-pressed=${String(view === 'outline')}
          aria-label=${strings.bar.outline}
          title=${strings.bar.outline}
          @click=${() => store.$view.set('outline')}
        >
          ${icon('outline')}<span class="wide">${strings.bar.outline}</span>
        </button>
      </div>
      <span class="rule"></span>
      ${renderTool(editor, 'search', 'search')}
      <button
        class="button quiet problems ${isChecked ? (editor.isFaulty ? 'error' : '') : 'unchecked'}"
        aria-pressed=${String(panel === 'problems')}
        aria-label=${isChecked ? strings.problems.badge(errors, warnings) : strings.problems.checking}
        title=${strings.bar.problems}
        @click=${() => editor.togglePanel('problems')}
      >
        ${icon(!isChecked ? 'minus' : errors + warnings > 0 ? 'warning' : 'check')}<span class="number"
          >${errors + warnings || ''}</span
        >
      </button>
      <button
        class="button try ${isNarrow ? 'quiet' : ''}"
        aria-pressed=${String(panel === 'try')}
        aria-label=${strings.bar.tryIt}
        title="${strings.bar.tryIt} (T)"
        @click=${() => editor.togglePanel('try')}
      >
        ${icon('flask')}<span class="wide">${strings.bar.tryIt}</span>
      </button>
      ${isNarrow ? nothing : renderTool(editor, 'shortcuts', 'keyboard')}
    </div>
    <div class="end"><slot name="actions"></slot>${readonly ? nothing : renderSave(editor)}</div>
  </header>`;
}

function renderTool(editor: FlowEditor, id: CommandId, drawing: IconName, what = '') {
  const { strings, store } = editor;
  const command = commandOf(id);
  const label = strings.commands[id];
  const panel = store.$panel.get();
  return html`<button
    class="button quiet icon"
    aria-label=${label}
    title="${label}${what ? `: ${what}` : ''} (${showKey(command.keys[0]!, isApple)})"
    aria-pressed=${id === 'search' ? String(panel === 'search') : nothing}
    ?disabled=${!canRun(command, editor.actions)}
    @click=${() => editor.run(id)}
  >
    ${icon(drawing)}
  </button>`;
}

function renderState(editor: FlowEditor, errorCount: number) {
  const { store, strings, nameField } = editor;
  if (nameField.fault) {
    return html`<span class="state bad" id="name-fault" role="alert">${nameField.fault}</span>`;
  }
  const { text, tone } = describeSaveState(
    {
      revision: store.$revision.get(),
      savedRevision: store.$savedRevision.get(),
      version: store.$version.get(),
      isLive: store.$isLive.get(),
      phase: store.$phase.get().kind,
      errorCount,
      isReadonly: editor.readonly,
    },
    strings,
  );
  return html`<span class="state ${tone}" role="status" title=${text}>${text}</span>`;
}

function renderSave(editor: FlowEditor) {
  const { strings, store, saving } = editor;
  const isBusy = store.$phase.get().kind === 'saving';
  const isOff = isBusy || saving.reviewed !== null;
  return html`<div class="save">
    <button
      class="button draft"
      ?disabled=${isOff}
      aria-label=${strings.bar.saveDraft}
      title=${strings.bar.saveDraft}
      @click=${() => saving.save(false)}
    >
      ${icon('draft')}<span class="wide">${strings.bar.saveDraft}</span>
    </button>
    <button
      class="button primary"
      ?disabled=${isOff}
      aria-busy=${String(isBusy)}
      title="${strings.bar.save} (${showKey('mod+s', isApple)})"
      @click=${() => saving.save(true)}
    >
      ${isBusy ? html`<span class="spinner"></span>` : nothing}${strings.bar.save}
    </button>
  </div>`;
}
