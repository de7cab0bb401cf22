import type { ReactiveControllerHost } from 'lit';
import { listAddChoices } from '../../kinds/add-choices.ts';
import type { FlowLayout } from '../../layout/flow-layout.ts';
import type { Direction } from '../../layout/neighbours.ts';
import type { EditorActions } from '../../store/editor-actions.ts';
import type { EditorStore, Panel } from '../../store/editor-store.ts';
import type { DeleteQuestion, EditorView } from '../../store/editor-view.ts';
import type { Strings } from '../../strings/strings.ts';
import type { FlowCanvas } from '../flow-canvas/flow-canvas.ts';
import type { FlowConfirmDialog } from '../flow-confirm-dialog/flow-confirm-dialog.ts';
import type { FlowOutline } from '../flow-outline/flow-outline.ts';
import type { Announcer } from './announcer.ts';
import type { EditorFocus } from './editor-focus.ts';
import type { PartsController } from './parts-controller.ts';
import type { SaveController } from './save-controller.ts';

/** What the view needs of the editor. */
export interface ViewHost extends ReactiveControllerHost {
  readonly store: EditorStore;
  readonly actions: EditorActions;
  readonly strings: Strings;
  readonly layout: FlowLayout;
  readonly isLocked: boolean;
  readonly announcer: Announcer;
  readonly keyboard: EditorFocus;
  readonly parts: PartsController;
  readonly saving: SaveController;
  readonly canvas: FlowCanvas | null;
  /** Canvas or outline. */
  readonly drawing: FlowCanvas | FlowOutline | null;
  readonly dialog: FlowConfirmDialog | null;
  focus(): void;
}

/** View of an editor, as commands see it: its menus, panels, zoom, focus and announcements. */
export class ViewController implements EditorView {
  /** Id of the card below which the add menu is open. */
  addingTo: string | null = null;
  /** Card whose menu is open, and the position of the menu on the page. */
  menu: { cardId: string; anchor: DOMRect } | null = null;

  readonly #host: ViewHost;

  constructor(host: ViewHost) {
    this.#host = host;
  }

  get strings(): Strings {
    return this.#host.strings;
  }

  get isLocked(): boolean {
    return this.#host.isLocked;
  }

  get layout(): FlowLayout {
    return this.#host.layout;
  }

  announce(text: string): void {
    this.#host.announcer.announce(text);
  }

  explain(text: string): void {
    this.#host.announcer.explain(text);
  }

  async confirmDelete(question: DeleteQuestion): Promise<boolean> {
    return this.#host.dialog?.ask(question) ?? false;
  }

  openAddMenu(parentId: string): void {
    const flow = this.#host.store.$flow.get();
    const choices = flow ? listAddChoices(flow, parentId, this.#host.store.kinds) : [];
    if (choices.length === 0) return;
    if (choices.length === 1) this.#host.actions.add(parentId, choices[0]!.kind);
    else this.#show({ addingTo: parentId });
  }

  /** Opens the menu of a card. */
  openCardMenu(cardId: string, anchor: DOMRect): void {
    this.#show({ addingTo: this.addingTo, menu: { cardId, anchor } });
  }

  /** Adds a card of a kind below the card whose add menu is open. */
  pick(kind: string): void {
    const parentId = this.addingTo;
    this.#show({ menu: this.menu });
    if (parentId) this.#host.actions.add(parentId, kind);
  }

  /** Hides the add menu and the card menu. */
  hideMenus(): void {
    if (this.addingTo || this.menu) this.#show({});
  }

  /** Closes the add menu or the card menu and puts the focus on the card. */
  closeMenus(): void {
    if (!this.addingTo && !this.menu) return;
    const cardId = this.addingTo ?? this.#host.store.$selected.get();
    this.hideMenus();
    if (cardId) this.focusCard(cardId);
  }

  openDetails(field = ''): void {
    this.#host.store.$panel.set('details');
    this.#host.keyboard.toField({ field });
  }

  focus(): void {
    this.#host.focus();
  }

  focusCard(cardId: string): void {
    this.#host.keyboard.toCard(cardId);
  }

  keepFocus(): void {
    this.#host.keyboard.keep();
  }

  revealCard(cardId: string): void {
    void this.#host.updateComplete.then(() => this.#host.canvas?.revealCard(cardId));
  }

  togglePanel(panel: Panel): void {
    const { $panel } = this.#host.store;
    if ($panel.get() === panel) this.#closePanel();
    else $panel.set(panel);
  }

  toggleView(): void {
    const { $view, $selected } = this.#host.store;
    $view.set($view.get() === 'canvas' ? 'outline' : 'canvas');
    const selected = $selected.get();
    if (selected) this.focusCard(selected);
  }

  zoom(how: 'in' | 'out' | 'actual' | 'fit'): void {
    const { canvas } = this.#host;
    if (how === 'fit') canvas?.fit();
    else canvas?.zoom(how === 'in' ? 1.25 : how === 'out' ? 1 / 1.25 : 'actual');
  }

  save(live: boolean): void {
    void this.#host.saving.save(live);
  }

  openShortcuts(): void {
    void this.#host.parts.openShortcuts();
  }

  handlePendingText(): void {
    this.#host.requestUpdate();
  }

  closeTopmost(): boolean {
    const { $panel, $selected } = this.#host.store;
    if (this.addingTo || this.menu) this.closeMenus();
    else if ($panel.get()) this.#closePanel();
    else if ($selected.get()) this.#host.actions.select(null);
    else return false;
    return true;
  }

  outlineNeighbour(cardId: string, direction: Direction): string | null | undefined {
    const { drawing } = this.#host;
    return drawing && 'neighbour' in drawing ? drawing.neighbour(cardId, direction) : undefined;
  }

  #show({ addingTo = null, menu = null }: Partial<Pick<ViewController, 'addingTo' | 'menu'>>): void {
    this.addingTo = addingTo;
    this.menu = menu;
    this.#host.requestUpdate();
  }

  #closePanel(): void {
    const { $panel, $trace, $found, $selected } = this.#host.store;
    const panel = $panel.get();
    $panel.set(null);
    if (panel === 'try') $trace.set(null);
    if (panel === 'search') $found.set(null);
    const selected = $selected.get();
    if (selected) this.focusCard(selected);
  }
}
