import { checkFlow, currentFlow, parseFlow, type Flow, type FlowLimits, type Problem } from '@alur/flow';
import { LitElement, type PropertyValues } from 'lit';
import type { FlowDirectory } from '../../directory.ts';
import { reuseContext, type EditorContext } from '../../editor-context.ts';
import { FlowChangeEvent, FlowErrorEvent, FlowSelectEvent } from '../../events.ts';
import { withCustomKinds, type FlowKinds } from '../../kinds/custom-kinds.ts';
import type { EditorKinds } from '../../kinds/editor-kind.ts';
import { editorKinds } from '../../kinds/editor-kinds.ts';
import { layoutFlow, type FlowLayout } from '../../layout/flow-layout.ts';
import { AtomsController } from '../../store/atoms-controller.ts';
import { EditorActions } from '../../store/editor-actions.ts';
import { EditorStore } from '../../store/editor-store.ts';
import { resolveLocale, stringsFor, type Strings } from '../../strings/strings.ts';
import { controls } from '../../styles/controls.styles.ts';
import { spinnerStyles } from '../../styles/spinner.styles.ts';
import { tints, tokens } from '../../styles/tokens.styles.ts';
import type { FlowCanvas } from '../flow-canvas/flow-canvas.ts';
import type { FlowConfirmDialog } from '../flow-confirm-dialog/flow-confirm-dialog.ts';
import type { FlowInspector } from '../flow-inspector/flow-inspector.ts';
import type { FlowOutline } from '../flow-outline/flow-outline.ts';
import type { FlowNameField } from '../flow-name-field/flow-name-field.ts';
import type { FlowToolbar } from '../flow-toolbar/flow-toolbar.ts';
import { panelHeadStyles } from '../panel.ts';
import { Announcer } from './announcer.ts';
import { CheckController } from './check-controller.ts';
import { EditorFocus } from './editor-focus.ts';
import { editorStyles } from './flow-editor.styles.ts';
import { handleKeydown } from './handle-keydown.ts';
import { NarrowController } from './narrow-controller.ts';
import { PartsController } from './parts-controller.ts';
import { renderEditor } from './render-frame.ts';
import { SaveController } from './save-controller.ts';
import { ViewController } from './view-controller.ts';

/**
 * @summary Displays and edits a flow. The flow is a property; changes and saves are events. The element fills
 * its box and sends no requests.
 *
 * @fires flow-change - the user changed the flow; carries the new document and the change
 * @fires flow-save - the flow should be saved; answer with `event.respondWith(promise)`
 * @fires flow-select - the selection changed to another card
 * @fires flow-error - an error that the user cannot correct
 * @slot actions - buttons of the page, beside Save
 * @csspart bar - header with name, state and Save
 * @csspart main - canvas or outline
 * @csspart panel - side panel; a sheet at the bottom on small screens
 * @csspart canvas - content of the canvas, which contains the cards
 * @csspart card - card
 * @csspart add - button that adds a card
 * @csspart zoom - zoom buttons
 * @example
 * ```html
 * <flow-editor locale="id"></flow-editor>
 * ```
 */
export class FlowEditor extends LitElement {
  static formAssociated = true;
  static override styles = [tokens, controls, tints, panelHeadStyles, spinnerStyles, editorStyles];
  static override properties = {
    flow: { attribute: false },
    version: { attribute: false },
    live: { type: Boolean },
    directory: { attribute: false },
    problems: { attribute: false },
    channel: {},
    limits: { attribute: false },
    kinds: { attribute: false },
    readonly: { type: Boolean, reflect: true },
    locale: {},
    name: { reflect: true },
    unreadable: { state: true },
  };

  /** Flow document; null if there is none. Set it to show another one. Edits replace it. */
  declare flow: Flow | null;
  /** Newest version number of the document. Sent as the base of a save. Null if the flow was never saved. */
  declare version: number | null;
  /** Whether that version is live. */
  declare live: boolean;
  /** Entries that the flow can refer to. Null while they load. */
  declare directory: FlowDirectory | null;
  /** Problems that the host found. Shown together with those of the editor. */
  declare problems: Problem[] | null;
  /** Channel whose limits are checked too. Default: only the limits of the format. */
  declare channel: 'web-livechat' | 'whatsapp' | undefined;
  /**
   * Limits of the document that differ from the format's limits, such as `{ cards: 6000 }`. Configure the
   * host with the same ones. Set it before `flow`. Default: none.
   */
  declare limits: Partial<FlowLimits> | undefined;
  /**
   * Card kinds of your own, whose names begin with `x-`: fields, checks and summaries, and how the simulator
   * runs them. Set it before `flow`. Default: none.
   */
  declare kinds: FlowKinds | undefined;
  /** Whether editing is disabled. Default: false. */
  declare readonly: boolean;
  /** Language as a tag, such as `id`. Default: the closest `lang` attribute. */
  declare locale: string | null;
  /** Name of the form field. Its value is the document as JSON. */
  declare name: string | null;

  /** Reason why the document cannot be shown. Null if it can. */
  declare unreadable: string | null;

  /** @internal State of the editor. */
  readonly store: EditorStore;
  /** @internal Texts of the current language. */
  strings: Strings = stringsFor('en');
  /** @internal What all parts share. */
  context: EditorContext;
  /** @internal Positions of the cards. */
  layout: FlowLayout = layoutFlow(
    { format: 'alur.flow/2', id: '', name: '', timeZone: '', cards: {} },
    editorKinds,
  );
  /** @internal View of the editor for commands: menus, panels, zoom. */
  readonly view = new ViewController(this);
  /** @internal Actions of the user. */
  readonly actions: EditorActions;
  /** @internal Saves and tracks the result. */
  readonly saving = new SaveController(this);
  /** @internal Checks the document for problems. */
  readonly checking = new CheckController(this, checkFlow);
  /** @internal Announces changes and explains rejected commands. */
  readonly announcer = new Announcer(this);
  /** @internal Loads lazy parts. */
  readonly parts = new PartsController(this);
  /** @internal Moves the keyboard focus. */
  readonly keyboard = new EditorFocus(this);
  /** @internal Chooses the desktop or the phone layout. */
  readonly narrow = new NarrowController(this);

  readonly #internals = this.attachInternals();
  /** Document and kinds of the current layout. */
  #laidOut: { flow: Flow; kinds: EditorKinds } | null = null;
  #selectedBefore: string | null = null;

  constructor() {
    super();
    this.flow = null;
    this.version = null;
    this.live = false;
    this.directory = null;
    this.problems = [];
    this.channel = undefined;
    this.limits = undefined;
    this.kinds = undefined;
    this.readonly = false;
    this.locale = null;
    this.name = null;
    this.unreadable = null;
    this.store = new EditorStore((flow, change) => {
      this.flow = flow;
      this.dispatchEvent(new FlowChangeEvent(flow, change));
    });
    this.actions = new EditorActions(this.store, this.view);
    this.context = this.#createContext();
    // oxlint-disable-next-line no-new
    new AtomsController(this, () => this.store.shownAtoms);
    this.addEventListener('keydown', (event) => handleKeydown(this, event));
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('locale') || !this.hasUpdated)
      this.strings = stringsFor(resolveLocale(this, this.locale));
    if (changed.has('limits')) this.store.limits = this.limits ?? {};
    if (changed.has('kinds') || changed.has('locale'))
      this.store.kinds = withCustomKinds(this.kinds, this.strings.locale);
    const isOtherFlow = changed.has('flow') && this.flow !== this.store.$flow.get();
    const isReadable = this.unreadable === null;
    if (isOtherFlow || (!isReadable && (changed.has('limits') || changed.has('kinds')))) this.#load();
    if (changed.has('version')) this.store.$version.set(this.version);
    if (changed.has('live')) this.store.$isLive.set(this.live);
    this.context = reuseContext(this.context, this.#createContext());
    const flow = this.store.$flow.get();
    const { kinds } = this.context;
    if (flow && (flow !== this.#laidOut?.flow || kinds !== this.#laidOut.kinds))
      this.layout = layoutFlow(flow, kinds);
    this.#laidOut = flow && { flow, kinds };
  }

  override updated(): void {
    const selected = this.store.$selected.get();
    if (selected !== this.#selectedBefore) {
      this.#selectedBefore = selected;
      this.dispatchEvent(new FlowSelectEvent(selected));
    }
    if (this.#internals.form && this.name) {
      const flow = this.store.$flow.get();
      this.#internals.setFormValue(flow ? JSON.stringify(flow) : null);
    }
  }

  /** Form that owns the editor, or null. */
  get form(): HTMLFormElement | null {
    return this.#internals.form;
  }

  /** Whether there are unsaved changes, including those in a field that still has the focus. */
  get dirty(): boolean {
    return this.store.isDirty || (this.nameField?.isPending ?? false) || (this.inspector?.isPending ?? false);
  }

  /** Focuses the selected card, or the start card. */
  override focus(): void {
    const cardId = this.store.$selected.get() ?? this.layout.order[0]?.id;
    if (cardId) this.keyboard.toCard(cardId);
  }

  /**
   * Saves the flow: live if it has no errors, or as an unpublished version if `live` is false. Same as the
   * buttons.
   */
  save(live = true): void {
    void this.saving.save(live);
  }

  /** Selects a card and scrolls to it. With `field`, focuses that field in its details. */
  showCard(cardId: string, field?: string): void {
    this.actions.select(cardId, { open: true, field });
    this.view.revealCard(cardId);
  }

  /** Undoes the last change. */
  undo(): void {
    this.actions.undo();
  }

  /** Redoes the last undone change. */
  redo(): void {
    this.actions.redo();
  }

  /** @internal Whether editing is disabled: read-only, or another version is shown for review. */
  get isLocked(): boolean {
    return this.readonly || this.saving.reviewed !== null;
  }

  /** @internal */
  get inspector(): FlowInspector | null {
    return this.renderRoot.querySelector<FlowInspector>('flow-inspector:defined');
  }

  /** @internal Canvas or outline. */
  get drawing(): FlowCanvas | FlowOutline | null {
    return this.renderRoot.querySelector<FlowCanvas | FlowOutline>('flow-canvas, flow-outline:defined');
  }

  /** @internal */
  get canvas(): FlowCanvas | null {
    return this.renderRoot.querySelector('flow-canvas');
  }

  /** @internal */
  get dialog(): FlowConfirmDialog | null {
    return this.renderRoot.querySelector('flow-confirm-dialog');
  }

  /** @internal Name field in the toolbar. Null without a flow. */
  get nameField(): FlowNameField | null {
    return this.renderRoot?.querySelector<FlowToolbar>('flow-toolbar')?.nameField ?? null;
  }

  /**
   * @internal Commits the focused field and shows all problems. Returns false if the value of a field is
   * invalid, and focuses the field, which shows the reason.
   */
  prepareSave(): boolean {
    this.checking.touchAll();
    this.inspector?.commitField();
    if (this.nameField?.commit() ?? true) return true;
    this.nameField?.focus();
    return false;
  }

  #createContext(): EditorContext {
    const { store, actions, strings, directory, readonly, isLocked } = this;
    const permissions = { isReadonly: readonly, isLocked };
    return { store, actions, strings, directory, kinds: store.kinds, permissions };
  }

  /** Loads the document of the page. An invalid document is reported and not changed. */
  #load(): void {
    this.saving.reset();
    this.nameField?.reset();
    const { limits, kinds } = this.store;
    const parsed = this.flow && parseFlow(this.flow, { limits, kinds: kinds.author });
    this.unreadable = parsed && !parsed.ok ? (parsed.problems[0]?.message ?? '') : null;
    // Migrate an older format for display and saving.
    this.store.load(this.flow && this.unreadable === null ? currentFlow(this.flow) : null);
    if (parsed && !parsed.ok) this.dispatchEvent(new FlowErrorEvent('flow-unreadable', parsed.problems));
  }

  protected override render() {
    return renderEditor(this);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'flow-editor': FlowEditor;
  }
}
