import type { Flow, Problem } from '@alur/flow';
import { css, html, nothing } from 'lit';
import { listSummaryRows, summariseCard } from '../../kinds/summary-rows.ts';
import { appearanceOfCard, nameOfCard } from '../../kinds/appearance.ts';
import { controls } from '../../styles/controls.styles.ts';
import { icon } from '../../styles/icons.ts';
import { tints } from '../../styles/tokens.styles.ts';
import { EditorPart } from '../editor-part.ts';
import { panelStyles, renderPanelHead } from '../panel.ts';
import { describeProblemText } from '../problem-text.ts';
import { CloseRequest, SelectRequest } from '../requests.ts';

/**
 * @summary List of the errors and warnings of a flow. A click selects the card and focuses the field.
 * @internal Part of `<flow-editor>`.
 */
export class FlowProblems extends EditorPart {
  static override styles = [
    controls,
    tints,
    panelStyles,
    css`
      .problem {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 2px 10px;
        inline-size: 100%;
        padding: 10px;
        border: 1px solid var(--_line);
        border-radius: 8px;
        background: var(--_surface);
        text-align: start;
      }
      .problem:hover {
        background: var(--_hover);
        border-color: var(--_line-strong);
      }
      .sign {
        grid-row: span 2;
        color: var(--_warning);
      }
      .sign.error {
        color: var(--_danger);
      }
      .where {
        font-size: 12px;
        line-height: 16px;
        font-weight: 600;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .what {
        font-size: 12px;
        line-height: 16px;
        color: var(--_muted);
      }
      ul {
        display: flex;
        flex-direction: column;
        gap: 8px;
      }
      h3 {
        font-size: 12px;
        line-height: 16px;
        font-weight: 600;
        margin-block-end: 8px;
      }
      .fine {
        display: grid;
        justify-items: center;
        gap: 8px;
        padding: 40px 16px;
        text-align: center;
        color: var(--_muted);
      }
      .fine > span {
        display: grid;
        place-items: center;
        inline-size: 40px;
        block-size: 40px;
        border-radius: 50%;
        background: var(--_success-soft);
        color: var(--_success);
      }
      .fine strong {
        color: var(--_text);
        font-size: 14px;
        font-weight: 600;
      }
    `,
  ];
  static override properties = {
    flow: { attribute: false },
    problems: { attribute: false },
  };

  declare flow: Flow;
  declare problems: Problem[];

  readonly #close = () => this.dispatchEvent(new CloseRequest());

  protected override render() {
    const { strings, problems } = this;
    const errors = problems.filter(({ severity }) => severity === 'error');
    const warnings = problems.filter(({ severity }) => severity === 'warning');
    return html`${renderPanelHead(strings.problems.title, strings, this.#close)}
      <div class="scroll">
        ${
          problems.length === 0
            ? html`<div class="fine">
                <span>${icon('check', 20)}</span><strong>${strings.problems.none}</strong>
                <p>${strings.problems.noneText}</p>
              </div>`
            : nothing
        }
        ${this.#renderGroup(strings.problems.errors(errors.length), errors)}
        ${this.#renderGroup(strings.problems.warnings(warnings.length), warnings)}
      </div>`;
  }

  #renderGroup(title: string, problems: Problem[]) {
    if (problems.length === 0) return nothing;
    return html`<section>
      <h3>${title}</h3>
      <ul>
        ${problems.map((problem) => html`<li>${this.#renderProblem(problem)}</li>`)}
      </ul>
    </section>`;
  }

  #renderProblem(problem: Problem) {
    const { flow, strings } = this;
    const card = problem.cardId ? flow.cards[problem.cardId] : undefined;
    const where = card
      ? `${appearanceOfCard(card, this.kinds).name} · ${this.#describe(problem.cardId!)}`
      : flow.name;
    return html`<button class="problem" @click=${() => this.#go(problem)}>
      <span class="sign ${problem.severity}"
        >${icon(problem.severity === 'error' ? 'error' : 'warning')}</span
      >
      <span class="where">${where}</span>
      <span class="what">${describeProblemText(problem, strings)}</span>
    </button>`;
  }

  /**
   * Returns a text that distinguishes a card from others of its kind. An Else is described by its siblings.
   */
  #describe(cardId: string): string {
    const { flow, directory, strings } = this;
    const context = { flow, directory, strings, kinds: this.kinds };
    const card = flow.cards[cardId]!;
    if (card.kind === 'else' && !card.title) {
      const parent = Object.values(flow.cards).find(({ next }) => next.includes(cardId));
      if (parent?.kind === 'start') return appearanceOfCard(parent, this.kinds).name;
      if (parent) return summariseCard(parent, context);
    }
    const [row] = listSummaryRows(card, context);
    // The problem below already reports a missing value. This line identifies the card.
    if (row?.tone !== 'unset') return card.title ?? row?.text ?? '';
    const parent = Object.values(flow.cards).find(({ next }) => next.includes(cardId));
    return parent ? strings.problems.below(nameOfCard(parent, this.kinds)) : row.text;
  }

  #go({ cardId, path, data }: Problem): void {
    if (!cardId) return;
    // The path `/cards/<id>/test/to` refers to the field `to`.
    const [either] = (data?.['either'] as string[] | undefined) ?? [];
    const field = either ?? path?.split('/').at(-1);
    this.dispatchEvent(
      new SelectRequest(cardId, { open: true, field: field === cardId ? undefined : field }),
    );
  }
}
