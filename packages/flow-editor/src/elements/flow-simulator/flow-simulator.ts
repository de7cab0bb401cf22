import { describeWhy, isBlank, type Effect, type Flow, type TraceEntry } from '@alur/flow';
import { html, nothing, type PropertyValues } from 'lit';
import { listSummaryRows } from '../../kinds/summary-rows.ts';
import { namesOf } from '../../kinds/summary-text.ts';
import { appearanceOfCard } from '../../kinds/appearance.ts';
import type { TriedConversation, TriedStep } from '../../store/tried-conversation.ts';
import type { Strings } from '../../strings/strings.ts';
import { controls } from '../../styles/controls.styles.ts';
import { icon } from '../../styles/icons.ts';
import { tints } from '../../styles/tokens.styles.ts';
import { plain } from '../../kinds/plain.ts';
import { zoneOptions } from '../../kinds/zone-options.ts';
import { EditorPart } from '../editor-part.ts';
import type { ValueChange } from '../value-change.ts';
import { panelStyles, renderPanelHead } from '../panel.ts';
import { CloseRequest, SelectRequest } from '../requests.ts';
import { simulatorStyles } from './flow-simulator.styles.ts';
import { instantOf, localTimeOf, playConversation, type Exchange, type Played } from './play-conversation.ts';

/**
 * @summary Simulates a conversation with the flow, with the same engine as on the site and an adjustable
 * clock. Highlights the path in the canvas and shows the reason for each branch.
 * @internal Part of `<flow-editor>`, loaded on first use.
 */
export class FlowSimulator extends EditorPart {
  static override styles = [controls, tints, panelStyles, simulatorStyles];
  static override properties = {
    flow: { attribute: false },
    tried: { state: true },
  };

  declare flow: Flow;
  /** Conversation from the store. It is kept when the panel is closed. */
  declare tried: TriedConversation;

  #played: Played | null = null;

  override firstUpdated(): void {
    this.renderRoot.querySelector<HTMLElement>('.composer input')!.focus();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!this.hasUpdated) this.tried = this.context.store.$tried.get();
    const before = changed.get('tried');
    const { steps, visitorName } = this.tried;
    const isSame = before?.steps === steps && before?.visitorName === visitorName;
    if (!changed.has('flow') && isSame) return;
    const facts = visitorName ? { visitor: { name: visitorName } } : {};
    this.#played = playConversation(this.flow, steps, facts, this.kinds);
  }

  override updated(changed: PropertyValues<this>): void {
    const hasNewSteps = changed.has('tried') && changed.get('tried')?.steps !== this.tried.steps;
    if (!changed.has('flow') && !hasNewSteps) return;
    const trace = this.#played!.trace;
    this.context.store.$trace.set(trace.size > 0 ? trace : null);
    if (hasNewSteps)
      this.renderRoot.querySelector('.log')!.lastElementChild?.scrollIntoView({ block: 'nearest' });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.context.store.$trace.set(null);
  }

  get #zone(): string {
    return this.tried.zone || this.flow.timeZone || 'UTC';
  }

  get #at(): string {
    const { clock } = this.tried;
    return (clock && instantOf(clock, this.#zone)) || new Date().toISOString();
  }

  #change(fields: Partial<TriedConversation>): void {
    this.tried = { ...this.tried, ...fields };
    this.context.store.$tried.set(this.tried);
  }

  #add(step: TriedStep): void {
    this.#change({ steps: [...this.tried.steps, step], draft: '' });
  }

  #send(event: Event): void {
    event.preventDefault();
    const text = this.tried.draft.trim();
    if (isBlank(text)) return;
    this.#add({ kind: 'input', input: { kind: 'message', id: this.#newId(), at: this.#at, text } });
  }

  #press(cardId: string, buttonId: string): void {
    this.#add({ kind: 'input', input: { kind: 'press', id: this.#newId(), at: this.#at, cardId, buttonId } });
  }

  #newId(): string {
    return `try-${this.tried.steps.length + 1}`;
  }

  readonly #close = () => this.dispatchEvent(new CloseRequest());

  protected override render() {
    const { strings } = this;
    const { exchanges, run } = this.#played!;
    const restart = html`<button
      class="button quiet icon small"
      title=${strings.tryIt.restart}
      aria-label=${strings.tryIt.restart}
      ?disabled=${this.tried.steps.length === 0}
      @click=${() => this.#change({ steps: [] })}
    >
      ${icon('reload', 14)}
    </button>`;
    return html`${renderPanelHead(strings.tryIt.title, strings, this.#close, restart)}
      <div class="scroll">
        ${this.#renderSettings()}
        ${exchanges.length === 0 ? html`<p class="intro">${strings.tryIt.intro}</p>` : nothing}
        <ol class="log" aria-live="polite">
          ${exchanges.map((exchange, index) => html`<li>${this.#renderExchange(exchange, index === exchanges.length - 1)}</li>`)}
        </ol>
      </div>
      <form class="composer" @submit=${this.#send}>
        <input
          class="input"
          type="text"
          dir="auto"
          autocomplete="off"
          enterkeyhint="send"
          aria-label=${strings.tryIt.placeholder}
          placeholder=${strings.tryIt.placeholder}
          .value=${this.tried.draft}
          @input=${(event: InputEvent) => this.#change({ draft: (event.target as HTMLInputElement).value })}
        />
        <button class="button primary icon" aria-label=${strings.tryIt.send} title=${strings.tryIt.send}>
          ${icon('send')}
        </button>
        ${
          run.status === 'ended'
            ? html`<button
                type="button"
                class="button resolve"
                @click=${() => this.#add({ kind: 'resolve', id: this.#newId() })}
              >
                ${icon('check', 14)}${strings.tryIt.resolve}
              </button>`
            : nothing
        }
      </form>`;
  }

  #renderSettings() {
    const { strings } = this;
    const { clock, visitorName } = this.tried;
    const shown = clock || localTimeOf(Date.now(), this.#zone);
    return html`<div class="settings">
      <div class="field">
        <label for="clock">${strings.tryIt.clock}</label>
        <span class="with-reset">
          <input
            class="input"
            id="clock"
            type="datetime-local"
            .value=${shown}
            @change=${(event: Event) => this.#change({ clock: (event.target as HTMLInputElement).value })}
          />
          <button class="button small" ?disabled=${clock === ''} @click=${() => this.#change({ clock: '' })}>
            ${strings.tryIt.now}
          </button>
        </span>
        <span class="hint">${showDate(shown, strings)}</span>
      </div>
      <div class="pair">
        <div class="field">
          <label for="zone">${strings.tryIt.zone}</label>
          <flow-picker
            id="zone"
            .options=${zoneOptions(this.flow.timeZone, this.#zone)}
            .value=${[this.#zone]}
            .label=${strings.tryIt.zone}
            .strings=${strings}
            @value-change=${({ value: [zone] }: ValueChange<string[]>) => this.#change({ zone: zone ?? '' })}
          ></flow-picker>
        </div>
        <div class="field">
          <label for="name">${strings.tryIt.facts}</label>
          <input
            class="input"
            id="name"
            type="text"
            dir="auto"
            autocomplete="off"
            .value=${visitorName}
            @input=${(event: InputEvent) => this.#change({ visitorName: (event.target as HTMLInputElement).value })}
          />
        </div>
      </div>
    </div>`;
  }

  #renderExchange({ step, effects, trace, isIgnored }: Exchange, isLast: boolean) {
    const { strings, flow } = this;
    if (step.kind === 'resolve') return html`<p class="divider">${strings.tryIt.resolved}</p>`;
    const { input } = step;
    const pressed = input.kind === 'press' ? flow.cards[input.buttonId] : undefined;
    const said = input.kind === 'message' ? input.text : pressed?.kind === 'button' ? pressed.label : '';
    return html`<div class="bubble visitor">
        <span class="visually-hidden">${strings.tryIt.you}: </span><span class="said">${said}</span>
      </div>
      ${this.#renderTrace(trace)}
      ${isIgnored ? html`<p class="divider">${strings.tryIt.afterEnd}</p>` : nothing}
      ${effects.map((effect) => this.#renderEffect(effect, isLast))}`;
  }

  #renderTrace(trace: TraceEntry[]) {
    const asked = trace.filter((entry) => entry.outcome !== 'entered');
    if (asked.length === 0) return nothing;
    const { strings, flow, directory } = this;
    return html`<details class="why" open>
      <summary>${strings.tryIt.steps}</summary>
      <ul>
        ${asked.map(({ cardId, outcome, why }) => {
          const card = flow.cards[cardId];
          if (!card) return nothing;
          const rows = listSummaryRows(card, { flow, directory, strings, kinds: this.kinds });
          return html`<li>
            <button
              class="asked ${outcome} tint-${appearanceOfCard(card, this.kinds).tint}"
              @click=${() => this.dispatchEvent(new SelectRequest(cardId))}
            >
              <span class="sign"
                >${icon(outcome === 'matched' ? 'check' : outcome === 'not-matched' ? 'close' : 'minus', 12)}</span
              >
              <span class="text">
                <b
                  >${appearanceOfCard(card, this.kinds).name}${card.kind === 'else' ? '' : ` · ${rows[0]?.text}`}</b
                >
                <small
                  >${strings.card.outcome[outcome]}${why ? html`: ${plain(describeWhy(why, strings.locale, { kinds: this.kinds.author }))}` : nothing}</small
                >
              </span>
            </button>
          </li>`;
        })}
      </ul>
    </details>`;
  }

  #renderEffect(effect: Effect, isLast: boolean) {
    const { strings, directory } = this;
    const { name, icon: iconName } = appearanceOfCard(this.flow.cards[effect.cardId]!, this.kinds);
    const line = (text: string) => html`<p class="effect">${icon(iconName, 14)}${text}</p>`;
    const people = (ids: string[]) => namesOf(ids, directory?.agents);
    switch (effect.kind) {
      case 'send-message':
        return this.#renderBot(effect.text, effect.imageUrl);
      case 'send-buttons':
        return html`${this.#renderBot(effect.text, effect.imageUrl)}
          <div class="choices" role="group" aria-label=${strings.fields.buttons}>
            ${effect.buttons.map(
              ({ id, label }) =>
                html`<button
                  class="button small"
                  ?disabled=${!isLast}
                  @click=${() => this.#press(effect.cardId, id)}
                >
                  ${label}
                </button>`,
            )}
          </div>
          ${isLast ? html`<p class="divider">${strings.tryIt.waiting}</p>` : nothing}`;
      case 'label':
        return line(strings.tryIt.effects.label(namesOf(effect.labelIds, directory?.labels).join(', ')));
      case 'collaborator':
        return line(
          strings.tryIt.effects.collaborator(
            [...namesOf(effect.teamIds, directory?.teams), ...people(effect.agentIds)].join(', '),
          ),
        );
      case 'webhook':
        return line(strings.tryIt.effects.webhook);
      case 'assign-ai':
        return line(
          strings.tryIt.effects['assign-ai'](
            [...namesOf([effect.aiAgentId], directory?.aiAgents), ...people(effect.agentIds)].join(', '),
          ),
        );
      case 'assign-human':
        return html`${line(
          strings.tryIt.effects['assign-human'](
            [...namesOf(effect.teamIds, directory?.teams), ...people(effect.agentIds)].join(', '),
          ),
        )}${effect.skipAiReplyTo ? line(strings.tryIt.effects.skip) : nothing}`;
      case 'end':
        return html`<p class="divider ${effect.reason}">${strings.tryIt.ended[effect.reason]}</p>`;
      default:
        return line(strings.tryIt.effects.custom(name));
    }
  }

  #renderBot(text: string, imageUrl: string | undefined) {
    return html`<div class="bubble bot">
      <span class="visually-hidden">${this.strings.tryIt.bot}: </span>
      ${imageUrl ? html`<span class="picture">${icon('image', 14)}${imageUrl}</span>` : nothing}
      <span class="said">${text}</span>
    </div>`;
  }
}

/**
 * Returns the set date and time in the editor's language, with its weekday. The field itself uses the
 * browser's format.
 */
function showDate(local: string, { locale }: Strings): string {
  const at = new Date(`${local}Z`);
  if (Number.isNaN(at.getTime())) return '';
  const tag = locale === 'id' ? 'id-ID' : 'en-GB';
  return at.toLocaleString(tag, { dateStyle: 'full', timeStyle: 'short', timeZone: 'UTC' });
}
