import { describePath, type Card, type Field, type Flow, type Problem, type TimeTest } from '@alur/flow';
import { html, LitElement, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { keyed } from 'lit/directives/keyed.js';
import { listSummaryRows } from '../../kinds/summary-rows.ts';
import { plain } from '../../kinds/plain.ts';
import { appearanceOfCard } from '../../kinds/appearance.ts';
import type { EditorKinds } from '../../kinds/editor-kind.ts';
import type { FlowLayout, PlacedCard } from '../../layout/flow-layout.ts';
import { controls } from '../../styles/controls.styles.ts';
import { icon } from '../../styles/icons.ts';
import { tints } from '../../styles/tokens.styles.ts';
import { EditorPart } from '../editor-part.ts';
import { describeProblemText, isAboutFlowZone } from '../problem-text.ts';
import {
  CloseRequest,
  CommandRequest,
  EditRequest,
  GoToRequest,
  MenuRequest,
  ZoneRequest,
} from '../requests.ts';
import type { FlowKeywords } from '../flow-keywords/flow-keywords.ts';
import { problemsOf, type FieldScene } from './field-scene.ts';
import { inspectorStyles } from './flow-inspector.styles.ts';
import { renderButtonList } from './render-button-list.ts';
import { renderField } from './render-field.ts';
import { renderFlowZone } from './render-picker.ts';
import { renderWindows } from './render-windows.ts';

/**
 * @summary Details of the selected card. Shows the fields that its kind declares and commits each change
 * immediately.
 * @internal Part of `<flow-editor>`.
 */
export class FlowInspector extends EditorPart {
  static override styles = [controls, tints, inspectorStyles];
  static override properties = {
    flow: { attribute: false },
    layout: { attribute: false },
    cardId: { attribute: false },
    problems: { attribute: false },
  };

  declare flow: Flow;
  declare layout: FlowLayout;
  declare cardId: string;
  declare problems: Problem[];

  /** Value of the focused field at the time of its focus. */
  #valueAtFocus = '';

  constructor() {
    super();
    this.problems = [];
    this.addEventListener('focusin', (event) => {
      const [field] = event.composedPath();
      this.#valueAtFocus = field instanceof HTMLInputElement ? field.value : '';
    });
  }

  /** Focuses a field, or the first one. */
  async focusField(name?: string): Promise<void> {
    await this.updateComplete;
    const scope = name
      ? this.renderRoot.querySelector(`[data-field="${name}"]`)
      : this.renderRoot.querySelector('.fields');
    const target = scope?.querySelector<HTMLElement & Partial<LitElement>>(
      'textarea, input, select, flow-keywords, flow-picker, button',
    );
    await target?.updateComplete;
    if (target) this.#focus(target);
  }

  /** Focuses the text field of a button. */
  async focusButton(cardId: string): Promise<void> {
    await this.updateComplete;
    const target = this.renderRoot.querySelector<HTMLElement>(`[data-button="${cardId}"]`);
    if (target) this.#focus(target);
  }

  /** Whether the focused field has uncommitted text. */
  get isPending(): boolean {
    const field = this.shadowRoot?.activeElement;
    if (field && 'isPending' in field) return Boolean(field.isPending);
    return field instanceof HTMLInputElement && field.matches('.clock') && field.value !== this.#valueAtFocus;
  }

  /** Commits the focused field, as a change of focus would. */
  commitField(): void {
    const field = this.shadowRoot?.activeElement;
    if (field && 'commit' in field) (field as FlowKeywords).commit();
    else if (field instanceof HTMLInputElement && field.type === 'text') {
      field.dispatchEvent(new Event('change'));
      this.#valueAtFocus = field.value;
    }
  }

  /**
   * Focuses an element and scrolls only this column. A scroll of its ancestors would move the panel while it
   * slides in.
   */
  #focus(target: HTMLElement): void {
    target.focus({ preventScroll: true });
    const scroller = this.renderRoot.querySelector('.scroll')!;
    const { top, bottom } = target.getBoundingClientRect();
    const view = scroller.getBoundingClientRect();
    if (top < view.top) scroller.scrollTop -= view.top - top + 32;
    else if (bottom > view.bottom) scroller.scrollTop += bottom - view.bottom + 32;
  }

  #scene(card: Card): FieldScene {
    const { flow, cardId, directory, strings, kinds, problems, isLocked: readonly } = this;
    const set = (name: string, value: unknown, isStep?: boolean) =>
      this.dispatchEvent(new EditRequest(cardId, { [name]: value }, isStep));
    return { flow, cardId, card, directory, strings, kinds, problems, readonly, set };
  }

  protected override render() {
    const placed = this.layout.byId.get(this.cardId);
    if (!placed) return nothing;
    const { strings } = this;
    const appearance = appearanceOfCard(placed.card, this.kinds);
    return html`<header class="tint-${appearance.tint}">
        <span class="tile">${icon(appearance.icon)}</span>
        <h2>${appearance.name}</h2>
        <button
          class="button quiet icon small"
          aria-label=${strings.inspector.more}
          title=${strings.inspector.more}
          aria-haspopup="menu"
          @click=${this.#handleMore}
        >
          ${icon('more')}
        </button>
        <button
          class="button quiet icon small"
          aria-label=${strings.inspector.close}
          title=${strings.inspector.close}
          @click=${() => this.dispatchEvent(new CloseRequest())}
        >
          ${icon('close')}
        </button>
      </header>
      ${keyed(this.cardId, html`<div class="scroll">${this.#renderBody(placed)}</div>`)}`;
  }

  #handleMore(event: MouseEvent): void {
    const anchor = (event.currentTarget as Element).getBoundingClientRect();
    this.dispatchEvent(new MenuRequest(this.cardId, anchor));
  }

  #renderBody(placed: PlacedCard) {
    const { card } = placed;
    const scene = this.#scene(card);
    return html`${this.#renderCardProblems(card)}
      <div class="fields">${this.#renderFields(card, scene)}</div>
      ${card.kind === 'buttons' ? renderButtonList(this, scene) : nothing} ${this.#renderOrder(placed)}
      ${card.kind === 'start' ? nothing : html`${card.kind === 'else' ? nothing : this.#renderPathSentence()}${this.#renderForTeam(card, scene)}`}`;
  }

  /** Renders the problems of the card itself. */
  #renderCardProblems(card: Card) {
    const fields = fieldsOf(card, this.kinds);
    const scene = { problems: this.problems };
    const inFields = new Set(fields.flatMap((field) => problemsOf(field, scene)));
    const loose = this.problems.filter((problem) => !inFields.has(problem) && !isAboutFlowZone(problem));
    if (loose.length === 0) return nothing;
    return html`<div class="loose">
      ${loose.map(
        (problem) =>
          html`<p class="notice ${problem.severity}">
            ${icon('warning')}<span>${describeProblemText(problem, this.strings)}</span>
          </p>`,
      )}
    </div>`;
  }

  #renderFields(card: Card, scene: FieldScene) {
    const { strings } = this;
    if (card.kind === 'start') {
      return html`<p class="prose">${strings.inspector.startText}</p>
        ${renderFlowZone(scene, (timeZone) => this.dispatchEvent(new ZoneRequest(timeZone)))}
        <p class="hint">${strings.inspector.publicText}</p>`;
    }
    if (card.kind === 'else') return html`<p class="prose">${this.#describeElse()}</p>`;
    if (card.kind === 'condition') return this.#renderTest(card.test, scene);
    const fields = fieldsOf(card, this.kinds);
    if (fields.length === 0) return html`<p class="hint">${strings.inspector.noFields}</p>`;
    const values = card as unknown as Record<string, unknown>;
    // Teams are the usual choice, so they come before single agents.
    const ordered = fields.toSorted((a, b) => rank(a) - rank(b));
    return html`${ordered.map((field) => renderField(field, values[field.name], scene))}
    ${
      card.kind === 'jump' && card.to && this.flow.cards[card.to]
        ? html`<button class="button" @click=${() => this.dispatchEvent(new GoToRequest(this.cardId))}>
            ${icon('target')}${strings.card.goToTarget}
          </button>`
        : nothing
    }`;
  }

  #renderTest(test: (Card & { kind: 'condition' })['test'], scene: FieldScene) {
    const kind = test ? this.kinds.author.tests.get(test.kind) : undefined;
    if (!test || !kind) return html`<p class="hint">${this.strings.inspector.noFields}</p>`;
    const values = test as unknown as Record<string, unknown>;
    const inner = {
      ...scene,
      set: (name: string, value: unknown, isStep?: boolean) => {
        const next: Record<string, unknown> = { ...values, [name]: value };
        if (value === undefined) delete next[name];
        scene.set('test', next, isStep);
      },
    };
    const byName = (name: string) => kind.fields.find((field) => field.name === name);
    if (test.kind !== 'first-message-time') {
      const keywordsFirst = kind.fields.toSorted((a, b) => rank(a) - rank(b));
      return keywordsFirst.map((field) => renderField(field, values[field.name], inner));
    }
    return html`${renderWindows(byName('windows') as Field & { type: 'list' }, (test as TimeTest).windows, inner)}
    ${renderField(byName('timeZone')!, values['timeZone'], inner)}`;
  }

  #describeElse(): string {
    const { inspector } = this.strings;
    const parentId = this.layout.byId.get(this.cardId)?.parentId;
    const parent = parentId ? this.flow.cards[parentId] : undefined;
    if (parent?.kind === 'buttons') return inspector.elseButtonsText;
    const { flow, directory, strings, kinds } = this;
    const context = { flow, directory, strings, kinds };
    const names = (parent?.next ?? []).slice(0, -1).map((id) => {
      const card = this.flow.cards[id]!;
      return card.title || listSummaryRows(card, context)[0]!.text;
    });
    return inspector.elseText(names.join('; '));
  }

  #renderOrder({ card, index, siblings }: PlacedCard) {
    if (card.kind !== 'condition' && card.kind !== 'button') return nothing;
    const { inspector } = this.strings;
    return html`<section class="order">
      <p class="hint">${inspector.orderText(index + 1, siblings)}</p>
      ${
        this.isLocked
          ? nothing
          : html`<div class="row">
              <button
                class="button small"
                ?disabled=${index === 0}
                @click=${() => this.dispatchEvent(new CommandRequest('move-left'))}
              >
                ${icon('left', 14)}${inspector.moveLeft}
              </button>
              <button
                class="button small"
                ?disabled=${index >= siblings - 2}
                @click=${() => this.dispatchEvent(new CommandRequest('move-right'))}
              >
                ${inspector.moveRight}${icon('right', 14)}
              </button>
            </div>`
      }
    </section>`;
  }

  /** Renders a sentence about when the card is reached. */
  #renderPathSentence() {
    const { flow, cardId, strings, directory } = this;
    const sentence =
      plain(describePath(flow, cardId, strings.locale, directory ?? {}, { kinds: this.kinds.author })) ||
      strings.inspector.always;
    return html`<section class="reading">
      <h3>${strings.inspector.readsAs}</h3>
      <p class="hint">
        ${sentence.charAt(0).toUpperCase() + sentence.slice(1)}${sentence.endsWith('…') ? '' : '.'}
      </p>
    </section>`;
  }

  #renderForTeam(card: Card, { set, readonly }: FieldScene) {
    const { inspector } = this.strings;
    const clean = (event: Event) => (event.target as HTMLInputElement).value || undefined;
    return html`<section class="team">
      <h3>${inspector.forTeam}</h3>
      <div class="field" data-field="title">
        <label for="title">${inspector.title}</label>
        <input
          class="input"
          id="title"
          type="text"
          dir="auto"
          autocomplete="off"
          placeholder=${inspector.titlePlaceholder}
          .value=${live(card.title ?? '')}
          ?disabled=${readonly}
          @input=${(event: Event) => set('title', clean(event))}
        />
      </div>
      <div class="field" data-field="note">
        <label for="note">${inspector.note}</label>
        <textarea
          dir="auto"
          class="input short"
          id="note"
          rows="2"
          placeholder=${inspector.notePlaceholder}
          .value=${live(card.note ?? '')}
          ?disabled=${readonly}
          @input=${(event: Event) => set('note', clean(event))}
        ></textarea>
        <p class="hint">${inspector.titleHint}</p>
      </div>
    </section>`;
  }
}

/** Returns the fields with a control. Translations have none yet. */
function fieldsOf(card: Card, { author }: EditorKinds): readonly Field[] {
  return (author.steps.get(card.kind)?.fields ?? []).filter(({ type }) => type !== 'translations');
}

function rank({ name }: Field): number {
  return ['keywords', 'teamIds'].includes(name) ? 0 : 1;
}
