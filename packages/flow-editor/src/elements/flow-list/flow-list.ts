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
import { readFlowFile, type FileFault } from './read-file.ts';
import { renderDialog } from './render-dialog.ts';
import { renderRow } from './render-row.ts';

/** Minimum number of flows for the search field. */
const SEARCH_FROM = 8;

/**
 * @summary Lists the flows of an account: create, open, rename, duplicate, delete, import and export. The
 * element sends no requests. Each action is an event; answer with `event.respondWith(promise)`.
 *
 * @fires flow-create - a flow should be created; carries its name
 * @fires flow-open - a flow should be opened
 * @fires flow-rename - a flow should be renamed
 * @fires flow-duplicate - a flow should be duplicated
 * @fires flow-delete - a flow should be deleted; the user confirmed it
 * @fires flow-import - a flow should be created from the document of a file
 * @fires flow-export - a flow's document should be downloaded as a file
 * @csspart head - header with Create
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
    timeZone: { attribute: 'time-zone' },
    asking: { state: true },
    fault: { state: true },
    fileFault: { state: true },
    menuOf: { state: true },
    query: { state: true },
  };

  /** Flows of the account; null while they load. */
  declare flows: FlowListItem[] | null;
  /** Reason why the flows could not be loaded. Null without an error. */
  declare error: string | null;
  /** Whether changes are disabled. Default: false. */
  declare readonly: boolean;
  /** Language as a tag, such as `id`. Default: the closest `lang` attribute. */
  declare locale: string | null;

  /** Time zone of new flows, such as `Asia/Jakarta`. Default: the browser's. */
  declare timeZone: string | null;

  declare asking: Asking | null;
  declare fault: string;
  declare fileFault: FileFault | null;
  declare menuOf: string | null;
  declare query: string;

  /** @internal Texts of the current language. */
  strings: Strings;
  /** @internal Pending requests to the page. */
  readonly answers: AnswerController;

  /** Name of the last import, and the ids of the flows before it. */
  #imported: { name: string; before: ReadonlySet<string> } | null = null;
  /** Flow that was deleted but is still in the list, with its index. */
  #deleted: { id: string; index: number } | null = null;

  constructor() {
    super();
    this.flows = null;
    this.error = null;
    this.readonly = false;
    this.locale = null;
    this.timeZone = null;
    this.asking = null;
    this.fault = '';
    this.fileFault = null;
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
    if (this.#deleted && this.flows && !this.flows.some(({ id }) => id === this.#deleted!.id)) {
      this.#focusRow(this.#deleted.index);
      this.#deleted = null;
    }
  }

  /** Opens the dialog for the name of a new flow. */
  askForNew(): void {
    this.ask({ what: 'create' });
  }

  /** @internal Opens the dialog, or closes it. */
  ask(asking: Asking | null): void {
    // Close the dialog before it is removed, so that the focus returns to the previous element.
    if (!asking) {
      const dialog = this.renderRoot.querySelector('dialog');
      if (dialog) dialog.close();
      else this.asking = null;
      return;
    }
    this.answers.dismiss();
    this.fault = '';
    this.menuOf = null;
    this.asking = asking;
  }

  /** @internal Restores the focus after the dialog closed. The menu that opened it is closed too. */
  async closed(): Promise<void> {
    const { asking } = this;
    this.answers.dismiss();
    this.fault = '';
    this.asking = null;
    if (!asking || !('item' in asking)) return;
    await this.updateComplete;
    const index = this.flows?.findIndex(({ id }) => id === asking.item.id) ?? -1;
    if (index >= 0) this.#focusRow(index);
  }

  /** Focuses a flow by its index. With fewer flows, focuses the last one, or the Create button. */
  #focusRow(index: number): void {
    const rows = this.renderRoot.querySelectorAll<HTMLElement>('[data-menu]');
    const row = rows[index] ?? rows[rows.length - 1];
    (row ?? this.renderRoot.querySelector<HTMLElement>('.makers .primary'))?.focus();
  }

  /** @internal */
  async submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { asking } = this;
    if (!asking) return;
    if (asking.what === 'delete') {
      const { id, version } = asking.item;
      const index = this.flows?.findIndex((item) => item.id === id) ?? 0;
      if (!(await this.answers.send(new FlowDeleteEvent(id, version)))) return;
      this.#deleted = { id, index };
      this.ask(null);
      return;
    }
    const name = this.renderRoot.querySelector<HTMLInputElement>('#name')!.value.trim();
    this.fault = checkName(name, this.strings);
    if (this.fault) {
      this.renderRoot.querySelector<HTMLElement>('#name')!.focus();
      return;
    }
    const request =
      asking.what === 'create'
        ? new FlowCreateEvent(name, this.timeZone || Intl.DateTimeFormat().resolvedOptions().timeZone)
        : new FlowRenameEvent(asking.item.id, name, asking.item.version);
    if (await this.answers.send(request)) this.ask(null);
  }

  async #handleFile(event: Event): Promise<void> {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    input.value = '';
    if (!file) return;
    this.answers.dismiss();
    this.fault = '';
    this.fileFault = null;
    this.#imported = null;
    const read = await readFlowFile(file, this.strings);
    if ('reasons' in read) {
      this.fileFault = read;
      return;
    }
    const before = new Set(this.flows?.map(({ id }) => id));
    if (!(await this.answers.send(new FlowImportEvent(read)))) return;
    this.#imported = { name: read.name, before };
    this.requestUpdate();
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
          ${this.readonly || isEmpty ? nothing : this.#renderCreateButtons()}
        </header>
        ${this.#renderFault()} ${this.#renderImported()} ${this.#renderBody()}
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

  #renderCreateButtons() {
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
    const { fileFault } = this;
    const text = this.asking
      ? ''
      : fileFault?.title ||
        (this.answers.failure === null ? '' : `${strings.list.failed} ${this.answers.failure}`);
    if (!text) return nothing;
    return html`<div class="strip" role="alert">
      ${icon('error')}
      <div class="what">
        <p>${text}</p>
        ${
          fileFault
            ? html`<ul>
                ${fileFault.reasons.map((reason) => html`<li>${reason}</li>`)}
              </ul>`
            : nothing
        }
      </div>
      <button
        class="button quiet small"
        @click=${() => {
          this.fileFault = null;
          this.answers.dismiss();
        }}
      >
        ${strings.list.dismiss}
      </button>
    </div>`;
  }

  /** Renders the result of an import. The list shows whether it is live, once the page has added it. */
  #renderImported() {
    const { strings } = this;
    let text = '';
    if (this.#imported) {
      const { name, before } = this.#imported;
      const item = this.flows?.find(({ id }) => !before.has(id));
      text = !item
        ? strings.list.imported(name)
        : item.live === null
          ? strings.list.importedDraft(item.name)
          : strings.list.importedLive(item.name, item.live);
    }
    return html`<div role="status">
      ${
        text
          ? html`<div class="strip good">
              ${icon('check')}
              <p class="what">${text}</p>
              <button
                class="button quiet small"
                @click=${() => {
                  this.#imported = null;
                  this.requestUpdate();
                }}
              >
                ${strings.list.dismiss}
              </button>
            </div>`
          : nothing
      }
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
        ${this.readonly ? nothing : this.#renderCreateButtons()}
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
