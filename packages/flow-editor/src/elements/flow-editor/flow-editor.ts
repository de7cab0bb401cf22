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
import { ProblemWatch } from './problem-watch.ts';
import { renderEditor } from './render-frame.ts';
import { SaveController } from './save-controller.ts';

/** The width in pixels below which the editor is laid out for a phone. */
const NARROW = 720;

/**
 * @summary Draws and edits a flow: a document in, events out. It fills its box and knows no network.
 *
 * @fires flow-change - a person changed the flow; carries the new document and the change
 * @fires flow-save - the flow should be saved; answer with `event.respondWith(promise)`
 * @fires flow-select - another card is in hand
 * @fires flow-error - something failed that the person in front of it cannot mend
 * @slot actions - buttons of the page, beside Save
 * @csspart bar - the head with name, state and Save
 * @csspart main - the drawing
 * @csspart panel - the side panel; a sheet at the bottom on small screens
 * @csspart canvas - the plane that the cards lie on
 * @csspart card - a card
 * @csspart add - a plus
 * @csspart zoom - the buttons for zooming
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

  /** The document; null while there is none. Set it to show another. Edits replace it. */
  declare flow: Flow | null;
  /**
   * The newest version number of the document, sent back as the base of a save; null when it was never saved.
   */
  declare version: number | null;
  /** Whether that version is live. */
  declare live: boolean;
  /** What the flow can refer to; null while it loads. */
  declare directory: FlowDirectory | null;
  /** Problems that the host found; shown with those the editor finds itself. */
  declare problems: Problem[] | null;
  /** The channel whose limits are checked as well. Default: none beyond the flow's own. */
  declare channel: 'web-livechat' | 'whatsapp' | undefined;
  /**
   * Upper bounds of the document other than the format's own, such as `{ cards: 6000 }`. Give the host the
   * same ones. Set it before `flow`. Default: none.
   */
  declare limits: Partial<FlowLimits> | undefined;
  /** Nothing can be changed. Default: false. */
  declare readonly: boolean;
  /** The language, as a tag such as `id`. Default: that of the closest `lang`. */
  declare locale: string | null;
  /** The name under which a form gets the document as JSON. */
  declare name: string | null;

  declare isNarrow: boolean;
  declare addingTo: string | null;
  declare menu: { cardId: string; anchor: DOMRect } | null;
  /** Why the document cannot be shown. */
  declare unreadable: string | null;

  /** @internal What is edited, and how it stands. */
  readonly store: EditorStore;
  /** @internal What can be done to it. */
  readonly actions: EditorActions;
  /** @internal The words of the language. */
  strings: Strings;
  /** @internal Where the cards lie. */
  layout: FlowLayout = layoutFlow({ format: 'alur.flow/2', id: '', name: '', timeZone: '', cards: {} });
  /** @internal Where the focus goes. */
  readonly keyboard: EditorFocus;
  /** @internal What is fetched when it is wanted. */
  readonly parts: PartsController;
  /** @internal The flow's name in the head. */
  readonly nameField: NameField;
  /** @internal Saving, and what came of it. */
  readonly saving: SaveController;
  /** @internal What the editor says to screen readers and why something was not done. */
  readonly announcer: Announcer;
  /** @internal What is asked before much is deleted. */
  readonly question: DeleteQuestion;

  readonly #internals: ElementInternals;
  readonly #checking: ProblemWatch;
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
    this.#checking = new ProblemWatch(this, checkFlow);
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
    // Known before anything is drawn, so that a phone does not see the canvas flash by.
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

  /** The form this editor belongs to, if any. */
  get form(): HTMLFormElement | null {
    return this.#internals.form;
  }

  /**
   * Whether there are changes that the host does not have, those in a field that has not been left included.
   */
  get dirty(): boolean {
    return this.store.isDirty || this.nameField.isPending || (this.inspector?.isPending ?? false);
  }

  /** Puts the focus on the card in hand, or on the start card. */
  override focus(): void {
    const cardId = this.store.$selected.get() ?? this.layout.order[0]?.id;
    if (cardId) this.focusCard(cardId);
  }

  /** Saves: live when the flow has no errors, or as a draft. The same as the buttons. */
  save(live = true): void {
    void this.saving.save(live);
  }

  /** Takes a card in hand and shows it; with `field`, the focus goes into that field of its details. */
  showCard(cardId: string, field?: string): void {
    this.actions.select(cardId, { open: true, field });
    this.revealCard(cardId);
  }

  /** Takes the last change back. */
  undo(): void {
    this.actions.undo();
  }

  /** Makes the last change that was taken back again. */
  redo(): void {
    this.actions.redo();
  }

  /** @internal Nothing can be changed now: read-only, or somebody else's version is being looked at. */
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

  /** @internal Whether something is wrong, and not only missing in what was just added. */
  get isFaulty(): boolean {
    return this.#checking.isFaulty;
  }

  /** @internal A field of a card's details was left. */
  noteFieldLeft(cardId: string): void {
    this.#checking.touch(cardId);
  }

  /** @internal Somebody wants to save: what is missing is missing. */
  noteSaveTried(): void {
    this.#checking.touchAll();
  }

  /** @internal Whether the document on the screen was checked for problems at all. */
  get isChecked(): boolean {
    return this.#checking.isDone;
  }

  /**
   * @internal Makes what stands in the field that has the focus count; false when it cannot, and says why
   * there.
   */
  commitField(): boolean {
    this.inspector?.commitField();
    if (this.nameField.commit()) return true;
    this.nameField.focus();
    return false;
  }

  // What commands may do to the screen (EditorView).

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

  /** Shows what the page has set; a document that cannot be read is told and not touched. */
  #load(): void {
    this.saving.reset();
    this.nameField.reset();
    const parsed = this.flow && parseFlow(this.flow, { limits: this.store.limits });
    this.unreadable = parsed && !parsed.ok ? (parsed.problems[0]?.message ?? '') : null;
    // An older format is shown, and saved, in the present one.
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
