import type { TraceEntry } from '@alur/flow';
import { render, svg } from 'lit';
import { drawEdges, drawEdgeTo, drawJump } from '../../layout/edge-path.ts';
import type { FlowLayout, PlacedCard } from '../../layout/flow-layout.ts';

type Trace = ReadonlyMap<string, TraceEntry> | null;

/** The lines between cards: all of them, those a tried conversation took, the way of a jump, and where a drag would end. */
export class LineLayer {
  readonly #root: SVGElement;
  #drawn: FlowLayout | null = null;

  constructor(root: SVGElement) {
    this.#root = root;
  }

  /** Draws what has changed. The way of a jump is shown while the jump is in hand. */
  update(layout: FlowLayout, trace: Trace, selected: string | null): void {
    if (layout !== this.#drawn) {
      this.#drawn = layout;
      const paths = [...drawEdges(layout).values()];
      render(
        paths.map((path) => svg`<path d=${path}></path>`),
        this.#root.querySelector<SVGElement>('.all')! as unknown as HTMLElement,
      );
    }
    this.#set('lit', drawTaken(layout, trace));
    const from = selected ? layout.byId.get(selected) : undefined;
    const to = from && targetOf(layout, from);
    this.#set('jump', from && to ? drawJump(from, to) : '');
  }

  /** Marks the gap among `others` into which a branch would be dropped; null marks none. */
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

function drawTaken(layout: FlowLayout, trace: Trace): string {
  let path = '';
  for (const id of trace?.keys() ?? []) {
    const placed = layout.byId.get(id);
    if (!placed || !isTaken(trace, id)) continue;
    if (placed.parentId && isTaken(trace, placed.parentId)) path += drawEdgeTo(layout, id);
    const target = targetOf(layout, placed);
    if (target) path += drawJump(placed, target);
  }
  return path;
}

/** Whether the tried conversation came through a card. */
function isTaken(trace: Trace, cardId: string): boolean {
  const outcome = trace?.get(cardId)?.outcome;
  return outcome === 'entered' || outcome === 'matched';
}

function targetOf({ byId }: FlowLayout, { card }: PlacedCard): PlacedCard | undefined {
  return card.kind === 'jump' && card.to ? byId.get(card.to) : undefined;
}
