import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { commandOf, showKey, type CommandId } from '../../store/commands.ts';
import { describeSaveState } from '../../store/save-state.ts';
import { icon, type IconName } from '../../styles/icons.ts';
import { isApple } from '../platform.ts';
import type { FlowEditor } from './flow-editor.ts';

/** The head of the editor: name, state, tools, Save. */
export function renderBar(editor: FlowEditor) {
  const { store, strings, readonly, isNarrow } = editor;
  const problems = store.$problems.get();
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  const panel = store.$panel.get();
  const view = store.$view.get();
  return html`<header class="bar" part="bar">
    <div class="title">${renderName(editor)} ${renderState(editor, errors)}</div>
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
          title=${strings.bar.canvas}
          @click=${() => store.$view.set('canvas')}
        >
          ${icon('canvas')}<span class="wide">${strings.bar.canvas}</span>
        </button>
        <button
          aria-pressed=${String(view === 'outline')}
          title=${strings.bar.outline}
          @click=${() => store.$view.set('outline')}
        >
          ${icon('outline')}<span class="wide">${strings.bar.outline}</span>
        </button>
      </div>
      <span class="rule"></span>
      ${renderTool(editor, 'search', 'search')}
      <button
        class="button quiet problems ${errors > 0 ? 'error' : ''}"
        aria-pressed=${String(panel === 'problems')}
        aria-label=${strings.problems.badge(errors, warnings)}
        title=${strings.bar.problems}
        @click=${() => editor.togglePanel('problems')}
      >
        ${icon(errors + warnings > 0 ? 'warning' : 'check')}<span class="number"
          >${errors + warnings || ''}</span
        >
      </button>
      <button
        class="button ${isNarrow ? 'quiet' : ''}"
        aria-pressed=${String(panel === 'try')}
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
    ?disabled=${command.isEnabled ? !command.isEnabled(editor.actions) : false}
    @click=${() => editor.run(id)}
  >
    ${icon(drawing)}
  </button>`;
}

function renderName(editor: FlowEditor) {
  const { strings, store, readonly } = editor;
  const { name } = store.$flow.get()!;
  const commit = (event: Event) => {
    const input = event.target as HTMLInputElement;
    const wanted = [...input.value.trim()].slice(0, 100).join('');
    if (wanted) editor.actions.rename(wanted);
    input.value = store.$flow.get()!.name;
  };
  return html`<span class="name" data-value=${name}
    ><input
      type="text"
      size="1"
      maxlength="200"
      autocomplete="off"
      aria-label=${strings.bar.name}
      title=${readonly ? name : strings.bar.rename}
      .value=${live(name)}
      ?readonly=${readonly}
      @input=${(event: Event) => {
        const input = event.target as HTMLInputElement;
        input.parentElement!.dataset['value'] = input.value;
      }}
      @change=${commit}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Enter') (event.target as HTMLInputElement).blur();
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        (event.target as HTMLInputElement).value = name;
        (event.target as HTMLInputElement).blur();
      }}
  /></span>`;
}

function renderState(editor: FlowEditor, errorCount: number) {
  const { store, strings } = editor;
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
  return html`<span class="state ${tone}" role="status">${text}</span>`;
}

function renderSave(editor: FlowEditor) {
  const { strings, store, saving } = editor;
  const isBusy = store.$phase.get().kind === 'saving';
  return html`<div class="save">
    <button
      class="button draft"
      ?disabled=${isBusy}
      title=${strings.bar.saveDraft}
      @click=${() => saving.save(false)}
    >
      ${strings.bar.saveDraft}
    </button>
    <button
      class="button primary"
      ?disabled=${isBusy}
      aria-busy=${String(isBusy)}
      title="${strings.bar.save} (${showKey('mod+s', isApple)})"
      @click=${() => saving.save(true)}
    >
      ${isBusy ? html`<span class="spinner"></span>` : nothing}${strings.bar.save}
    </button>
  </div>`;
}
