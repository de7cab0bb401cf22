import type { Problem } from '@alur/flow';
import { html, nothing, render } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { nameInsertPoint } from '../../kinds/name-insert-point.ts';
import { busHeight, type FlowLayout, type PlacedCard } from '../../layout/flow-layout.ts';
import { doBoxesMeet, type Box } from '../../layout/viewport.ts';
import type { EditorKinds } from '../../kinds/editor-kind.ts';
import type { Strings } from '../../strings/strings.ts';
import { icon } from '../../styles/icons.ts';
import { styleProperties } from '../../styles/style-properties.ts';

/** State that insert points show. */
export interface InsertPointScene {
  layout: FlowLayout;
  strings: Strings;
  kinds: EditorKinds;
  addingTo: string | null;
  problems: ReadonlyMap<string, Problem[]>;
  isDim: boolean;
  readonly: boolean;
}

/**
 * Insert points: a `+` on each line, a placeholder at each unfinished path, and the label at a fork about its
 * evaluation. Only those near the view exist. They are siblings of the ARIA tree, which may contain only its
 * items.
 */
export class InsertPointLayer {
  readonly #root: HTMLElement;

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  /** Renders the insert points within `seen`. Null renders none. */
  show(seen: Box | null, scene: InsertPointScene): void {
    const parents = seen ? parentsWithin(scene.layout, seen) : [];
    render(
      repeat(
        parents,
        ({ id }) => id,
        (parent) => renderInsertPoint(parent, scene),
      ),
      this.#root,
    );
  }

  /** Returns the button below a card, or null if it is not rendered. */
  elementOf(parentId: string): HTMLElement | null {
    return this.#root.querySelector<HTMLElement>(`[data-parent="${parentId}"]`);
  }
}

function parentsWithin({ order, insertPoints }: FlowLayout, seen: Box): PlacedCard[] {
  return order.filter((placed) => {
    const insertPoint = insertPoints.get(placed.id);
    return insertPoint && doBoxesMeet(insertPoint, seen);
  });
}

function renderInsertPoint(parent: PlacedCard, scene: InsertPointScene) {
  const insertPoint = scene.layout.insertPoints.get(parent.id)!;
  const { strings } = scene;
  const isOpen = insertPoint.kind === 'open';
  const isFaulty = scene.problems
    .get(parent.id)
    ?.some(({ code, severity }) => code === 'unfinished-path' && severity === 'error');
  const isFirst = parent.card.kind === 'start';
  const at = { translate: `${insertPoint.x}px ${insertPoint.y}px` };
  if (scene.readonly && !isOpen) return renderForkNote(parent, scene);
  return html`<button
      class="add ${isOpen ? 'open' : ''} ${isFirst ? 'first' : ''} ${isFaulty ? 'error' : ''} ${scene.isDim ? 'dim' : ''}"
      part="add"
      ${styleProperties(at)}
      tabindex="-1"
      data-parent=${parent.id}
      aria-haspopup="dialog"
      aria-expanded=${String(scene.addingTo === parent.id)}
      aria-label=${nameInsertPoint(parent, isOpen, scene.layout, strings, scene.kinds)}
      title=${nameInsertPoint(parent, false, scene.layout, strings, scene.kinds)}
      ?disabled=${scene.readonly}
    >
      ${isOpen ? renderOpen(isFirst, strings) : icon('plus', 14)}
    </button>
    ${renderForkNote(parent, scene)}`;
}

function renderOpen(isFirst: boolean, strings: Strings) {
  if (isFirst) return html`${icon('plus')}<span>${strings.card.firstStep}</span>`;
  return html`${icon('warning')}<span>${strings.card.openSpot}</span>${icon('plus')}`;
}

function renderForkNote(parent: PlacedCard, { layout, strings }: InsertPointScene) {
  const first = layout.byId.get(parent.card.next[0] ?? '');
  if (!first || parent.card.next.length < 2) return nothing;
  const isFork = first.card.kind === 'condition' || first.card.kind === 'button';
  if (!isFork) return nothing;
  const text = first.card.kind === 'button' ? strings.card.waits : strings.card.firstMatchWins;
  const x = parent.x + parent.width / 2 + 18;
  return html`<span class="fork-note" ${styleProperties({ translate: `${x}px ${busHeight(parent) - 32}px` })}
    >${text}</span
  >`;
}
