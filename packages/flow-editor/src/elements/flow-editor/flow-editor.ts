import { checkFlow, currentFlow, parseFlow, type Flow, type FlowLimits, type Problem } from '@alur/flow';
import { LitElement, type PropertyValues } from 'lit';
import type { FlowDirectory } from '../../directory.ts';
import { FlowChangeEvent, FlowErrorEvent, FlowSelectEvent } from '../../events.ts';
import { listAddChoices } from '../../kinds/add-choices.ts';
import { layoutFlow, type FlowLayout } from '../../layout/flow-layout.ts';
import type { Direction } from '../../layout/neighbours.ts';
import { AtomsController } from '../../store/atoms-controller.ts';
import { canRun, commandOf, type CommandId } from '../../store/commands.ts';
import { EditorActions, type EditorView } from '../../store/editor-actions.ts';
import { EditorStore, type Panel } from '../../store/editor-store.ts';
import { resolveLocale, stringsFor, type Strings } from '../../strings/strings.ts';
import { controls } from '../../styles/controls.styles.ts';
import { dialogStyles } from '../../styles/dialog.styles.ts';
import { tints, tokens } from '../../styles/tokens.styles.ts';
import type { FlowCanvas } from '../flow-canvas/flow-canvas.ts';
import type { FlowInspector } from '../flow-inspector/flow-inspector.ts';
import type { FlowOutline } from '../flow-outline/flow-outline.ts';
import { panelHeadStyles } from '../panel.ts';
import type { ShownProblem } from '../problem-text.ts';
import { Announcer } from './announcer.ts';
import { DeleteQuestion } from './delete-question.ts';
import { EditorFocus } from './editor-focus.ts';
import { editorStyles } from './flow-editor.styles.ts';
import { handleKeydown } from './handle-keydown.ts';
import { PartsController } from './parts-controller.ts';
import { NameField } from './name-field.ts';
import { CheckController } from './check-controller.ts';
import { renderEditor } from './render-frame.ts';
import { SaveController } from './save-controller.ts';

/** Maximum width of the phone layout, in pixels. */
const NARROW = 720;

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
export class FlowEditor extends LitElement implements EditorView {
  static formAssociated = true;
  static override styles = [tokens, controls, tints, panelHeadStyles, dialogStyles, editorStyles];
  static override properties = {
    flow: { attribute: false },
    version: { attribute: false },
    live: { type: Boolean },
    directory: { attribute: false },
    problems: { attribute: false },
    channel: {},
    limits: { attribute: false },
    readonly: { type: Boolean, reflect: true },
    locale: {},
    name: { reflect: true },
    isNarrow: { state: true },
    addingTo: { state: true },
    menu: { state: true },
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
  /** Whether editing is disabled. Default: false. */
  declare readonly: boolean;
  /** Language as a tag, such as `id`. Default: the closest `lang` attribute. */
  declare locale: string | null;
  /** Name of the form field. Its value is the document as JSON. */
  declare name: string | null;

  declare isNarrow: boolean;
  declare addingTo: string | null;
  declare menu: { cardId: string; anchor: DOMRect } | null;
  /** Reason why the document cannot be shown. Null if it can. */
  declare unreadable: string | null;

  /** @internal State of the editor. */
  readonly store: EditorStore;
  /** @internal Actions on the state. */
  readonly actions: EditorActions;
  /** @internal Texts of the current language. */
  strings: Strings;
  /** @internal Positions of the cards. */
  layout: FlowLayout = layoutFlow({ format: 'alur.flow/2', id: '', name: '', timeZone: '', cards: {} });
  /** @internal Moves the keyboard focus. */
  readonly keyboard: EditorFocus;
  /** @internal Loads lazy parts. */
  readonly parts: PartsController;
  /** @internal Name field in the header. */
  readonly nameField: NameField;
  /** @internal Saves and tracks the result. */
  readonly saving: SaveController;
  /** @internal Announces changes and explains rejected commands. */
  readonly announcer: Announcer;
  /** @internal Dialog that confirms a deletion. */
  readonly question: DeleteQuestion;

  readonly #internals: ElementInternals;
  readonly #checking: CheckController;
  #resize: ResizeObserver | null = null;
  #laidOut: Flow | null = null;
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
    this.readonly = false;
    this.locale = null;
    this.name = null;
    this.isNarrow = false;
    this.addingTo = null;
    this.menu = null;
    this.unreadable = null;
    this.strings = stringsFor('en');
    this.#internals = this.attachInternals();
    this.store = new EditorStore((flow, change) => {
      this.flow = flow;
      this.dispatchEvent(new FlowChangeEvent(flow, change));
    });
    this.actions = new EditorActions(this.store, this);
    this.nameField = new NameField(this);
    this.saving = new SaveController(this);
    this.#checking = new CheckController(this, checkFlow);
    this.announcer = new Announcer(this);
    this.question = new DeleteQuestion(this);
    this.parts = new PartsController(this);
    this.keyboard = new EditorFocus(this);
    const { $flow, $revision, $savedRevision, $phase, $selected, $panel, $view, $problems, $trace, $found } =
      this.store;
    // oxlint-disable-next-line no-new
    new AtomsController(this, [
      $flow,
      $revision,
      $savedRevision,
      $phase,
      $selected,
      $panel,
      $view,
      $problems,
      $trace,
      $found,
    ]);
    this.addEventListener('keydown', (event) => handleKeydown(this, event));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resize = new ResizeObserver(([entry]) => this.#handleResize(entry!.contentRect.width));
    this.#resize.observe(this);
    // Measure before the first render, so that the canvas does not flash on a phone.
    this.#handleResize(this.clientWidth);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize?.disconnect();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('locale') || !this.hasUpdated)
      this.strings = stringsFor(resolveLocale(this, this.locale));
    if (changed.has('limits')) this.store.limits = this.limits ?? {};
    const isOtherFlow = changed.has('flow') && this.flow !== this.store.$flow.get();
    if (isOtherFlow || (changed.has('limits') && this.unreadable !== null)) this.#load();
    if (changed.has('version')) this.store.$version.set(this.version);
    if (changed.has('live')) this.store.$isLive.set(this.live);
    const flow = this.store.$flow.get();
    if (flow && flow !== this.#laidOut) this.layout = layoutFlow(flow);
    this.#laidOut = flow;
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
    return this.store.isDirty || this.nameField.isPending || (this.inspector?.isPending ?? false);
  }

  /** Focuses the selected card, or the start card. */
  override focus(): void {
    const cardId = this.store.$selected.get() ?? this.layout.order[0]?.id;
    if (cardId) this.focusCard(cardId);
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
    this.revealCard(cardId);
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

  /** @internal */
  get drawing(): FlowCanvas | FlowOutline | null {
    return this.renderRoot.querySelector<FlowCanvas | FlowOutline>('flow-canvas, flow-outline:defined');
  }

  /** @internal */
  get canvas(): FlowCanvas | null {
    return this.renderRoot.querySelector<FlowCanvas>('flow-canvas');
  }

  /** @internal */
  get problemsByCard(): ReadonlyMap<string, ShownProblem[]> {
    return this.#checking.byCard;
  }

  /** @internal Whether there is an error other than an empty field of a new card. */
  get isFaulty(): boolean {
    return this.#checking.isFaulty;
  }

  /** @internal Records that a field of a card's details lost the focus. */
  noteFieldLeft(cardId: string): void {
    this.#checking.touch(cardId);
  }

  /** @internal Records an attempt to save, after which empty fields count as errors. */
  noteSaveTried(): void {
    this.#checking.touchAll();
  }

  /** @internal Whether the shown document was checked for problems. */
  get isChecked(): boolean {
    return this.#checking.isDone;
  }

  /**
   * @internal Commits the value of the focused field. Returns false if the value is invalid, and shows the
   * reason at the field.
   */
  commitField(): boolean {
    this.inspector?.commitField();
    if (this.nameField.commit()) return true;
    this.nameField.focus();
    return false;
  }

  // Implementation of EditorView, which commands call.

  /** @internal */
  announce(text: string): void {
    this.announcer.announce(text);
  }

  /** @internal */
  explain(text: string): void {
    this.announcer.explain(text);
  }

  /** @internal */
  confirmDelete(question: Parameters<EditorView['confirmDelete']>[0]): Promise<boolean> {
    return this.question.ask(question);
  }

  /** @internal */
  openAddMenu(parentId: string): void {
    const flow = this.store.$flow.get();
    const choices = flow ? listAddChoices(flow, parentId) : [];
    if (choices.length === 0) return;
    if (choices.length === 1) {
      this.actions.add(parentId, choices[0]!.kind);
      return;
    }
    this.menu = null;
    this.addingTo = parentId;
  }

  /** @internal */
  openDetails(field = ''): void {
    this.store.$panel.set('details');
    this.keyboard.toField({ field });
  }

  /** @internal */
  focusCard(cardId: string): void {
    this.keyboard.toCard(cardId);
  }

  /** @internal */
  keepFocus(): void {
    this.keyboard.keep();
  }

  /** @internal */
  revealCard(cardId: string): void {
    void this.updateComplete.then(() => this.canvas?.revealCard(cardId));
  }

  /** @internal */
  togglePanel(panel: Panel): void {
    const isOpen = this.store.$panel.get() === panel;
    if (isOpen) this.#closePanel();
    else this.store.$panel.set(panel);
  }

  /** @internal */
  toggleView(): void {
    const { $view, $selected } = this.store;
    $view.set($view.get() === 'canvas' ? 'outline' : 'canvas');
    const selected = $selected.get();
    if (selected) this.focusCard(selected);
  }

  /** @internal */
  zoom(how: 'in' | 'out' | 'actual' | 'fit'): void {
    if (how === 'fit') this.canvas?.fit();
    else this.canvas?.zoom(how === 'in' ? 1.25 : how === 'out' ? 1 / 1.25 : 'actual');
  }

  /** @internal */
  openShortcuts(): void {
    void this.parts.openShortcuts();
  }

  /** @internal */
  closeTopmost(): boolean {
    if (this.addingTo || this.menu) this.closeMenus();
    else if (this.store.$panel.get()) this.#closePanel();
    else if (this.store.$selected.get()) this.actions.select(null);
    else return false;
    return true;
  }

  /** @internal Closes the add menu or the card menu and puts the focus on the card. */
  closeMenus(): void {
    if (!this.addingTo && !this.menu) return;
    const cardId = this.addingTo ?? this.store.$selected.get();
    this.addingTo = null;
    this.menu = null;
    if (cardId) this.focusCard(cardId);
  }

  /** @internal */
  outlineNeighbour(cardId: string, direction: Direction): string | null | undefined {
    const { drawing } = this;
    return drawing && 'neighbour' in drawing ? drawing.neighbour(cardId, direction) : undefined;
  }

  /** @internal */
  run(id: CommandId): void {
    const command = commandOf(id);
    if (canRun(command, this.actions)) void command.run(this.actions);
  }

  /** Loads the document of the page. An invalid document is reported and not changed. */
  #load(): void {
    this.saving.reset();
    this.nameField.reset();
    const parsed = this.flow && parseFlow(this.flow, { limits: this.store.limits });
    this.unreadable = parsed && !parsed.ok ? (parsed.problems[0]?.message ?? '') : null;
    // Migrate an older format for display and saving.
    this.store.load(this.flow && this.unreadable === null ? currentFlow(this.flow) : null);
    if (parsed && !parsed.ok) this.dispatchEvent(new FlowErrorEvent('flow-unreadable', parsed.problems));
  }

  #closePanel(): void {
    const panel = this.store.$panel.get();
    this.store.$panel.set(null);
    if (panel === 'try') this.store.$trace.set(null);
    if (panel === 'search') this.store.$found.set(null);
    const selected = this.store.$selected.get();
    if (selected) this.focusCard(selected);
  }

  #handleResize(width: number): void {
    if (width === 0) return;
    const isNarrow = width < NARROW;
    if (isNarrow === this.isNarrow) return;
    this.isNarrow = isNarrow;
    this.store.$view.set(isNarrow ? 'outline' : 'canvas');
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
