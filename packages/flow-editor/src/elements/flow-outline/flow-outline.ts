import type { Card, Flow, Problem, TraceEntry } from '@alur/flow';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { listSummaryRows } from '../../kinds/summary-rows.ts';
import { appearanceOfCard } from '../../kinds/appearance.ts';
import { nameInsertPoint } from '../../kinds/name-insert-point.ts';
import { lastOnPath } from '../../kinds/tried-path.ts';
import { canHaveNext, type FlowLayout, type PlacedCard } from '../../layout/flow-layout.ts';
import { controls } from '../../styles/controls.styles.ts';
import { icon } from '../../styles/icons.ts';
import { styleProperties } from '../../styles/style-properties.ts';
import { tints } from '../../styles/tokens.styles.ts';
import { EditorPart } from '../editor-part.ts';
import { menuAnchor } from '../menu-anchor.ts';
import { AddRequest, MenuRequest, SelectRequest } from '../requests.ts';
import { outlineStyles } from './flow-outline.styles.ts';

/**
 * @summary Flow as an indented tree, for keyboards, screen readers and small screens. It has the same
 * commands and the same selected card as the canvas.
 * @internal Part of `<flow-editor>`.
 */
export class FlowOutline extends EditorPart {
  static override styles = [controls, tints, outlineStyles];
  static override properties = {
    flow: { attribute: false },
    layout: { attribute: false },
    selected: { attribute: false },
    problems: { attribute: false },
    trace: { attribute: false },
    addingTo: { attribute: false },
    closed: { state: true },
  };

  declare flow: Flow;
  declare layout: FlowLayout;
  declare selected: string | null;
  declare problems: ReadonlyMap<string, Problem[]>;
  declare trace: ReadonlyMap<string, TraceEntry> | null;
  declare addingTo: string | null;
  /** Ids of collapsed cards. */
  declare closed: ReadonlySet<string>;

  constructor() {
    super();
    this.selected = null;
    this.problems = new Map();
    this.trace = null;
    this.addingTo = null;
    this.closed = new Set();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('selected') || !this.selected) return;
    // A selected card must be visible.
    const opened = new Set(this.closed);
    let parentId = this.layout.byId.get(this.selected)?.parentId;
    while (parentId) {
      opened.delete(parentId);
      parentId = this.layout.byId.get(parentId)?.parentId;
    }
    if (opened.size !== this.closed.size) this.closed = opened;
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('selected') && this.selected) {
      this.#itemOf(this.selected)?.scrollIntoView({ block: 'nearest' });
    }
    const lit = changed.has('trace') ? lastOnPath(this.trace) : null;
    if (lit) this.#itemOf(lit)?.scrollIntoView({ block: 'nearest' });
  }

  /** Focuses a card. */
  focusCard(cardId: string): void {
    this.#itemOf(cardId)?.focus({ preventScroll: true });
  }

  /** Returns the position of a card's line on the page. */
  cardRect(cardId: string): DOMRect | null {
    return this.#itemOf(cardId)?.getBoundingClientRect() ?? null;
  }

  /**
   * Returns the card that an arrow key selects: the line above or below, or into and out of a branch
   * sideways.
   */
  neighbour(cardId: string, direction: 'up' | 'down' | 'left' | 'right'): string | null {
    const lines = this.#visible();
    const index = lines.findIndex(({ id }) => id === cardId);
    const placed = lines[index];
    if (!placed) return null;
    const isForward = (direction === 'right') === (getComputedStyle(this).direction === 'ltr');
    switch (direction) {
      case 'up':
        return lines[index - 1]?.id ?? null;
      case 'down':
        return lines[index + 1]?.id ?? null;
      default:
        if (isForward) {
          if (this.closed.has(cardId)) this.#toggle(cardId);
          else return placed.card.next[0] ?? null;
        } else if (placed.card.next.length > 0 && isBranching(placed) && !this.closed.has(cardId)) {
          this.#toggle(cardId);
        } else return placed.parentId;
        return null;
    }
  }

  #itemOf(cardId: string): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(`[data-id="${cardId}"]`);
  }

  #visible(): PlacedCard[] {
    const hidden = new Set<string>();
    return this.layout.order.filter((placed) => {
      const isHidden =
        placed.parentId !== null && (hidden.has(placed.parentId) || this.closed.has(placed.parentId));
      if (isHidden) hidden.add(placed.id);
      return !isHidden;
    });
  }

  #toggle(cardId: string): void {
    const closed = new Set(this.closed);
    if (!closed.delete(cardId)) closed.add(cardId);
    this.closed = closed;
  }

  #handleClick(event: MouseEvent): void {
    const target = event.target as Element;
    const cardId = target.closest<HTMLElement>('[data-id]')?.dataset['id'];
    if (!cardId || target.closest('button')) return;
    this.dispatchEvent(new SelectRequest(cardId, { open: true }));
    this.focusCard(cardId);
  }

  #handleContextMenu(event: MouseEvent): void {
    const cardId = (event.target as Element).closest<HTMLElement>('[data-id]')?.dataset['id'];
    if (!cardId) return;
    event.preventDefault();
    this.dispatchEvent(new SelectRequest(cardId));
    this.dispatchEvent(new MenuRequest(cardId, menuAnchor(event, this.cardRect(cardId))));
  }

  protected override render() {
    return html`<div
      class="tree"
      role="tree"
      aria-label=${this.strings.outline.label}
      @click=${this.#handleClick}
      @contextmenu=${this.#handleContextMenu}
    >
      ${repeat(
        this.#visible(),
        ({ id }) => id,
        (placed) => this.#renderLine(placed),
      )}
    </div>`;
  }

  #renderLine(placed: PlacedCard): TemplateResult {
    const { card, id } = placed;
    const { flow, directory, strings } = this;
    const appearance = appearanceOfCard(card, this.kinds);
    const rows = listSummaryRows(card, { flow, directory, strings, kinds: this.kinds });
    const isOpen = !this.closed.has(id);
    const problems = this.problems.get(id);
    const outcome = this.trace?.get(id)?.outcome;
    const isSelected = id === this.selected;
    const order =
      card.kind === 'condition' || card.kind === 'button'
        ? strings.card.order(placed.index + 1, placed.siblings)
        : '';
    const level = levelsOf(this.layout).get(id) ?? 0;
    const isUnfinished = canHaveNext(card, this.kinds) && card.next.length === 0;
    return html`<div
      class="line tint-${appearance.tint} ${isSelected ? 'selected' : ''} ${outcome ?? (this.trace ? 'dim' : '')}"
      role="treeitem"
      data-id=${id}
      tabindex=${isSelected || (this.selected === null && placed.depth === 0) ? 0 : -1}
      aria-level=${level + 1}
      aria-selected=${String(isSelected)}
      aria-expanded=${isBranching(placed) ? String(isOpen) : nothing}
      ${styleProperties({ '--_level': level })}
    >
      ${
        isBranching(placed)
          ? html`<button
              class="fold"
              tabindex="-1"
              aria-label=${isOpen ? strings.outline.collapse : strings.outline.expand}
              @click=${() => this.#toggle(id)}
            >
              ${icon('chevron', 14)}
            </button>`
          : html`<span class="fold"></span>`
      }
      <span class="tile">${icon(appearance.icon)}</span>
      <span class="words">
        <span class="kind"
          >${appearance.name}${order ? html`<span class="order">${order}</span>` : nothing}</span
        >
        <span class="what ${rows[0]?.tone ?? ''}">
          ${rows[0]?.dots?.map((color) => html`<span class="dot" ${styleProperties({ 'background-color': color })}></span>`)}${rows
            .map((row) => row.text)
            .join(' · ')}
        </span>
      </span>
      ${outcome ? html`<span class="outcome">${strings.card.outcome[outcome]}</span>` : nothing}
      ${
        problems
          ? html`<span class="mark ${problems.some(({ severity }) => severity === 'error') ? 'error' : ''}">
              ${icon('warning', 14)}<span class="visually-hidden"
                >${strings.card.problems(problems.length)}</span
              >
            </span>`
          : nothing
      }
      ${
        canHaveNext(card, this.kinds) && !this.isLocked
          ? html`<button
              class="add ${isUnfinished ? 'open' : ''}"
              data-parent=${id}
              tabindex=${isSelected ? 0 : -1}
              aria-haspopup="dialog"
              aria-expanded=${String(this.addingTo === id)}
              aria-label=${nameInsertPoint(placed, isUnfinished, this.layout, strings, this.kinds)}
              title=${strings.card.addHere}
              @click=${() => this.dispatchEvent(new AddRequest(id))}
            >
              ${icon('plus', 14)}
            </button>`
          : nothing
      }
    </div>`;
  }
}

/**
 * Returns whether a card can be collapsed: forks and their branches. Other cards in a chain have the same
 * indentation.
 */
function isBranching({ card }: PlacedCard): boolean {
  return card.next.length > 1 || (isBranch(card) && card.next.length > 0);
}

/** Returns the depth of each card in branches. Depth in cards would move a long chain off the screen. */
function levelsOf(layout: FlowLayout): ReadonlyMap<string, number> {
  let levels = knownLevels.get(layout);
  if (levels) return levels;
  levels = new Map<string, number>();
  for (const { id, card, parentId } of layout.order) {
    const parent = parentId === null ? undefined : layout.byId.get(parentId);
    const steps = Number(isBranch(card)) + Number(parent !== undefined && isBranch(parent.card));
    levels.set(id, (parentId === null ? 0 : (levels.get(parentId) ?? 0)) + steps);
  }
  knownLevels.set(layout, levels);
  return levels;
}

const knownLevels = new WeakMap<FlowLayout, Map<string, number>>();

function isBranch({ kind }: Card): boolean {
  return kind === 'condition' || kind === 'else' || kind === 'button';
}
