import type { Card, Problem, TraceEntry } from '@alur/flow';
import { html, nothing, type TemplateResult } from 'lit';
import type { SummaryContext, SummaryRow } from '../../kinds/editor-kind.ts';
import { listSummaryRows } from '../../kinds/summary-rows.ts';
import { appearanceOfCard } from '../../kinds/appearance.ts';
import type { PlacedCard } from '../../layout/flow-layout.ts';
import { icon } from '../../styles/icons.ts';
import { styleProperties } from '../../styles/style-properties.ts';

/** State that cards show in addition to the document. */
export interface SceneState extends SummaryContext {
  selected: string | null;
  problems: ReadonlyMap<string, Problem[]>;
  /** Trace of the simulator, by card. Null without a tried conversation. */
  trace: ReadonlyMap<string, TraceEntry> | null;
  /** Ids of the cards that the search found. Null without a search. */
  found: ReadonlySet<string> | null;
}

/** Renders cards for one state of the editor. Create a new instance when the state changes. */
export class CardScene {
  readonly context: SummaryContext;
  readonly selected: string | null;
  readonly #state: SceneState;

  constructor(state: SceneState) {
    this.#state = state;
    this.context = state;
    this.selected = state.selected;
  }

  /** Returns all values that the content of a card depends on. They are compared by identity. */
  partsOf(placed: PlacedCard): unknown[] {
    const { card, id } = placed;
    const { directory, strings, kinds, flow, trace, found } = this.#state;
    return [
      card,
      placed.index,
      placed.siblings,
      placed.depth,
      id === this.selected,
      this.problemsOf(id),
      trace && (trace.get(id) ?? 'dim'),
      found && found.has(id),
      strings,
      directory,
      kinds,
      card.kind === 'jump' && card.to ? flow.cards[card.to] : flow.timeZone,
    ];
  }

  problemsOf(id: string): Problem[] | undefined {
    return this.#state.problems.get(id);
  }

  /** Returns the trace entry of a card in the simulator. */
  outcomeOf(id: string): TraceEntry | undefined {
    return this.#state.trace?.get(id);
  }

  /** Sets attributes and classes of a card's element. Its content is rendered separately. */
  updateElement(element: HTMLElement, placed: PlacedCard): void {
    const { trace, found } = this.#state;
    const outcome = this.outcomeOf(placed.id)?.outcome;
    const isSelected = placed.id === this.selected;
    const classes = ['card', `tint-${appearanceOfCard(placed.card, this.context.kinds).tint}`];
    if (isSelected) classes.push('selected');
    if (outcome === 'entered' || outcome === 'matched') classes.push('lit');
    else if (trace) classes.push(outcome ? 'asked' : 'dim');
    if (found) classes.push(found.has(placed.id) ? 'found' : 'dim');
    element.className = classes.join(' ');
    element.setAttribute('part', 'card');
    element.tabIndex = isSelected || (this.selected === null && placed.depth === 0) ? 0 : -1;
    element.setAttribute('aria-selected', String(isSelected));
    element.setAttribute('aria-level', String(placed.depth + 1));
    element.setAttribute('aria-posinset', String(placed.index + 1));
    element.setAttribute('aria-setsize', String(placed.siblings));
    element.setAttribute('aria-label', accessibleName(placed, this));
  }
}

/** Renders the content of a card. */
export function renderCard(placed: PlacedCard, scene: CardScene): TemplateResult {
  const { card, id } = placed;
  const { strings } = scene.context;
  const appearance = appearanceOfCard(card, scene.context.kinds);
  const problems = scene.problemsOf(id);
  const outcome = scene.outcomeOf(id);
  const order = describeOrder(placed, scene);
  return html`<div class="head" ${styleProperties({ '--_order-length': order.length })}>
      ${icon(appearance.icon)}<span class="kind">${appearance.name}</span>
      ${card.note ? html`<span class="aside" title=${card.note}>${icon('note', 14)}</span>` : nothing}
      ${
        'imageUrl' in card && card.imageUrl
          ? html`<span class="aside" title=${strings.card.image}>${icon('image', 14)}</span>`
          : nothing
      }
      ${problems ? renderMark(problems, scene) : nothing}
    </div>
    <div class="body">
      ${listSummaryRows(card, scene.context).map(renderRow)}
      ${
        hasTarget(card)
          ? html`<button
              class="goto"
              tabindex="-1"
              data-action="goto"
              title=${strings.card.goToTarget}
              aria-label=${strings.card.goToTarget}
            >
              ${strings.card.goTo}${icon('right', 12)}
            </button>`
          : nothing
      }
    </div>
    ${order ? html`<span class="order">${order}</span>` : nothing}
    ${
      outcome
        ? html`<span class="outcome ${outcome.outcome}"
            >${outcome.outcome === 'not-matched' ? icon('close', 12) : icon('check', 12)}${
              strings.card.outcome[outcome.outcome]
            }</span
          >`
        : nothing
    }`;
}

function renderRow(row: SummaryRow): TemplateResult {
  return html`<div class="row ${row.tone ?? ''} ${row.span === 2 ? 'two' : ''}">
    ${row.dots?.map((color) => html`<span class="dot" ${styleProperties({ 'background-color': color })}></span>`)}${row.text}
  </div>`;
}

function renderMark(problems: Problem[], scene: CardScene) {
  const isError = problems.some((problem) => problem.severity === 'error');
  const { strings } = scene.context;
  const text = isError ? strings.card.problems(problems.length) : strings.card.warnings(problems.length);
  return html`<span class="mark ${isError ? 'error' : 'warning'}" title=${text}
    >${icon('warning', 14)}</span
  >`;
}

function hasTarget(card: Card): boolean {
  return card.kind === 'jump' && Boolean(card.to);
}

function describeOrder({ card, index, siblings }: PlacedCard, { context }: CardScene): string {
  const { strings } = context;
  if (card.kind === 'else') return strings.card.last;
  if (card.kind === 'condition' || card.kind === 'button') return strings.card.order(index + 1, siblings);
  return '';
}

function accessibleName(placed: PlacedCard, scene: CardScene): string {
  const { strings } = scene.context;
  const problems = scene.problemsOf(placed.id);
  const outcome = scene.outcomeOf(placed.id);
  return [
    appearanceOfCard(placed.card, scene.context.kinds).name,
    ...listSummaryRows(placed.card, scene.context).map((row) => row.text),
    // The accessible name begins with the visible text in its order, for users of speech input.
    hasTarget(placed.card) ? strings.card.goTo : '',
    describeOrder(placed, scene),
    outcome ? strings.card.outcome[outcome.outcome] : '',
    placed.card.kind === 'condition' ? strings.card.firstMatchWins : '',
    problems ? strings.card.problems(problems.length) : '',
  ]
    .filter(Boolean)
    .join('. ');
}
