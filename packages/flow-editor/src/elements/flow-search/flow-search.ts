import type { Flow } from '@alur/flow';
import { isComposing } from '@alur/flow/keyboard';
import { css, html, nothing, type PropertyValues } from 'lit';
import { listSummaryRows } from '../../kinds/summary-rows.ts';
import { appearanceOfCard } from '../../kinds/appearance.ts';
import type { FlowLayout, PlacedCard } from '../../layout/flow-layout.ts';
import { controls } from '../../styles/controls.styles.ts';
import { icon } from '../../styles/icons.ts';
import { tints } from '../../styles/tokens.styles.ts';
import { EditorPart } from '../editor-part.ts';
import { panelStyles, renderPanelHead } from '../panel.ts';
import { CloseRequest, SelectRequest } from '../requests.ts';
import { findCards } from './find-cards.ts';

/** Maximum number of listed results. */
const SHOWN = 100;

/**
 * @summary Finds cards by their text and highlights them on the canvas. Enter moves to the next result.
 * @internal Part of `<flow-editor>`, loaded on first use.
 */
export class FlowSearch extends EditorPart {
  static override styles = [
    controls,
    tints,
    panelStyles,
    css`
      .scroll {
        gap: 12px;
      }
      .box {
        position: relative;
      }
      .box svg {
        position: absolute;
        inset-inline-start: 10px;
        inset-block-start: 10px;
        color: var(--_muted);
      }
      .box input {
        padding-inline-start: 34px;
      }
      ul {
        display: flex;
        flex-direction: column;
        gap: 4px;
      }
      .hit {
        display: flex;
        align-items: center;
        gap: 10px;
        inline-size: 100%;
        padding: 8px;
        border: 1px solid transparent;
        border-radius: 8px;
        background: none;
        text-align: start;
      }
      .hit:hover,
      .hit.current {
        background: var(--_hover);
      }
      .tile {
        display: grid;
        place-items: center;
        inline-size: 28px;
        block-size: 28px;
        border-radius: 7px;
        background: var(--_tint);
        color: var(--_tint-ink);
        flex: none;
      }
      .hit > span:last-child {
        min-inline-size: 0;
        display: grid;
      }
      .hit small,
      .hit b {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        font-weight: 400;
      }
      .hit small {
        font-size: 12px;
        line-height: 16px;
        color: var(--_muted);
      }
    `,
  ];
  static override properties = {
    flow: { attribute: false },
    layout: { attribute: false },
    query: { state: true },
    current: { state: true },
  };

  declare flow: Flow;
  declare layout: FlowLayout;
  declare query: string;
  declare current: number;

  #hits: PlacedCard[] = [];

  constructor() {
    super();
    this.query = '';
    this.current = -1;
  }

  override firstUpdated(): void {
    this.renderRoot.querySelector('input')!.focus();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('query') && !changed.has('flow') && !changed.has('context')) return;
    const { flow, directory, strings } = this;
    this.#hits = findCards(this.query, this.layout.order, { flow, directory, strings, kinds: this.kinds });
  }

  override updated(changed: PropertyValues<this>): void {
    if (!changed.has('query') && !changed.has('flow')) return;
    this.context.store.$found.set(this.query.trim() ? new Set(this.#hits.map(({ id }) => id)) : null);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.context.store.$found.set(null);
  }

  #go(index: number): void {
    const hit = this.#hits[index];
    if (!hit) return;
    this.current = index;
    this.dispatchEvent(new SelectRequest(hit.id));
  }

  #handleKeydown(event: KeyboardEvent): void {
    if (isComposing(event) || this.#hits.length === 0) return;
    const steps: Record<string, number> = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    this.#go((this.current + step + this.#hits.length) % this.#hits.length);
  }

  readonly #close = () => this.dispatchEvent(new CloseRequest());

  protected override render() {
    const { strings } = this;
    const isAsked = this.query.trim() !== '';
    return html`${renderPanelHead(strings.search.title, strings, this.#close)}
      <div class="scroll">
        <div class="box">
          ${icon('search')}
          <input
            class="input"
            type="search"
            dir="auto"
            autocomplete="off"
            aria-label=${strings.search.title}
            placeholder=${strings.search.placeholder}
            .value=${this.query}
            @input=${(event: InputEvent) => {
              this.query = (event.target as HTMLInputElement).value;
              this.current = -1;
            }}
            @keydown=${this.#handleKeydown}
          />
        </div>
        <p class="hint" role="status">
          ${isAsked ? (this.#hits.length > 0 ? strings.search.found(this.#hits.length) : strings.search.none(this.query)) : nothing}
        </p>
        <ul>
          ${this.#hits.slice(0, SHOWN).map((hit, index) => html`<li>${this.#renderHit(hit, index)}</li>`)}
        </ul>
      </div>`;
  }

  #renderHit({ card }: PlacedCard, index: number) {
    const { flow, directory, strings } = this;
    const appearance = appearanceOfCard(card, this.kinds);
    const rows = listSummaryRows(card, { flow, directory, strings, kinds: this.kinds });
    return html`<button
      class="hit tint-${appearance.tint} ${index === this.current ? 'current' : ''}"
      @click=${() => this.#go(index)}
    >
      <span class="tile">${icon(appearance.icon)}</span>
      <span><small>${appearance.name}</small><b>${rows[0]?.text}</b></span>
    </button>`;
  }
}
