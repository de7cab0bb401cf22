import type { Card, Flow } from '@alur/flow';
import { listAddChoices, joinsFork } from '../kinds/add-choices.ts';
import { lookOfCard, lookOfKind } from '../kinds/kind-look.ts';
import { canHaveNext, type FlowLayout } from '../layout/flow-layout.ts';
import { findNeighbour, type Direction } from '../layout/neighbours.ts';
import type { Strings } from '../strings/strings.ts';
import * as edits from './document-edits.ts';
import type { EditorStore, Panel } from './editor-store.ts';
import { readClipboard, writeClipboard } from './clipboard.ts';

/** What a command may do to the screen. */
export interface EditorView {
  readonly strings: Strings;
  readonly isLocked: boolean;
  readonly layout: FlowLayout;
  /** Says something to people who do not see it happen. */
  announce(text: string): void;
  /** Asks before something that takes much away. */
  confirmDelete(question: {
    name: string;
    count: number;
    jumps: number;
    takesElse: boolean;
  }): Promise<boolean>;
  openAddMenu(parentId: string): void;
  openDetails(field?: string): void;
  focusCard(cardId: string): void;
  revealCard(cardId: string): void;
  /** When the drawing has the focus, gives it to the card in hand after the next change. */
  keepFocus(): void;
  togglePanel(panel: Panel): void;
  toggleView(): void;
  zoom(how: 'in' | 'out' | 'actual' | 'fit'): void;
  save(live: boolean): void;
  openShortcuts(): void;
  closeTopmost(): void;
  /** The card reached in the outline, or undefined when the canvas is shown. */
  outlineNeighbour(cardId: string, direction: Direction): string | null | undefined;
}

/**
 * What people do with a flow: every command, button, menu and gesture ends in one of these, so that all of them can be
 * undone and are announced alike.
 */
export class EditorActions {
  readonly store: EditorStore;
  readonly view: EditorView;

  constructor(store: EditorStore, view: EditorView) {
    this.store = store;
    this.view = view;
  }

  get isReadonly(): boolean {
    return this.view.isLocked;
  }

  get canAdd(): boolean {
    const { card, flow, id } = this.#hand;
    return card !== null && canHaveNext(card) && listAddChoices(flow!, id!).length > 0;
  }

  get canCopy(): boolean {
    const { card } = this.#hand;
    return card !== null && card.kind !== 'start' && card.kind !== 'else';
  }

  get canDuplicate(): boolean {
    const { card, flow, id } = this.#hand;
    return card !== null && edits.duplicate(flow!, id!) !== null;
  }

  get canDelete(): boolean {
    return this.canCopy;
  }

  get hasTarget(): boolean {
    return this.#hand.card?.kind === 'jump';
  }

  /** Whether the card in hand can change places with its neighbour. */
  canMove(step: -1 | 1, cardId = this.#hand.id): boolean {
    const { flow } = this.#hand;
    return flow !== null && cardId !== null && edits.moveCard(flow, cardId, step) !== null;
  }

  /** Takes a card in hand. */
  select(
    cardId: string | null,
    { open = false, field }: { open?: boolean; field?: string | undefined } = {},
  ): void {
    this.store.$selected.set(cardId);
    if (cardId === null && this.store.$panel.get() === 'details') this.store.$panel.set(null);
    if (cardId !== null && open && this.store.$panel.get() !== 'try') this.store.$panel.set('details');
    if (cardId !== null && field) this.view.openDetails(field);
  }

  /** Walks from card to card. */
  go(direction: Direction): void {
    const { id } = this.#hand;
    if (id === null) {
      this.goToStart();
      return;
    }
    const inOutline = this.view.outlineNeighbour(id, direction);
    const to = inOutline === undefined ? findNeighbour(this.view.layout, id, direction) : inOutline;
    if (to !== null) this.#takeInHand(to);
  }

  goToStart(): void {
    const start = this.view.layout.order[0];
    if (start) this.#takeInHand(start.id);
  }

  goToTarget(cardId = this.#hand.id): void {
    const card = cardId ? this.#hand.flow?.cards[cardId] : undefined;
    if (card?.kind === 'jump' && card.to && this.#hand.flow!.cards[card.to]) this.#takeInHand(card.to);
  }

  open(): void {
    this.view.openDetails();
  }

  openAddMenu(): void {
    if (this.#hand.id) this.view.openAddMenu(this.#hand.id);
  }

  /** Adds a card of a kind below another. `stay` keeps the card in hand. Gives the new card's id. */
  add(parentId: string, kind: string, { stay = false } = {}): string | null {
    const { flow } = this.#hand;
    if (!flow) return null;
    const joins = joinsFork(flow, parentId);
    const added = edits.addBelow(flow, parentId, kind);
    if (!added) return null;
    const { name } = lookOfKind(kind as Card['kind']);
    const { strings } = this.view;
    this.store.commit(added.change, {
      label: strings.undoLabels.add(name),
      ...(stay ? {} : { select: added.cardId }),
    });
    const isCondition = kind.startsWith('first-message');
    this.view.announce(isCondition && !joins ? strings.say.addedFork(name) : strings.say.added(name));
    if (!stay) {
      this.store.$panel.set('details');
      this.view.openDetails('');
    }
    return added.cardId;
  }

  /** Sets fields of a card; typing in one field becomes one step. */
  edit(cardId: string, fields: Partial<Record<string, unknown>>): void {
    const { flow } = this.#hand;
    const card = flow?.cards[cardId];
    if (!flow || !card) return;
    this.store.commit(edits.setFields(flow, cardId, fields), {
      label: this.view.strings.undoLabels.edit(lookOfCard(card).name),
      mergeKey: `${cardId}:${Object.keys(fields).join()}`,
    });
  }

  rename(name: string): void {
    const { flow } = this.#hand;
    if (!flow || flow.name === name) return;
    this.store.commit(edits.renameFlow(flow, name), { label: this.view.strings.undoLabels.rename });
  }

  setTimeZone(timeZone: string): void {
    const { flow } = this.#hand;
    if (!flow || flow.timeZone === timeZone) return;
    this.store.commit(edits.setTimeZone(flow, timeZone), { label: this.view.strings.undoLabels.timeZone });
  }

  /** Deletes a card. One that takes others with it asks first. */
  async delete(cardId = this.#hand.id): Promise<void> {
    const { flow } = this.#hand;
    const card = cardId ? flow?.cards[cardId] : undefined;
    if (!flow || !cardId || !card) return;
    const plan = edits.planDelete(flow, cardId);
    if (!plan) return;
    const { strings } = this.view;
    const name = card.title || lookOfCard(card).name;
    if (plan.count > 1 && !(await this.view.confirmDelete({ name, ...plan }))) return;
    const placed = this.view.layout.byId.get(cardId);
    const siblings = flow.cards[placed?.parentId ?? '']?.next ?? [];
    const near = siblings[placed!.index + 1] ?? siblings[placed!.index - 1];
    const isInHand = this.store.$selected.get() === cardId;
    const select = isInHand ? (siblings.length > 1 && near ? near : (placed?.parentId ?? null)) : undefined;
    this.store.commit(plan.change, {
      label: strings.undoLabels.delete(name),
      ...(select === undefined ? {} : { select }),
    });
    this.view.announce(strings.say.deleted(name, plan.count));
    const left = this.store.$selected.get();
    if (isInHand && left) this.view.focusCard(left);
  }

  /** Says that the card in hand stays: Start Point and Else go only with what they belong to. */
  sayWhyNotDeleted(): void {
    const { card } = this.#hand;
    if (card && !this.isReadonly)
      this.view.announce(this.view.strings.say.cannotDelete(lookOfCard(card).name));
  }

  /** Moves a card one place among its siblings. */
  move(step: -1 | 1, cardId = this.#hand.id): void {
    const { flow } = this.#hand;
    const card = cardId ? flow?.cards[cardId] : undefined;
    if (!flow || !cardId || !card) return;
    const { strings } = this.view;
    const change = edits.moveCard(flow, cardId, step);
    if (!change) {
      this.view.announce(strings.say.movedEdge);
      return;
    }
    this.store.commit(change, { label: strings.undoLabels.move(lookOfCard(card).name) });
    const placed = this.view.layout.byId.get(cardId);
    if (placed) this.view.announce(strings.say.moved(placed.index + 1 + step, placed.siblings));
  }

  /** Moves a branch to a place among its siblings, counted without itself. */
  moveTo(cardId: string, index: number): void {
    const { flow } = this.#hand;
    const card = flow?.cards[cardId];
    if (!flow || !card) return;
    const { strings } = this.view;
    const label = strings.undoLabels.move(lookOfCard(card).name);
    const isMoved = this.store.commit(edits.moveTo(flow, cardId, index), { label, select: cardId });
    const placed = this.view.layout.byId.get(cardId);
    if (isMoved && placed) this.view.announce(strings.say.moved(index + 1, placed.siblings));
  }

  duplicate(): void {
    const { flow, id, card } = this.#hand;
    if (!flow || !id || !card) return;
    const made = edits.duplicate(flow, id);
    if (!made) return;
    const { name } = lookOfCard(card);
    const { strings } = this.view;
    this.store.commit(made.change, { label: strings.undoLabels.duplicate(name), select: made.cardId });
    this.view.announce(strings.say.duplicated(name));
    this.view.focusCard(made.cardId);
  }

  async copy(): Promise<void> {
    const { flow, id, card } = this.#hand;
    if (!flow || !id || !card || !this.canCopy) return;
    const clip = edits.copyCards(flow, id);
    if (!clip) return;
    await writeClipboard(clip);
    this.view.announce(this.view.strings.say.copied(lookOfCard(card).name));
  }

  async cut(): Promise<void> {
    // The clipboard may ask for leave; by then another card may be in hand.
    const { id } = this.#hand;
    await this.copy();
    if (id) await this.delete(id);
  }

  async paste(): Promise<void> {
    const { flow, id } = this.#hand;
    if (!flow || !id) return;
    const { strings } = this.view;
    const clip = await readClipboard();
    if (!clip) {
      this.view.announce(strings.say.pasteNothing);
      return;
    }
    // Reading the clipboard takes its time: the document may be another by now.
    const now = this.#hand.flow;
    const made = now?.cards[id] ? edits.paste(now, id, clip) : null;
    if (!made) {
      this.view.announce(strings.say.pasteNot);
      return;
    }
    const { name } = lookOfCard(clip.cards[clip.rootId]!);
    this.store.commit(made.change, { label: strings.undoLabels.paste(name), select: made.cardId });
    this.view.announce(strings.say.pasted(name));
    this.view.focusCard(made.cardId);
  }

  undo(): void {
    this.view.keepFocus();
    const label = this.store.undo();
    if (label !== null) this.view.announce(this.view.strings.say.undone(label));
  }

  redo(): void {
    this.view.keepFocus();
    const label = this.store.redo();
    if (label !== null) this.view.announce(this.view.strings.say.redone(label));
  }

  get #hand(): { flow: Flow | null; id: string | null; card: Card | null } {
    const flow = this.store.$flow.get();
    const id = this.store.$selected.get();
    return { flow, id, card: (id && flow?.cards[id]) || null };
  }

  #takeInHand(cardId: string): void {
    this.store.$selected.set(cardId);
    this.view.focusCard(cardId);
    this.view.revealCard(cardId);
  }
}
