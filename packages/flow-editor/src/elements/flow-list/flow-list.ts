import { parseFlow } from '@alur/flow';
import { html, LitElement, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { FlowCreateEvent, FlowDeleteEvent, FlowImportEvent, FlowRenameEvent } from '../../events.ts';
import { resolveLocale, stringsFor, type Strings } from '../../strings/strings.ts';
import { controls } from '../../styles/controls.styles.ts';
import { dialogStyles } from '../../styles/dialog.styles.ts';
import { icon } from '../../styles/icons.ts';
import { tokens } from '../../styles/tokens.styles.ts';
import { AnswerController } from '../answer-controller.ts';
import { checkName } from '../check-name.ts';
import type { Asking, FlowListItem } from './flow-list-item.ts';
import { listStyles } from './flow-list.styles.ts';
import { renderDialog } from './render-dialog.ts';
import { renderRow } from './render-row.ts';

/** From this many flows on, they can be searched. */
const SEARCH_FROM = 8;

/**
 * @summary The flows of an account: create, open, rename, duplicate, delete, import and export. It knows no network: each
 * wish is an event, answered with `event.respondWith(promise)`.
 *
 * @fires flow-create - a flow should be made; carries its name
 * @fires flow-open - a flow should be opened
 * @fires flow-rename - a flow should get another name
 * @fires flow-duplicate - a flow should be copied
 * @fires flow-delete - a flow should be deleted; the person has confirmed it
 * @fires flow-import - a document from a file should become a flow
 * @fires flow-export - a flow's document should be handed out as a file
 * @csspart head - the head with Create
 * @csspart row - one flow
 * @example
 * ```html
 * <flow-list></flow-list>
 * ```
 */
export class FlowList extends LitElement {
  static override styles = [tokens, controls, dialogStyles, listStyles];
  static override properties = {
    flows: { attribute: false },
    error: {},
    readonly: { type: Boolean, reflect: true },
    locale: {},
    asking: { state: true },
    fault: { state: true },
    menuOf: { state: true },
    query: { state: true },
  };

  /** The flows; null while they load. */
  declare flows: FlowListItem[] | null;
  /** Why the flows could not be loaded; null when nothing is wrong. */
  declare error: string | null;
  /** Nothing can be changed. Default: false. */
  declare readonly: boolean;
  /** The language, as a tag such as `id`. Default: that of the closest `lang`. */
  declare locale: string | null;

  declare asking: Asking | null;
  declare fault: string;
  declare menuOf: string | null;
  declare query: string;

  /** @internal The words of the language. */
  strings: Strings;
  /** @internal Wishes under way. */
  readonly answers: AnswerController;

  constructor() {
    super();
    this.flows = null;
    this.error = null;
    this.readonly = false;
    this.locale = null;
    this.asking = null;
    this.fault = '';
    this.menuOf = null;
    this.query = '';
    this.strings = stringsFor('en');
    this.answers = new AnswerController(this);
    this.addEventListener('focusout', this.#handleFocusOut);
  }

  override willUpdate(): void {
    this.strings = stringsFor(resolveLocale(this, this.locale));
  }

  override updated(): void {
    const dialog = this.renderRoot.querySelector('dialog');
    if (dialog && !dialog.open) {
      dialog.showModal();
      dialog.querySelector('input')?.select();
    }
  }

  /** Opens the dialog that asks for the name of a new flow. */
  askForNew(): void {
    this.ask({ what: 'create' });
  }

  /** @internal Opens the dialog, or closes it. */
  ask(asking: Asking | null): void {
    // Closed before it is taken away, so that the focus goes back to where it was.
    if (!asking) this.renderRoot.querySelector('dialog')?.close();
    this.answers.dismiss();
    this.fault = '';
    this.menuOf = null;
    this.asking = asking;
  }

  /** @internal */
  async submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { asking } = this;
    if (!asking) return;
    if (asking.what === 'delete') {
      if (await this.answers.send(new FlowDeleteEvent(asking.item.id))) this.ask(null);
      return;
    }
    const name = this.renderRoot.querySelector<HTMLInputElement>('#name')!.value.trim();
    this.fault = checkName(name, this.strings);
    if (this.fault) {
      this.renderRoot.querySelector<HTMLElement>('#name')!.focus();
      return;
    }
    const wish =
      asking.what === 'create' ? new FlowCreateEvent(name) : new FlowRenameEvent(asking.item.id, name);
    if (await this.answers.send(wish)) this.ask(null);
  }

  async #handleFile(event: Event): Promise<void> {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    input.value = '';
    if (!file) return;
    this.answers.dismiss();
    this.fault = '';
    let value: unknown;
    try {
      value = JSON.parse(await file.text());
    } catch {
      this.fault = this.strings.list.importFailed;
      return;
    }
    const parsed = parseFlow(value);
    if (parsed.ok) await this.answers.send(new FlowImportEvent(parsed.flow));
    else this.fault = `${this.strings.list.importFailed} ${parsed.problems[0]?.message ?? ''}`;
  }

  #handleFocusOut = (event: FocusEvent): void => {
    if (
      this.menuOf &&
      !(event.relatedTarget instanceof Node && this.renderRoot.contains(event.relatedTarget))
    ) {
      this.menuOf = null;
    }
  };

  protected override render() {
    const { strings, flows } = this;
    const isEmpty = flows !== null && flows.length === 0;
    return html`<section aria-labelledby="title" aria-busy=${String(flows === null || this.answers.isBusy)}>
        <header part="head">
          <h2 id="title">${strings.list.title}</h2>
          ${flows && flows.length >= SEARCH_FROM ? this.#renderSearch() : nothing}
          ${this.readonly || isEmpty ? nothing : this.#renderMakers()}
        </header>
        ${this.#renderFault()} ${this.#renderBody()}
      </section>
      ${renderDialog(this)}`;
  }

  #renderSearch() {
    const { strings } = this;
    return html`<div class="search">
      ${icon('search')}
      <input
        class="input"
        type="search"
        dir="auto"
        aria-label=${strings.list.search}
        placeholder=${strings.list.search}
        .value=${this.query}
        @input=${(event: InputEvent) => (this.query = (event.target as HTMLInputElement).value)}
      />
    </div>`;
  }

  #renderMakers() {
    const { strings } = this;
    return html`<div class="makers">
      <label class="button import">
        ${icon('upload', 14)}${strings.list.import}
        <input
          class="visually-hidden"
          type="file"
          accept=".json,application/json"
          @change=${this.#handleFile}
        />
      </label>
      <button class="button primary" @click=${() => this.askForNew()}>
        ${icon('plus', 14)}${strings.list.create}
      </button>
    </div>`;
  }

  #renderFault() {
    const { strings } = this;
    const text = this.asking
      ? ''
      : this.fault || (this.answers.failure === null ? '' : `${strings.list.failed} ${this.answers.failure}`);
    if (!text) return nothing;
    return html`<div class="strip" role="alert">
      ${icon('error')}
      <p>${text}</p>
      <button
        class="button quiet small"
        @click=${() => {
          this.fault = '';
          this.answers.dismiss();
        }}
      >
        ${strings.list.dismiss}
      </button>
    </div>`;
  }

  #renderBody() {
    const { strings, flows } = this;
    if (this.error !== null) {
      return html`<div class="message" role="alert">
        ${icon('error', 24)}
        <p>${this.error || strings.list.failed}</p>
      </div>`;
    }
    if (flows === null) {
      return html`<div class="rows" role="status" aria-label=${strings.list.loading}>
        ${[1, 2, 3].map(() => html`<div class="row ghost"><span></span><span></span></div>`)}
      </div>`;
    }
    if (flows.length === 0) {
      return html`<div class="message">
        <span class="tile">${icon('canvas', 24)}</span>
        <strong>${strings.list.empty}</strong>
        <p>${strings.list.emptyText}</p>
        ${this.readonly ? nothing : this.#renderMakers()}
      </div>`;
    }
    const words = this.query.trim().toLowerCase();
    const shown = flows.filter(({ name }) => name.toLowerCase().includes(words));
    if (shown.length === 0) return html`<p class="message">${strings.list.noMatch(this.query)}</p>`;
    return html`<ul class="rows">
      ${repeat(
        shown,
        ({ id }) => id,
        (item) => renderRow(this, item),
      )}
    </ul>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'flow-list': FlowList;
  }
}
