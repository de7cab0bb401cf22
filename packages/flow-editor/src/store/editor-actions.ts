import type { Card, Flow, FlowChange } from '@alur/flow';
import { listAddChoices, joinsFork } from '../kinds/add-choices.ts';
import { appearanceOfCard, appearanceOfKind } from '../kinds/appearance.ts';
import type { EditorKinds } from '../kinds/editor-kind.ts';
import { canHaveNext } from '../layout/flow-layout.ts';
import { findNeighbour, type Direction } from '../layout/neighbours.ts';
import type { Strings } from '../strings/strings.ts';
import * as edits from './document-edits.ts';
import type { CommitOptions, EditorStore } from './editor-store.ts';
import type { EditorView } from './editor-view.ts';
import { readClipboard, writeClipboard } from './clipboard.ts';
import { describeRefusal } from './refusals.ts';

/** Change by the user, with the announcement of its success. */
interface Edit extends CommitOptions {
  change: FlowChange | null;
  /** Text to announce if the document changed. */
  done?: string;
  /** Text to explain if the engine returned no change, that is if `change` is null. */
  refused?: string;
}

/**
 * Actions of the user. Every command, button, menu and gesture calls one of these, so that all changes can be
 * undone and are announced consistently. Only `#commit` changes the document. It announces success only after
 * the document changed.
 */
export class EditorActions {
  readonly store: EditorStore;
  readonly view: EditorView;

  constructor(store: EditorStore, view: EditorView) {
    this.store = store;
    this.view = view;
  }

  get #kinds(): EditorKinds {
    return this.store.kinds;
  }

  get isReadonly(): boolean {
    return this.view.isLocked;
  }

  /** Reason why no card can be added below the selected card; null if it is possible. */
  get addRefusal(): string | null {
    const { card, flow, id } = this.#selection;
    if (!card) return this.#refused.noCard;
    if (canHaveNext(card, this.#kinds) && listAddChoices(flow!, id!, this.#kinds).length > 0) return null;
    return card.kind === 'buttons'
      ? this.#refused.buttons
      : this.#refused.addBelow(appearanceOfCard(card, this.#kinds).name);
  }

  /** Reason why the selected card cannot be copied; null if it can. */
  get copyRefusal(): string | null {
    const { card } = this.#selection;
    return card && isFixed(card) ? this.#refused.copy(appearanceOfCard(card, this.#kinds).name) : null;
  }

  /** Reason why the selected card cannot be duplicated; null if it can. */
  get duplicateRefusal(): string | null {
    const { card, flow, id } = this.#selection;
    if (!card || edits.duplicate(flow!, id!, this.#kinds)) return null;
    if (card.kind === 'button') return this.#refused.buttons;
    return this.#refused.duplicate(appearanceOfCard(card, this.#kinds).name);
  }

  /**
   * Reason why the selected card cannot be deleted; null if it can. Start Point and Else belong to other
   * cards.
   */
  get deleteRefusal(): string | null {
    const { card } = this.#selection;
    return card && isFixed(card) ? this.#refused.delete(appearanceOfCard(card, this.#kinds).name) : null;
  }

  /** Reason why the selected card has no target; null if it has one. */
  get targetRefusal(): string | null {
    const { card, flow } = this.#selection;
    if (card?.kind !== 'jump') return this.#refused.noJump;
    return card.to && flow!.cards[card.to] ? null : this.#refused.noTarget;
  }

  /**
   * Returns the reason why the selected card, or `cardId`, cannot swap with its neighbour; null if it can.
   */
  moveRefusal(step: -1 | 1, cardId = this.#selection.id): string | null {
    const { flow } = this.#selection;
    const card = cardId ? flow?.cards[cardId] : undefined;
    if (!flow || !cardId || !card) return this.#refused.noCard;
    if (edits.moveCard(flow, cardId, step, this.#kinds)) return null;
    const isMovable = card.kind === 'condition' || card.kind === 'button';
    return isMovable ? this.#refused.edge : this.#refused.move(appearanceOfCard(card, this.#kinds).name);
  }

  /** Selects a card. */
  select(
    cardId: string | null,
    { open = false, field }: { open?: boolean; field?: string | undefined } = {},
  ): void {
    this.store.$selected.set(cardId);
    if (cardId === null && this.store.$panel.get() === 'details') this.store.$panel.set(null);
    if (cardId !== null && open && this.store.$panel.get() !== 'try') this.store.$panel.set('details');
    if (cardId !== null && field) this.view.openDetails(field);
  }

  /** Selects the neighbouring card in a direction. */
  go(direction: Direction): void {
    const { id } = this.#selection;
    if (id === null) {
      this.goToStart();
      return;
    }
    const inOutline = this.view.outlineNeighbour(id, direction);
    const to = inOutline === undefined ? findNeighbour(this.view.layout, id, direction) : inOutline;
    if (to !== null) this.#selectAndShow(to);
  }

  goToStart(): void {
    const start = this.view.layout.order[0];
    if (start) this.#selectAndShow(start.id);
  }

  goToTarget(cardId = this.#selection.id): void {
    const card = cardId ? this.#selection.flow?.cards[cardId] : undefined;
    if (card?.kind === 'jump' && card.to && this.#selection.flow!.cards[card.to])
      this.#selectAndShow(card.to);
  }

  open(): void {
    this.view.openDetails();
  }

  openAddMenu(): void {
    if (this.#selection.id) this.view.openAddMenu(this.#selection.id);
  }

  /**
   * Adds a card of a kind below another and selects it; `stay` keeps the selection. Returns the new card's
   * id, or null when it cannot be added.
   */
  add(parentId: string, kind: string, { stay = false } = {}): string | null {
    const { flow } = this.#selection;
    if (!flow) return null;
    const { say, undoLabels } = this.view.strings;
    const { name } = appearanceOfKind(kind, this.#kinds);
    const makesFork = kind.startsWith('first-message') && !joinsFork(flow, parentId);
    const added = edits.addBelow(flow, parentId, kind, this.#kinds);
    const isAdded = this.#commit({
      change: added?.change ?? null,
      label: undoLabels.add(name),
      done: makesFork ? say.addedFork(name) : say.added(name),
      ...(added && !stay && { select: added.cardId }),
    });
    if (!added || !isAdded) return null;
    if (!stay) {
      this.store.$panel.set('details');
      this.view.openDetails('');
    }
    return added.cardId;
  }

  /** Sets fields of a card. Typing in one field becomes one undo step. */
  edit(cardId: string, fields: Partial<Record<string, unknown>>, isStep = false): void {
    const { flow } = this.#selection;
    const card = flow?.cards[cardId];
    if (!flow || !card) return;
    this.#commit({
      change: edits.setFields(flow, cardId, fields),
      label: this.view.strings.undoLabels.edit(appearanceOfCard(card, this.#kinds).name),
      ...(!isStep && { mergeKey: `${cardId}:${Object.keys(fields).join()}` }),
    });
  }

  rename(name: string): void {
    const { flow } = this.#selection;
    if (!flow || flow.name === name) return;
    this.#commit({ change: edits.renameFlow(flow, name), label: this.view.strings.undoLabels.rename });
  }

  setTimeZone(timeZone: string): void {
    const { flow } = this.#selection;
    if (!flow || flow.timeZone === timeZone) return;
    this.#commit({ change: edits.setTimeZone(flow, timeZone), label: this.view.strings.undoLabels.timeZone });
  }

  /**
   * Deletes a card. If other cards are deleted with it, asks for confirmation, and again if the document
   * changed in the meantime.
   */
  async delete(cardId = this.#selection.id): Promise<void> {
    let shownPlan: edits.DeletePlan | null = null;
    for (;;) {
      const { flow } = this.#selection;
      const card = cardId ? flow?.cards[cardId] : undefined;
      if (!flow || !cardId || !card) return shownPlan ? this.view.explain(this.#refused.gone) : undefined;
      const { name } = appearanceOfCard(card, this.#kinds);
      const plan = edits.planDelete(flow, cardId);
      if (!plan) return this.view.explain(this.#refused.delete(name));
      if (plan.count === 1 || (shownPlan?.count === plan.count && shownPlan.jumps === plan.jumps))
        return this.#delete(cardId, card.title || name, plan);
      shownPlan = plan;
      if (!(await this.view.confirmDelete({ name: card.title || name, ...plan }))) return;
    }
  }

  #delete(cardId: string, name: string, plan: edits.DeletePlan): void {
    const { flow } = this.#selection;
    const { say, undoLabels } = this.view.strings;
    const isSelected = this.store.$selected.get() === cardId;
    const isDeleted = this.#commit({
      change: plan.change,
      label: undoLabels.delete(name),
      done: say.deleted(name, plan.count),
      ...(isSelected && { select: this.#nearest(cardId, flow!, plan) }),
    });
    const selected = this.store.$selected.get();
    if (isDeleted && isSelected && selected) this.view.focusCard(selected);
  }

  /**
   * Returns the card to select after `cardId` is deleted: the sibling to its right, else to its left, else
   * the parent.
   */
  #nearest(cardId: string, flow: Flow, { takesElse }: edits.DeletePlan): string | null {
    const placed = this.view.layout.byId.get(cardId);
    const siblings = (placed?.parentId && flow.cards[placed.parentId]?.next) || [];
    const index = siblings.indexOf(cardId);
    const sibling = takesElse ? undefined : (siblings[index + 1] ?? siblings[index - 1]);
    return sibling ?? placed?.parentId ?? null;
  }

  /** Moves a card one position among its siblings. */
  move(step: -1 | 1, cardId = this.#selection.id): void {
    const refusal = this.moveRefusal(step, cardId);
    const placed = cardId ? this.view.layout.byId.get(cardId) : undefined;
    if (refusal !== null || !placed) {
      if (refusal !== null) this.view.explain(refusal);
      return;
    }
    const { say, undoLabels } = this.view.strings;
    this.#commit({
      change: edits.moveCard(this.#selection.flow!, placed.id, step, this.#kinds),
      label: undoLabels.move(appearanceOfCard(placed.card, this.#kinds).name),
      done: say.moved(placed.index + 1 + step, placed.siblings),
    });
  }

  /** Moves a branch to an index among its other siblings. */
  moveTo(cardId: string, index: number): void {
    const { flow } = this.#selection;
    const placed = this.view.layout.byId.get(cardId);
    if (!flow?.cards[cardId] || !placed) return;
    const { say, undoLabels } = this.view.strings;
    this.#commit({
      change: edits.moveTo(flow, cardId, index, this.#kinds),
      label: undoLabels.move(appearanceOfCard(placed.card, this.#kinds).name),
      done: say.moved(index + 1, placed.siblings),
      refused: this.#refused.edge,
      select: cardId,
    });
  }

  duplicate(): void {
    const { flow, id, card } = this.#selection;
    if (!flow || !id || !card) return;
    const made = edits.duplicate(flow, id, this.#kinds);
    const { say, undoLabels } = this.view.strings;
    const { name } = appearanceOfCard(card, this.#kinds);
    const isMade = this.#commit({
      change: made?.change ?? null,
      label: undoLabels.duplicate(name),
      done: say.duplicated(name),
      ...(this.duplicateRefusal !== null && { refused: this.duplicateRefusal }),
      ...(made && { select: made.cardId }),
    });
    if (made && isMade) this.view.focusCard(made.cardId);
  }

  async copy(): Promise<void> {
    const { flow, id, card } = this.#selection;
    if (!flow || !id || !card) return;
    const clip = edits.copyCards(flow, id);
    const { name } = appearanceOfCard(card, this.#kinds);
    if (!clip) return this.view.explain(this.#refused.copy(name));
    await writeClipboard(clip);
    this.view.announce(this.view.strings.say.copied(name));
  }

  async cut(): Promise<void> {
    // The clipboard can ask for permission. Another card can be selected by then.
    const { id } = this.#selection;
    if (this.copyRefusal !== null) return this.view.explain(this.copyRefusal);
    await this.copy();
    if (id) await this.delete(id);
  }

  async paste(): Promise<void> {
    const { id } = this.#selection;
    if (!id) return;
    const { say, undoLabels } = this.view.strings;
    const clip = await readClipboard();
    if (!clip) return this.view.explain(say.pasteNothing);
    // The document can change while the clipboard is read.
    const { flow } = this.#selection;
    if (!flow?.cards[id]) return this.view.explain(this.#refused.gone);
    const made = edits.paste(flow, id, clip, this.#kinds);
    const root = clip.cards[clip.rootId];
    const { name } = root ? appearanceOfCard(root, this.#kinds) : { name: '' };
    const isPasted = this.#commit({
      change: made?.change ?? null,
      label: undoLabels.paste(name),
      done: say.pasted(name),
      refused: say.pasteNot,
      ...(made && { select: made.cardId }),
    });
    if (made && isPasted) this.view.focusCard(made.cardId);
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

  /** Replaces the whole document as one undo step, for example after a conflict. Returns whether it did. */
  replace(flow: Flow, label: string): boolean {
    const current = this.store.$flow.get();
    return current !== null && this.#commit({ change: edits.replaceFlow(current, flow), label });
  }

  /**
   * Commits an edit. Announces `done` when the document changed; otherwise explains why not. Returns whether
   * it changed.
   */
  #commit({ change, done, refused, ...options }: Edit): boolean {
    if (this.isReadonly) {
      this.view.explain(this.#refused.readonly);
      return false;
    }
    const result = this.store.commit(change, options);
    if (result.ok) {
      if (done) this.view.announce(done);
      return true;
    }
    const fallback = refused ?? this.#refused.impossible;
    this.view.explain(describeRefusal(result.problems, this.view.strings) ?? fallback);
    return false;
  }

  get #refused(): Strings['refused'] {
    return this.view.strings.refused;
  }

  get #selection(): { flow: Flow | null; id: string | null; card: Card | null } {
    const flow = this.store.$flow.get();
    const id = this.store.$selected.get();
    return { flow, id, card: (id && flow?.cards[id]) || null };
  }

  #selectAndShow(cardId: string): void {
    this.store.$selected.set(cardId);
    this.view.focusCard(cardId);
    this.view.revealCard(cardId);
  }
}

/** Returns whether a card is Start Point or Else, which are added and removed only with other cards. */
function isFixed({ kind }: Card): boolean {
  return kind === 'start' || kind === 'else';
}
