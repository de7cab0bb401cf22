import { render, svg } from 'lit';
import { isOnPath, type Trace } from '../../kinds/tried-path.ts';
import { drawEdges, drawEdgeTo, drawJump } from '../../layout/edge-path.ts';
import type { FlowLayout, PlacedCard } from '../../layout/flow-layout.ts';

/**
 * Lines between cards: all lines, the path of a tried conversation, the line of a selected jump, and the drop
 * position of a drag.
 */
export class LineLayer {
  readonly #root: SVGElement;
  #drawn: FlowLayout | null = null;

  constructor(root: SVGElement) {
    this.#root = root;
  }

  /** Renders changed lines. The line of a jump is shown while the jump is selected. */
  update(layout: FlowLayout, trace: Trace | null, selected: string | null): void {
    if (layout !== this.#drawn) {
      this.#drawn = layout;
      const paths = [...drawEdges(layout).values()];
      render(
        paths.map((path) => svg`<path d=${path}></path>`),
        this.#root.querySelector<SVGElement>('.all')! as unknown as HTMLElement,
      );
    }
    this.#set('lit', drawTaken(layout, trace));
    render(
      drawJumps(layout, trace).map((path) => svg`<path d=${path} marker-end="url(#arrow)"></path>`),
      this.#root.querySelector<SVGElement>('.jumps')! as unknown as HTMLElement,
    );
    const from = selected ? layout.byId.get(selected) : undefined;
    const to = from && targetOf(layout, from);
    this.#set('jump', from && to ? drawJump(from, to) : '');
  }

  /** Marks the gap among `others` in which a branch would be dropped. Null removes the mark. */
  showDrop({ y, height }: PlacedCard, others: PlacedCard[], index: number | null): void {
    const after = index === null ? undefined : others[index];
    const before = others.at(-1)!;
    const x = after ? after.x - 16 : before.x + before.width + 16;
    this.#set('drop', index === null ? '' : `M${x} ${y - 6}v${height + 12}`);
  }

  #set(name: string, path: string): void {
    this.#root.querySelector(`.${name}`)!.setAttribute('d', path);
  }
}

/** Returns the lines between cards on the path of the tried conversation. */
function drawTaken(layout: FlowLayout, trace: Trace | null): string {
  let path = '';
  for (const id of trace?.keys() ?? []) {
    const placed = layout.byId.get(id);
    if (placed?.parentId && isOnPath(trace, id) && isOnPath(trace, placed.parentId))
      path += drawEdgeTo(layout, id);
  }
  return path;
}

/**
 * Returns the jumps of the tried conversation, each as its own SVG path: only the end of a path has an
 * arrowhead.
 */
function drawJumps(layout: FlowLayout, trace: Trace | null): string[] {
  const paths: string[] = [];
  for (const id of trace?.keys() ?? []) {
    const placed = layout.byId.get(id);
    const target = placed && isOnPath(trace, id) ? targetOf(layout, placed) : undefined;
    if (target) paths.push(drawJump(placed!, target));
  }
  return paths;
}

function targetOf({ byId }: FlowLayout, { card }: PlacedCard): PlacedCard | undefined {
  return card.kind === 'jump' && card.to ? byId.get(card.to) : undefined;
}
