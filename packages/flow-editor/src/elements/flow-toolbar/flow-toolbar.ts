import { html, nothing } from 'lit';
import { AtomsController } from '../../store/atoms-controller.ts';
import { canRun, commandOf, runCommand, showKey, type CommandId } from '../../store/commands.ts';
import { describeSaveState } from '../../store/save-state.ts';
import { controls } from '../../styles/controls.styles.ts';
import { icon, type IconName } from '../../styles/icons.ts';
import { spinnerStyles } from '../../styles/spinner.styles.ts';
import { EditorPart } from '../editor-part.ts';
import type { FlowNameField } from '../flow-name-field/flow-name-field.ts';
import { isApple } from '../platform.ts';
import { saveStateStyles } from '../save-state.styles.ts';
import { toolbarStyles } from './flow-toolbar.styles.ts';

/** Result of the last check of the flow. `good` can include missing values of new cards. */
export type CheckState = 'unchecked' | 'good' | 'faulty';

/**
 * @summary Header of the editor: name, state, tools, Save.
 * @internal Part of `<flow-editor>`.
 * @slot actions - buttons of the page, beside Save
 * @csspart bar - the header
 */
export class FlowToolbar extends EditorPart {
  static override styles = [controls, spinnerStyles, saveStateStyles, toolbarStyles];
  static override properties = {
    checkState: { attribute: false },
    narrow: { type: Boolean, reflect: true },
  };

  declare checkState: CheckState;
  /** Whether the editor has the phone layout. */
  declare narrow: boolean;

  constructor() {
    super();
    this.checkState = 'unchecked';
    this.narrow = false;
    // oxlint-disable-next-line no-new
    new AtomsController(this, () => this.context.store.shownAtoms);
  }

  /** Name field. Null before the first render. */
  get nameField(): FlowNameField | null {
    return this.renderRoot?.querySelector('flow-name-field') ?? null;
  }

  protected override async getUpdateComplete(): Promise<boolean> {
    const isDone = await super.getUpdateComplete();
    await this.nameField?.updateComplete;
    return isDone;
  }

  protected override render() {
    const { context, strings, narrow } = this;
    const { store, permissions } = context;
    return html`<header class="bar" part="bar">
      <div class="title">
        <flow-name-field ?narrow=${narrow} .context=${context} .flowName=${store.$flow.get()?.name ?? ''}
          >${this.#renderState()}</flow-name-field
        >
      </div>
      <div class="tools" role="toolbar" aria-label=${strings.bar.tools}>
        ${
          permissions.isReadonly
            ? nothing
            : html`${this.#renderTool('undo', 'undo', store.undoLabel)}${this.#renderTool('redo', 'redo', store.redoLabel)}<span
                  class="rule"
                ></span>`
        }
        <div class="segments" role="group" aria-label=${strings.bar.view}>
          ${this.#renderView('canvas')}${this.#renderView('outline')}
        </div>
        <span class="rule"></span>
        ${this.#renderTool('search', 'search')} ${this.#renderProblems()}
        <button
          class="button try ${narrow ? 'quiet' : ''}"
          aria-pressed=${String(store.$panel.get() === 'try')}
          aria-label=${strings.bar.tryIt}
          title="${strings.bar.tryIt} (T)"
          @click=${() => this.#run('try-it')}
        >
          ${icon('flask')}<span class="wide">${strings.bar.tryIt}</span>
        </button>
        ${narrow ? nothing : this.#renderTool('shortcuts', 'keyboard')}
      </div>
      <div class="end">
        <slot name="actions"></slot>${permissions.isReadonly ? nothing : this.#renderSave()}
      </div>
    </header>`;
  }

  #renderState() {
    const { store, permissions } = this.context;
    const { text, tone } = describeSaveState(
      {
        revision: store.$revision.get(),
        savedRevision: store.$savedRevision.get(),
        version: store.$version.get(),
        isLive: store.$isLive.get(),
        phase: store.$phase.get().kind,
        errorCount: this.#count('error'),
        isReadonly: permissions.isReadonly,
      },
      this.strings,
    );
    return html`<span class="state ${tone}" role="status" title=${text}>${text}</span>`;
  }

  #renderTool(id: CommandId, iconName: IconName, what = '') {
    const { actions, store, strings } = this.context;
    const label = strings.commands[id];
    return html`<button
      class="button quiet icon"
      aria-label=${label}
      title="${label}${what ? `: ${what}` : ''} (${showKey(commandOf(id).keys[0]!, isApple)})"
      aria-pressed=${id === 'search' ? String(store.$panel.get() === 'search') : nothing}
      ?disabled=${!canRun(commandOf(id), actions)}
      @click=${() => this.#run(id)}
    >
      ${icon(iconName)}
    </button>`;
  }

  #renderView(view: 'canvas' | 'outline') {
    const { $view } = this.context.store;
    const label = this.strings.bar[view];
    return html`<button
      aria-pressed=${String($view.get() === view)}
      aria-label=${label}
      title=${label}
      @click=${() => $view.set(view)}
    >
      ${icon(view)}<span class="wide">${label}</span>
    </button>`;
  }

  #renderProblems() {
    const { checkState, context, strings } = this;
    const isChecked = checkState !== 'unchecked';
    const errors = this.#count('error');
    const warnings = this.#count('warning');
    const tone = { unchecked: 'unchecked', good: '', faulty: 'error' }[checkState];
    return html`<button
      class="button quiet problems ${tone}"
      aria-pressed=${String(context.store.$panel.get() === 'problems')}
      aria-label=${isChecked ? strings.problems.badge(errors, warnings) : strings.problems.checking}
      title=${strings.bar.problems}
      @click=${() => this.#run('problems')}
    >
      ${icon(!isChecked ? 'minus' : errors + warnings > 0 ? 'warning' : 'check')}<span class="number"
        >${errors + warnings || ''}</span
      >
    </button>`;
  }

  #renderSave() {
    const { strings } = this;
    const { actions, permissions, store } = this.context;
    const isBusy = store.$phase.get().kind === 'saving';
    const isOff = isBusy || permissions.isLocked;
    return html`<div class="save">
      <button
        class="button draft"
        ?disabled=${isOff}
        aria-label=${strings.bar.saveDraft}
        title=${strings.bar.saveDraft}
        @click=${() => actions.view.save(false)}
      >
        ${icon('draft')}<span class="wide">${strings.bar.saveDraft}</span>
      </button>
      <button
        class="button primary"
        ?disabled=${isOff}
        aria-busy=${String(isBusy)}
        title="${strings.bar.save} (${showKey('mod+s', isApple)})"
        @click=${() => actions.view.save(true)}
      >
        ${isBusy ? html`<span class="spinner"></span>` : nothing}${strings.bar.save}
      </button>
    </div>`;
  }

  #count(severity: 'error' | 'warning'): number {
    return this.context.store.$problems.get().filter((problem) => problem.severity === severity).length;
  }

  #run(id: CommandId): void {
    runCommand(id, this.context.actions);
  }
}
