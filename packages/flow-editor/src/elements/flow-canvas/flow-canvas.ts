import type { Flow, Problem, TraceEntry } from '@alur/flow';
import { html, nothing, type PropertyValues } from 'lit';
import type { FlowLayout } from '../../layout/flow-layout.ts';
import { isOnPath, lastOnPath, type Trace } from '../../kinds/tried-path.ts';
import { firstView, holdView } from '../../layout/place-view.ts';
import {
  boxAround,
  centreBox,
  doBoxesMeet,
  fitBox,
  isBoxInside,
  keepInSight,
  panBy,
  READABLE_SCALE,
  revealBox,
  seenBox,
  zoomTo,
  type Box,
  type Size,
  type Viewport,
} from '../../layout/viewport.ts';
import { attachBranchDrag } from '../../gestures/drag-branch.ts';
import { attachPanZoom } from '../../gestures/pan-zoom.ts';
import { controls } from '../../styles/controls.styles.ts';
import { tints } from '../../styles/tokens.styles.ts';
import {
  AddRequest,
  ArrangeRequest,
  type CentreRequest,
  GoToRequest,
  MenuRequest,
  SelectRequest,
} from '../requests.ts';
import { EditorPart } from '../editor-part.ts';
import type { FlowMinimap } from '../flow-minimap/flow-minimap.ts';
import { loadPart } from '../lazy-parts.ts';
import { menuAnchor } from '../menu-anchor.ts';
import { CardLayer } from './card-layer.ts';
import { canvasStyles } from './flow-canvas.styles.ts';
import { LineLayer } from './line-layer.ts';
import { movableSiblings } from './movable-siblings.ts';
import { CanvasContent } from './canvas-content.ts';
import { CardScene } from './render-card.ts';
import { renderZoom } from './render-zoom.ts';
import { InsertPointLayer } from './insert-point-layer.ts';

/** Distance around the view, in pixels of the screen, in which cards are rendered with text. */
const MARGIN = 480;

/** Margin around a flow that stays in view when the view becomes smaller, in pixels. */
const EDGE = 24;

/** Minimum number of cards for the minimap. */
const MAP_FROM = 24;

/** Minimum width of the view for the minimap, in pixels. */
const MAP_MIN_WIDTH = 560;

/**
 * @summary Canvas of a flow: pans, zooms, selects cards, shows insert points.
 * @internal Part of `<flow-editor>`.
 */
export class FlowCanvas extends EditorPart {
  static override styles = [controls, tints, canvasStyles];
  static override properties = {
    flow: { attribute: false },
    layout: { attribute: false },
    selected: { attribute: false },
    problems: { attribute: false },
    trace: { attribute: false },
    found: { attribute: false },
    addingTo: { attribute: false },
    hasMap: { state: true },
  };

  declare flow: Flow;
  declare layout: FlowLayout;
  declare selected: string | null;
  declare problems: ReadonlyMap<string, Problem[]>;
  declare trace: ReadonlyMap<string, TraceEntry> | null;
  declare found: ReadonlySet<string> | null;
  /** Id of the card below which the add menu is open. */
  declare addingTo: string | null;
  declare hasMap: boolean;

  #viewport: Viewport = { x: 0, y: 0, scale: 1 };
  #size: Size = { width: 0, height: 0 };
  /** Part of the content that is currently rendered. */
  #drawn: Box = { x: 0, y: 0, width: 0, height: 0 };
  #isDrawnReadable = true;
  #cards: CardLayer | null = null;
  #insertPoints: InsertPointLayer | null = null;
  #lines: LineLayer | null = null;
  #content: CanvasContent | null = null;
  #detach: (() => void) | null = null;
  #cancelDrag: (() => void) | null = null;
  #resize: ResizeObserver | null = null;
  #shownFlowId: string | null = null;
  #frame = 0;

  constructor() {
    super();
    this.selected = null;
    this.problems = new Map();
    this.trace = null;
    this.found = null;
    this.addingTo = null;
    this.hasMap = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#attach();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#detach?.();
    this.#resize?.disconnect();
    this.#cards?.dispose();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  override firstUpdated(): void {
    this.#cards = new CardLayer(this.renderRoot.querySelector<HTMLElement>('.cards')!);
    this.#insertPoints = new InsertPointLayer(this.renderRoot.querySelector<HTMLElement>('.insert-points')!);
    this.#content = new CanvasContent(this.renderRoot);
    this.#lines = new LineLayer(this.renderRoot.querySelector<SVGElement>('.lines')!);
    this.#attach();
  }

  override updated(changed: PropertyValues<this>): void {
    const before = changed.get('layout') as FlowLayout | undefined;
    // A drag uses the layout from its start. Cancel it when the layout changes.
    if (before) this.#cancelDrag?.();
    if (this.flow.id !== this.#shownFlowId) this.#showFirst();
    else if (before) {
      this.#moveTo(holdView(this.#viewport, before, this.layout, this.selected), true);
    }
    this.#draw(true);
    if (this.selected && (changed.has('selected') || before)) this.revealCard(this.selected);
    if (changed.has('trace') && this.trace) this.#revealPath(this.trace);
    if (this.hasMap) {
      const map = this.renderRoot.querySelector<FlowMinimap>('flow-minimap:defined');
      void map?.updateComplete.then(() => map.showView(this.seen));
    }
  }

  /** Moves the view so that a card is visible. Cards far away are centred. */
  revealCard(cardId: string, glides = true): void {
    const placed = this.layout.byId.get(cardId);
    if (!placed || this.#size.width === 0) return;
    const insertPoint = this.layout.insertPoints.get(cardId);
    const box =
      insertPoint?.kind === 'open'
        ? { ...placed, height: insertPoint.y + insertPoint.height - placed.y }
        : placed;
    let next = revealBox(this.#viewport, box, this.#size);
    const way = Math.hypot(next.x - this.#viewport.x, next.y - this.#viewport.y);
    if (way > this.#size.width) next = centreBox(this.#viewport, placed, this.#size);
    if (next.x !== this.#viewport.x || next.y !== this.#viewport.y) this.#moveTo(next, true, glides);
  }

  /**
   * Moves the view to the path of a tried conversation. If the whole path does not fit, shows its last card.
   */
  #revealPath(trace: Trace): void {
    const last = this.layout.byId.get(lastOnPath(trace) ?? '');
    if (!last || this.#size.width === 0) return;
    const taken = this.layout.order.filter(({ id }) => isOnPath(trace, id));
    const whole = revealBox(this.#viewport, boxAround(taken), this.#size);
    const isWhole = isBoxInside(boxAround(taken), seenBox(whole, this.#size));
    if (!isWhole) this.revealCard(last.id);
    else if (whole.x !== this.#viewport.x || whole.y !== this.#viewport.y) this.#moveTo(whole, true, true);
  }

  /** Focuses a card. */
  focusCard(cardId: string): void {
    this.#cards?.elementOf(cardId)?.focus({ preventScroll: true });
  }

  /** Returns the position of the `+` below a card on the page, for the menu that opens there. */
  insertPointRect(parentId: string): DOMRect | null {
    const element = this.#insertPoints?.elementOf(parentId) ?? this.#cards?.elementOf(parentId);
    return element?.getBoundingClientRect() ?? null;
  }

  /** Returns the position of a card on the page. */
  cardRect(cardId: string): DOMRect | null {
    return this.#cards?.elementOf(cardId)?.getBoundingClientRect() ?? null;
  }

  /** Fits the whole flow into the view. */
  fit(): void {
    this.#animateTo(fitBox(this.layout.bounds, this.#size));
  }

  /** Zooms around the centre of the view: by a factor, or to 100 %. */
  zoom(factor: number | 'actual'): void {
    const middle = { x: this.#size.width / 2, y: this.#size.height / 2 };
    const scale = factor === 'actual' ? 1 : this.#viewport.scale * factor;
    this.#animateTo(zoomTo(this.#viewport, scale, middle));
  }

  /** Centres the view at a point of the content. */
  centreOn(x: number, y: number): void {
    this.#moveTo(centreBox(this.#viewport, { x, y, width: 0, height: 0 }, this.#size), true);
  }

  /** Part of the content that is visible. */
  get seen(): Box {
    return seenBox(this.#viewport, this.#size);
  }

  #attach(): void {
    const surface = this.renderRoot.querySelector<HTMLElement>('.surface')!;
    this.#detach?.();
    const drag = attachBranchDrag({
      surface,
      siblingsOf: (cardId) => (this.isLocked ? null : movableSiblings(this.layout, cardId)),
      pixelsPerUnit: () =>
        this.#viewport.scale * (surface.getBoundingClientRect().width / surface.offsetWidth || 1),
      show: (cardId, state) => this.#showDrag(cardId, state),
      pan: (dx) => {
        const { x } = this.#viewport;
        this.#moveTo(panBy(this.#viewport, dx, 0), false);
        return this.#viewport.x - x;
      },
      drop: (cardId, index) => this.dispatchEvent(new ArrangeRequest(cardId, { index })),
      tap: (event) => this.#handleTap(event),
    });
    const detachPanZoom = attachPanZoom({
      surface,
      isTaken: (event) => drag.takes(event),
      viewport: () => this.#viewport,
      moveTo: (viewport, done) => this.#moveTo(viewport, done),
      tap: (event) => this.#handleTap(event),
    });
    this.#cancelDrag = drag.cancel;
    this.#detach = () => {
      drag.detach();
      detachPanZoom();
    };
    this.#size = { width: surface.clientWidth, height: surface.clientHeight };
    this.#resize = new ResizeObserver(() => {
      const size = { width: surface.clientWidth, height: surface.clientHeight };
      if (size.width === this.#size.width && size.height === this.#size.height) return;
      const wasHidden = this.#size.width === 0;
      const selected = this.layout.byId.get(this.selected ?? '');
      const wasSeen = selected !== undefined && doBoxesMeet(selected, this.seen);
      const { bounds } = this.layout;
      const wasWhole = isBoxInside(bounds, this.seen);
      this.#size = size;
      if (wasHidden && size.width > 0) this.#showFirst();
      // An opening panel must not cover the selected card. The card must not move while the user reaches for
      // it.
      else {
        // A flow that was completely visible stays so if there is room beside the panel.
        const fits = bounds.width * this.#viewport.scale <= size.width - 2 * EDGE;
        if (wasWhole && fits) this.#moveTo(revealBox(this.#viewport, bounds, size, EDGE), true);
        if (wasSeen) this.revealCard(selected.id, false);
      }
      this.#draw(false);
      this.requestUpdate();
    });
    this.#resize.observe(surface);
  }

  #showFirst(): void {
    if (this.#size.width === 0) return;
    this.#shownFlowId = this.flow.id;
    this.#moveTo(firstView(this.layout, this.#size), true);
  }

  /** Loads the minimap for a big flow, and hides it where it would cover too much. */
  override willUpdate(): void {
    const isWanted = this.layout.order.length >= MAP_FROM && this.#size.width >= MAP_MIN_WIDTH;
    if (!isWanted || customElements.get('flow-minimap')) this.hasMap = isWanted;
    // The minimap is optional, so a failed download is ignored.
    else
      void loadPart('minimap').then(
        () => this.requestUpdate(),
        () => undefined,
      );
  }

  #animateTo(viewport: Viewport): void {
    this.#moveTo(viewport, true, true);
  }

  #moveTo(viewport: Viewport, done: boolean, glides = false): void {
    const isZooming = !done && viewport.scale !== this.#viewport.scale;
    // Keep a part of the flow visible after each scroll or press in the minimap.
    this.#viewport = this.#size.width > 0 ? keepInSight(viewport, this.layout.bounds, this.#size) : viewport;
    this.#content!.place(this.#viewport, done, glides);
    this.#showPercent();
    if (done) {
      this.#draw(false);
    } else if (this.#frame === 0 && !isZooming) {
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0;
        this.#draw(false);
      });
    }
    this.renderRoot.querySelector<FlowMinimap>('flow-minimap:defined')?.showView(this.seen);
  }

  /**
   * Sets the text directly: the scale changes with each wheel event, and nothing else must be rendered for
   * it.
   */
  #showPercent(): void {
    const button = this.renderRoot.querySelector<HTMLElement>('.percent')!;
    const percent = Math.round(this.#viewport.scale * 100);
    if (button.textContent === `${percent} %`) return;
    button.textContent = `${percent} %`;
    button.title = this.strings.canvas.actualSize(percent);
    button.setAttribute('aria-label', button.title);
  }

  /** Renders the content near the view. `isStale` also renders existing elements again. */
  #draw(isStale: boolean): void {
    if (!this.#cards || this.#size.width === 0) return;
    const isReadable = this.#viewport.scale >= READABLE_SCALE;
    const near = seenBox(this.#viewport, this.#size, MARGIN / 4);
    const isEnough = isBoxInside(near, this.#drawn) && isReadable === this.#isDrawnReadable;
    // Content rendered for a much smaller scale is too much at this one.
    const isTooMuch = this.#drawn.width > 4 * near.width;
    if (!isStale && isEnough && !isTooMuch) return;
    this.#drawn = seenBox(this.#viewport, this.#size, MARGIN);
    this.#isDrawnReadable = isReadable;
    if (isStale) this.#cards.update(this.layout, this.#scene(), this.#drawn, isReadable);
    else this.#cards.show(this.#drawn, isReadable);
    this.#insertPoints!.show(isReadable ? this.#drawn : null, {
      layout: this.layout,
      strings: this.strings,
      kinds: this.kinds,
      addingTo: this.addingTo,
      problems: this.problems,
      isDim: this.trace !== null || this.found !== null,
      readonly: this.isLocked,
    });
    if (isStale) this.#lines!.update(this.layout, this.trace, this.selected);
  }

  #showDrag(cardId: string, drag: { dx: number; index: number } | null): void {
    const placed = this.layout.byId.get(cardId);
    const element = this.#cards!.elementOf(cardId);
    // The card was deleted during the drag.
    if (!placed || !element) return;
    const { classList, style } = element;
    classList.toggle('dragged', drag !== null);
    style.translate = `${placed.x + (drag?.dx ?? 0)}px ${placed.y}px`;
    const others = movableSiblings(this.layout, cardId)!.filter(({ id }) => id !== cardId);
    this.#lines!.showDrop(placed, others, drag?.index ?? null);
  }

  #scene(): CardScene {
    const { flow, directory, strings, kinds, selected, problems, trace, found } = this;
    return new CardScene({ flow, directory, strings, kinds, selected, problems, trace, found });
  }

  #handleTap(event: PointerEvent): void {
    const path = event.composedPath() as HTMLElement[];
    if (path.some((node) => node instanceof HTMLButtonElement)) return;
    this.#select(findCardId(path));
  }

  #select(cardId: string | null): void {
    this.dispatchEvent(new SelectRequest(cardId, { open: cardId !== null }));
    if (cardId) this.focusCard(cardId);
  }

  #handleClick(event: MouseEvent): void {
    const path = event.composedPath() as HTMLElement[];
    const button = path.find((node) => node instanceof HTMLButtonElement);
    if (!button) {
      // The gestures handle pointers. Assistive technology activates a card by a click without a pointer.
      const activated = event.detail === 0 ? findCardId(path) : null;
      if (activated) this.#select(activated);
      return;
    }
    const parentId = button.dataset['parent'];
    if (parentId) {
      this.dispatchEvent(new AddRequest(parentId));
      return;
    }
    const cardId = findCardId(path);
    if (cardId && button.dataset['action'] === 'goto') this.dispatchEvent(new GoToRequest(cardId));
  }

  /** Converts a scroll by the browser, for example to a found word, into a move of the content. */
  #handleScroll(event: Event): void {
    const surface = event.currentTarget as HTMLElement;
    const { scrollLeft, scrollTop } = surface;
    if (scrollLeft === 0 && scrollTop === 0) return;
    surface.scrollTo(0, 0);
    this.#moveTo(panBy(this.#viewport, -scrollLeft, -scrollTop), true);
  }

  #handleContextMenu(event: MouseEvent): void {
    const cardId = findCardId(event.composedPath() as HTMLElement[]);
    if (!cardId) return;
    event.preventDefault();
    this.dispatchEvent(new SelectRequest(cardId));
    this.dispatchEvent(new MenuRequest(cardId, menuAnchor(event, this.cardRect(cardId))));
  }

  protected override render() {
    const { strings } = this;
    return html`<div
        class="surface"
        tabindex="-1"
        part="canvas"
        @click=${this.#handleClick}
        @contextmenu=${this.#handleContextMenu}
        @scroll=${this.#handleScroll}
      >
        <div class="grid"></div>
        <div class="content">
          <svg class="lines" aria-hidden="true">
            <defs>
              <marker
                id="arrow"
                viewBox="0 0 10 10"
                refX="9"
                refY="5"
                markerWidth="10"
                markerHeight="10"
                markerUnits="userSpaceOnUse"
                orient="auto"
              >
                <path class="head" d="M1 1L9 5L1 9z"></path>
              </marker>
            </defs>
            <g class="all"></g>
            <path class="lit"></path>
            <g class="jumps"></g>
            <path class="jump" marker-end="url(#arrow)"></path>
            <path class="drop"></path>
          </svg>
          <div
            class="cards"
            role="tree"
            aria-label=${strings.canvas.label}
            aria-description=${strings.canvas.help}
          ></div>
          <div class="insert-points"></div>
        </div>
      </div>
      ${renderZoom(this)}
      ${
        this.hasMap
          ? html`<flow-minimap
              .layout=${this.layout}
              .strings=${strings}
              .kinds=${this.kinds}
              @centre-request=${(event: CentreRequest) => this.centreOn(event.x, event.y)}
            ></flow-minimap>`
          : nothing
      }`;
  }
}

function findCardId(path: HTMLElement[]): string | null {
  return path.find((node) => node.dataset?.['id'] !== undefined)?.dataset['id'] ?? null;
}
