import { html, nothing, type TemplateResult } from 'lit';
import type { Agent } from '@alur/protocol';
import { icon } from '../shared/icons.ts';
import { PageElement } from '../shared/page-element.ts';
import { Router } from '../shared/router.ts';
import { connectHost } from '../shared/host.ts';
import { getSession, switchAgent } from '../shared/session.ts';
import { renderState } from '../shared/states.ts';
import { cycleTheme, readTheme, THEME_APPEARANCE, type Theme } from '../shared/theme.ts';
import { openAgentReplies } from '@alur/client/dashboard';
import { InboxStore } from './inbox-store.ts';

/** The agent inbox: list, conversation and details side by side, or one at a time on small screens. */
export class AgentInbox extends PageElement {
  static override properties = {
    store: { state: true },
    showDetails: { state: true },
    failed: { state: true },
    theme: { state: true },
    presence: { state: true },
  };
  declare store: InboxStore | null;
  declare showDetails: boolean;
  declare failed: boolean;
  declare theme: Theme;
  /** The presence that the agent chose here; null until then, and the directory has the earlier choice. */
  declare presence: 'online' | 'away' | null;
  #router = new Router('/inbox', (path) => this.#show(path));

  constructor() {
    super();
    this.store = null;
    this.failed = false;
    this.theme = readTheme();
    this.presence = null;
    this.showDetails = matchMedia('(min-width: 1160px)').matches;
    this.addEventListener('details-toggle', () => {
      this.showDetails = !this.showDetails;
    });
  }

  override firstUpdated(): void {
    void this.#start();
  }

  async #start(): Promise<void> {
    this.failed = false;
    try {
      const session = await getSession();
      const { agentId, hostUrl } = session;
      const host = await connectHost();
      const replies = await openAgentReplies({ client: host, host: hostUrl, agentId });
      const store = new InboxStore({ host, replies, agentId });
      store.subscribe(() => this.#update());
      this.store = store;
      void store.start();
      this.#router.start();
    } catch {
      this.failed = true;
    }
  }

  /** Redraws this element and its three children, which all read the same store. */
  #update(): void {
    this.requestUpdate();
    const waiting = Object.values(this.store?.state.conversations ?? {}).filter(
      ({ unread }) => unread > 0,
    ).length;
    document.title = `${waiting ? `(${waiting}) ` : ''}Inbox agen · Toko Senja`;
    for (const element of this.querySelectorAll<PageElement>(
      'conversation-list, conversation-view, details-panel',
    )) {
      element.requestUpdate();
    }
  }

  #show(path: string): void {
    const id = /^\/inbox\/([^/]+)$/.exec(path)?.[1] ?? null;
    void this.store?.open(id);
  }

  override render(): TemplateResult {
    if (this.failed) {
      return renderState({
        icon: 'offline',
        title: 'Dashboard tidak menjawab',
        text: 'Server dashboard tidak dapat dihubungi, jadi tidak ada yang bisa masuk.',
        action: { label: 'Coba lagi', run: () => void this.#start() },
      });
    }
    const { store } = this;
    if (!store) return html`<div class="frame" aria-busy="true"></div>`;
    const { state } = store;
    const screen = state.open ? (this.showDetails ? 'details' : 'conversation') : 'list';
    return html`
      <a class="skip-link" href="#view">Langsung ke percakapan</a>
      ${this.#renderTop(store)}
      ${
        state.live || state.phase !== 'ready'
          ? nothing
          : html`<p class="notice warning offline-notice" role="status">
              ${icon('offline')}<span
                >Sambungan langsung terputus. Daftar ini bisa tertinggal; menyambung lagi sendiri.</span
              >
            </p>`
      }
      ${
        state.retrying > 0
          ? html`<p class="notice warning offline-notice" role="status">
              ${icon('retry')}<span>Ada percakapan yang belum bisa dimuat. Dicoba lagi sendiri.</span>
              <button class="button quiet" type="button" @click=${() => store.retryNow()}>
                Coba sekarang
              </button>
            </p>`
          : nothing
      }
      ${
        store.replies.durable
          ? nothing
          : html`<p class="notice warning offline-notice">
              ${icon('warning')}<span
                >Browser ini tidak dapat menyimpan. Draf dan balasan yang belum terkirim hilang saat halaman
                ditutup.</span
              >
            </p>`
      }
      <main class="frame" data-screen=${screen}>
        <nav class="list-pane" aria-label="Percakapan">
          <conversation-list .store=${store}></conversation-list>
        </nav>
        <section class="view-pane" id="view" tabindex="-1" aria-label="Percakapan yang dibuka">
          <conversation-view .store=${store} .showDetails=${this.showDetails}></conversation-view>
        </section>
        ${
          state.open?.phase !== 'missing' && state.open && this.showDetails
            ? html`<aside class="details-pane" aria-label="Rincian percakapan">
                <details-panel .store=${store}></details-panel>
              </aside>`
            : nothing
        }
      </main>
    `;
  }

  #renderTop(store: InboxStore): TemplateResult {
    const { directory, agentId } = store.state;
    const theme = THEME_APPEARANCE[this.theme];
    return html`<header class="top">
      <h1>
        <a class="top-brand" href="/inbox">${icon('inbox')}<span>Inbox agen</span></a>
      </h1>
      <a class="button quiet" href="/settings/flow" aria-label="Settings"
        >${icon('flow')}<span>Settings</span></a
      >
      <span class="spacer"></span>
      ${
        directory
          ? html`<label class="you">
              <span class="muted">Anda:</span>
              <select class="select" aria-label="Masuk sebagai" @change=${this.#handleSwitch}>
                ${directory.agents.map(
                  (agent) =>
                    html`<option value=${agent.id} ?selected=${agent.id === agentId}>${agent.name}</option>`,
                )}
              </select>
            </label>`
          : nothing
      }
      ${directory ? this.#renderPresence(directory.agents.find(({ id }) => id === agentId)) : nothing}
      <button
        class="button quiet icon"
        type="button"
        aria-label=${theme.name}
        title=${theme.name}
        @click=${() => (this.theme = cycleTheme())}
      >
        ${icon(theme.icon)}
      </button>
    </header>`;
  }

  #renderPresence(agent: Agent | undefined): TemplateResult | typeof nothing {
    if (!agent) return nothing;
    const presence = this.presence ?? agent.presence ?? 'away';
    return html`<label class="you">
      <span class="presence-dot" data-presence=${presence}></span>
      <select
        class="select"
        aria-label="Kehadiran"
        title="Percakapan baru hanya diberikan kepada agen yang tersedia"
        @change=${(event: Event) => void this.#choosePresence(agent.id, event.target as HTMLSelectElement)}
      >
        <option value="online" ?selected=${presence === 'online'}>Tersedia</option>
        <option value="away" ?selected=${presence === 'away'}>Sedang pergi</option>
      </select>
    </label>`;
  }

  async #choosePresence(agentId: string, select: HTMLSelectElement): Promise<void> {
    const before = this.presence;
    this.presence = select.value as 'online' | 'away';
    try {
      await (await connectHost()).setPresence(agentId, this.presence);
    } catch {
      // The host refused the choice: show the previous one.
      this.presence = before;
      select.value = before ?? (select.value === 'online' ? 'away' : 'online');
    }
  }

  #handleSwitch = (event: Event): void => switchAgent((event.target as HTMLSelectElement).value);
}
