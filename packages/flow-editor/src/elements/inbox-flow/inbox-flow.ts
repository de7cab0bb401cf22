import { checkFlow, type Flow, type Problem } from '@alur/flow';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { InboxFlowUpdateEvent } from '../../events.ts';
import { resolveLocale, stringsFor, type Strings } from '../../strings/strings.ts';
import { controls } from '../../styles/controls.styles.ts';
import { icon } from '../../styles/icons.ts';
import { tokens } from '../../styles/tokens.styles.ts';
import { AnswerController } from '../answer-controller.ts';
import type { FlowListItem } from '../flow-list/flow-list-item.ts';
import { formatDate } from '../flow-list/format-date.ts';
import { describeProblemText } from '../problem-text.ts';
import { inboxStyles } from './inbox-flow.styles.ts';

/** Inbox with its selected flow. */
export interface InboxWithFlow {
  id: string;
  name: string;
  /** Channel: `web-livechat`, `whatsapp` or another one of the host. */
  type: string;
  flowId: string | null;
}

/** Selectable flow. With its document, the limits of the channel are checked too. */
export type SelectableFlow = FlowListItem & { flow?: Flow };

/** Maximum number of listed warnings. */
const SHOWN_WARNINGS = 5;

/**
 * @summary Selects the flow of one inbox: Select Flow, Update, and the current live version.
 *
 * @fires inbox-flow-update - the inbox should use another flow, or none; answer with
 * `event.respondWith(promise)`
 * @csspart box - frame around the content
 * @example
 * ```html
 * <inbox-flow></inbox-flow>
 * ```
 */
export class InboxFlow extends LitElement {
  static override styles = [tokens, controls, inboxStyles];
  static override properties = {
    inbox: { attribute: false },
    flows: { attribute: false },
    readonly: { type: Boolean, reflect: true },
    locale: {},
    chosen: { state: true },
    isDone: { state: true },
  };

  /** Inbox; null while it loads. */
  declare inbox: InboxWithFlow | null;
  /** Selectable flows; null while they load. */
  declare flows: SelectableFlow[] | null;
  /** Whether changes are disabled. Default: false. */
  declare readonly: boolean;
  /** Language as a tag, such as `id`. Default: the closest `lang` attribute. */
  declare locale: string | null;

  /** Selected flow that is not saved yet. */
  declare chosen: string | null;
  declare isDone: boolean;

  /** @internal Texts of the current language. */
  strings: Strings;
  readonly #answers: AnswerController;

  constructor() {
    super();
    this.inbox = null;
    this.flows = null;
    this.readonly = false;
    this.locale = null;
    this.chosen = null;
    this.isDone = false;
    this.strings = stringsFor('en');
    this.#answers = new AnswerController(this);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    this.strings = stringsFor(resolveLocale(this, this.locale));
    const before = changed.get('inbox') as InboxWithFlow | null | undefined;
    if (!changed.has('inbox')) return;
    this.chosen = this.inbox?.flowId ?? null;
    if (before?.id !== this.inbox?.id) this.isDone = false;
  }

  get #isChanged(): boolean {
    return this.inbox !== null && this.chosen !== this.inbox.flowId;
  }

  async #update(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (!this.inbox || !this.#isChanged) return;
    this.isDone = false;
    const { id } = this.inbox;
    const flowId = this.chosen;
    if (!(await this.#answers.send(new InboxFlowUpdateEvent(id, flowId)))) return;
    if (this.inbox?.id === id) this.inbox = { ...this.inbox, flowId };
    this.isDone = true;
  }

  protected override render() {
    const { strings, inbox, flows } = this;
    if (!inbox || !flows) {
      return html`<div
        class="box"
        part="box"
        role="status"
        aria-label=${strings.inbox.loading}
        aria-busy="true"
      >
        <span class="ghost"></span><span class="ghost"></span>
      </div>`;
    }
    const isMissing = this.chosen !== null && !flows.some(({ id }) => id === this.chosen);
    return html`<form
      class="box"
      part="box"
      aria-busy=${String(this.#answers.isBusy)}
      @submit=${this.#update}
    >
      ${this.#renderCurrent(inbox, flows)}
      <div class="field">
        <label for="flow">${strings.inbox.select}</label>
        <div class="choose">
          <select
            class="input"
            id="flow"
            aria-describedby=${flows.length === 0 || this.chosen === null ? 'about' : nothing}
            ?disabled=${this.readonly || this.#answers.isBusy}
            @change=${(event: Event) => {
              this.chosen = (event.target as HTMLSelectElement).value || null;
              this.isDone = false;
            }}
          >
            <option value="" ?selected=${this.chosen === null}>${strings.inbox.none}</option>
            ${isMissing ? html`<option value=${this.chosen!} selected disabled>${strings.inbox.missing}</option>` : nothing}
            ${flows.map((flow) => html`<option value=${flow.id} ?selected=${flow.id === this.chosen}>${nameOf(flow, flows, strings)}</option>`)}
          </select>
          ${
            this.readonly
              ? nothing
              : html`<button class="button primary" ?disabled=${!this.#isChanged || this.#answers.isBusy}>
                  ${this.#answers.isBusy ? strings.inbox.updating : strings.inbox.update}
                </button>`
          }
        </div>
        ${this.#renderHint(flows)}
      </div>
      ${this.#renderWarnings(inbox, flows)} ${this.#renderAnswer()}
    </form>`;
  }

  #renderAnswer() {
    const { strings } = this;
    const { failure } = this.#answers;
    if (failure !== null) {
      return html`<p class="answer bad" role="alert">
        ${icon('error', 14)}${strings.inbox.failed} ${failure}
      </p>`;
    }
    return this.isDone
      ? html`<p class="answer" role="status">${icon('check', 14)}${strings.inbox.updated}</p>`
      : nothing;
  }

  #renderHint(flows: SelectableFlow[]) {
    const { strings } = this;
    const text =
      flows.length === 0 ? strings.inbox.empty : this.chosen === null ? strings.inbox.noneHint : '';
    return text ? html`<p class="hint" id="about">${text}</p>` : nothing;
  }

  #renderCurrent({ flowId }: InboxWithFlow, flows: SelectableFlow[]) {
    const { strings } = this;
    const now = flows.find(({ id }) => id === flowId);
    const isLive = now !== undefined && now.live !== null;
    const text =
      flowId === null
        ? strings.inbox.nowNone
        : !now
          ? strings.inbox.missing
          : now.live === null
            ? strings.inbox.nowDraft(now.name)
            : strings.inbox.nowFlow(now.name, now.live);
    return html`<div class="now ${isLive ? 'live' : ''}">
      <span class="tile">${icon('canvas')}</span>
      <span
        ><span class="hint">${isLive ? strings.inbox.now : strings.inbox.nowOf}</span
        ><strong>${text}</strong></span
      >
    </div>`;
  }

  #renderWarnings({ type }: InboxWithFlow, flows: SelectableFlow[]) {
    const { strings } = this;
    const chosen = flows.find(({ id }) => id === this.chosen);
    const isWhatsApp = type === 'whatsapp';
    const warnings = isWhatsApp && chosen?.flow ? checkForWhatsApp(chosen.flow) : [];
    const notes = [
      isWhatsApp ? strings.inbox.whatsappRuns : '',
      chosen && chosen.live === null ? strings.inbox.draftWarning : '',
    ].filter(Boolean);
    if (notes.length === 0 && warnings.length === 0) return nothing;
    return html`<div class="warnings">
      ${notes.map((note) => html`<p>${icon('info')}<span>${note}</span></p>`)}
      ${
        warnings.length > 0
          ? html`<p>${icon('warning')}<span>${strings.inbox.whatsapp}</span></p>
              <ul>
                ${warnings.slice(0, SHOWN_WARNINGS).map((problem) => html`<li>${describeProblemText(problem, strings)}</li>`)}
              </ul>`
          : nothing
      }
    </div>`;
  }
}

/** Returns the name of a flow. If another flow has the same name, its state and time follow. */
function nameOf(flow: SelectableFlow, flows: SelectableFlow[], strings: Strings): string {
  const { id, name, live, updatedAt } = flow;
  if (!flows.some((other) => other.name === name && other.id !== id)) return name;
  const state = live === null ? strings.list.notLive : strings.list.live(live);
  return [name, state, formatDate(updatedAt, strings, 'full')].filter(Boolean).join(' · ');
}

/** Returns the problems that are specific to WhatsApp. */
function checkForWhatsApp(flow: Flow): Problem[] {
  return checkFlow(flow, { channel: 'whatsapp' }).filter(({ code }) => code.startsWith('whatsapp-'));
}

declare global {
  interface HTMLElementTagNameMap {
    'inbox-flow': InboxFlow;
  }
}
