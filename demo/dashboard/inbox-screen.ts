import { html, nothing, type TemplateResult } from 'lit';
import { collect, isClientError, type DashboardClient } from '@alur/client/dashboard';
import type { InboxFlowUpdateEvent } from '@alur/flow-editor';
import type { Flow } from '@alur/flow';
import type { Appearance, FlowSummary, Inbox, InboxUpdate } from '@alur/protocol';
import { describeError } from '../shared/describe-error.ts';
import { icon } from '../shared/icons.ts';
import { getSession, type Session } from '../shared/session.ts';
import { INBOX_TYPES } from './inboxes-screen.ts';
import { Screen } from './screen.ts';

interface InboxData {
  inbox: Inbox;
  flows: FlowSummary[];
  session: Session;
  documents: Map<string, Flow>;
}

/** Settings > Inbox > one inbox: its flow, the widget's appearance, and the tag that embeds it. */
export class InboxScreen extends Screen<InboxData> {
  static override properties = { inboxId: {}, outcome: { state: true }, copied: { state: true } };
  declare inboxId: string;
  /** Result of saving the appearance. */
  declare outcome: { ok: boolean; text: string } | null;
  declare copied: boolean;

  constructor() {
    super();
    this.outcome = null;
    this.copied = false;
  }

  protected override async load(host: DashboardClient): Promise<InboxData> {
    const [inbox, flows, session] = await Promise.all([
      host.getInbox(this.inboxId),
      collect((query) => host.listFlows(query)),
      getSession(),
    ]);
    return { inbox, flows, session, documents: await this.#documents(host, inbox, flows) };
  }

  /** Returns the documents for an inbox whose channel has its own limits, so that violations can be shown. */
  async #documents(host: DashboardClient, { type }: Inbox, flows: FlowSummary[]): Promise<Map<string, Flow>> {
    if (type !== 'whatsapp') return new Map();
    const read = async ({ id, live, version }: FlowSummary): Promise<[string, Flow]> => [
      id,
      (await host.getFlowVersion(id, live ?? version)).flow as Flow,
    ];
    return new Map(await Promise.all(flows.map(read)));
  }

  protected override renderData({ inbox, flows, session, documents }: InboxData): TemplateResult {
    return html`<div class="content">
      <a class="back-link" href="/settings/inbox">${icon('left')} Inbox</a>
      <header class="content-header">
        <h1>${inbox.name}</h1>
        <p class="muted">${INBOX_TYPES[inbox.type]}</p>
      </header>
      <section class="card" aria-labelledby="flow-title">
        <h2 id="flow-title">Flow</h2>
        <inbox-flow
          locale="id"
          .inbox=${inbox}
          .flows=${flows.map(({ errorCount, ...flow }) => ({ ...flow, problemCount: errorCount, flow: documents.get(flow.id) }))}
          @inbox-flow-update=${(event: InboxFlowUpdateEvent) => event.respondWith(this.#selectFlow(event.flowId))}
        ></inbox-flow>
      </section>
      ${
        inbox.type === 'web-livechat'
          ? html`${this.#renderAppearance(inbox)} ${this.#renderEmbed(inbox, session)}`
          : nothing
      }
    </div>`;
  }

  #renderAppearance({ appearance }: Inbox): TemplateResult {
    const {
      accent = '#5457d6',
      fallbackContact = '',
      greeting = '',
      position = 'end',
      title = '',
    } = appearance;
    return html`<section class="card" aria-labelledby="look-title">
      <h2 id="look-title">Tampilan</h2>
      <form class="form" @submit=${this.#handleSubmit} @input=${() => (this.outcome = null)}>
        <div class="field">
          <label for="look-name">Judul</label>
          <input class="input" id="look-name" name="title" maxlength="100" .value=${title} />
        </div>
        <div class="field">
          <label for="look-greeting">Sapaan</label>
          <textarea
            class="input"
            id="look-greeting"
            name="greeting"
            rows="2"
            maxlength="1000"
            .value=${greeting}
          ></textarea>
          <p class="hint">Tampil sebelum ada pesan. Bukan bagian dari Flow dan tidak disimpan.</p>
        </div>
        <div class="form-row">
          <div class="field">
            <label for="look-accent">Warna</label>
            <input class="color" id="look-accent" name="accent" type="color" .value=${accent} />
          </div>
          <div class="field">
            <label for="look-position">Sisi</label>
            <select class="select" id="look-position" name="position">
              <option value="end" ?selected=${position === 'end'}>Akhir baris (kanan)</option>
              <option value="start" ?selected=${position === 'start'}>Awal baris (kiri)</option>
            </select>
          </div>
        </div>
        <div class="field">
          <label for="look-contact">Kontak bila host tidak dapat dihubungi</label>
          <input
            class="input"
            id="look-contact"
            name="fallbackContact"
            maxlength="500"
            pattern="(mailto:|tel:|https://).+"
            title="Awali dengan mailto:, tel:, atau https://"
            .value=${fallbackContact}
          />
        </div>
        <div class="form-actions">
          <button class="button primary" type="submit">Simpan tampilan</button>
          <span role="status">
            ${
              this.outcome
                ? html`<span class="outcome ${this.outcome.ok ? 'ok' : 'failed'}">${this.outcome.text}</span>`
                : nothing
            }
          </span>
        </div>
      </form>
    </section>`;
  }

  #renderEmbed(inbox: Inbox, session: Session): TemplateResult {
    const tag = embedTag(inbox.id, session.hostUrl);
    return html`<section class="card" aria-labelledby="embed-title">
      <h2 id="embed-title">Pasang di situs</h2>
      <p class="muted">Satu tag sebelum <code>&lt;/head&gt;</code>, di halaman mana pun yang diizinkan.</p>
      <div class="snippet">
        <pre tabindex="0"><code>${tag}</code></pre>
        <button class="button" type="button" @click=${() => void this.#copy(tag)}>
          ${icon(this.copied ? 'check' : 'copy')} ${this.copied ? 'Tersalin' : 'Salin'}
        </button>
      </div>
      <h3>Halaman yang diizinkan</h3>
      <ul class="origins">
        ${
          inbox.origins.length
            ? inbox.origins.map((origin) => html`<li><code>${origin}</code></li>`)
            : html`<li class="muted">Semua halaman</li>`
        }
      </ul>
      ${
        inbox.id === session.shopInboxId
          ? html`<p>
              <a href=${session.shopUrl} target="_blank" rel="noopener"
                >Buka toko contoh ${icon('external', 14)}</a
              >
            </p>`
          : nothing
      }
    </section>`;
  }

  #handleSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const text = (name: string): string => String(form.get(name) ?? '').trim();
    const known = this.data?.inbox.appearance;
    const { fallbackContact: _, ...kept } = known ?? {};
    const contact = text('fallbackContact');
    void this.#saveAppearance({
      ...kept,
      title: text('title'),
      greeting: text('greeting'),
      accent: text('accent'),
      position: text('position') === 'start' ? 'start' : 'end',
      ...(contact && { fallbackContact: contact }),
    });
  };

  async #saveAppearance(appearance: Appearance): Promise<void> {
    try {
      const inbox = await this.#update({ appearance });
      if (this.data) this.data = { ...this.data, inbox };
      this.outcome = { ok: true, text: 'Tersimpan. Widget memakainya dalam satu menit.' };
    } catch (error) {
      this.outcome = { ok: false, text: describeError(error) };
    }
  }

  /** Changes the inbox that is shown. Reloads it when it was changed elsewhere. */
  async #update(change: InboxUpdate): Promise<Inbox> {
    try {
      return await this.host.updateInbox(this.inboxId, { ...change, baseVersion: this.data!.inbox.version });
    } catch (error) {
      if (isClientError(error) && error.code === 'version_conflict') await this.reload();
      throw error;
    }
  }

  async #selectFlow(flowId: string | null): Promise<void> {
    try {
      const inbox = await this.#update({ flowId });
      // Another tab can save meanwhile: read what is live now.
      const flows = await collect((query) => this.host.listFlows(query));
      if (this.data) this.data = { ...this.data, inbox, flows };
    } catch (error) {
      throw new Error(describeError(error), { cause: error });
    }
  }

  async #copy(text: string): Promise<void> {
    await navigator.clipboard.writeText(text);
    this.copied = true;
  }
}

/** Returns the tag for the site. */
function embedTag(inboxId: string, hostUrl: string): string {
  return `<script async src="${location.origin}/cdn/livechat.js" data-inbox="${inboxId}" data-host="${hostUrl}"></script>`;
}
