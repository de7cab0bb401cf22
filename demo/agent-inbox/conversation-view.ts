import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Conversation } from '@alur/protocol';
import { displayName } from '@alur/flow/text';
import { icon } from '../shared/icons.ts';
import { PageElement } from '../shared/page-element.ts';
import { renderSkeleton, renderState } from '../shared/states.ts';
import { buildLog, STATUS_NAMES } from './conversation-log.ts';
import { directoryNames } from './directory-names.ts';
import type { InboxStore } from './inbox-store.ts';
import type { FetchFile } from './message-file.ts';
import type { OpenConversation } from './inbox-state.ts';
import { renderLogItem } from './render-log-item.ts';
import { renderReply } from './render-reply.ts';
import type { ReplyComposer } from './reply-composer.ts';
import { visitorName } from './visitor-name.ts';

/** Within this distance of the end, new messages scroll into view. */
const NEAR_END_PX = 80;

/** The open conversation: visitor, log and composer. */
export class ConversationView extends PageElement {
  static override properties = { store: { attribute: false }, showDetails: { attribute: false } };
  declare store: InboxStore;
  /** Whether the details are shown. Their button reflects it. */
  declare showDetails: boolean;
  #isAtEnd = true;
  #top = 0;
  #focusedId: string | null = null;
  #shownId = '';
  /** Content of the log gets its size after the log does. */
  #growth = new ResizeObserver(() => this.#stayAtEnd());
  #logLines: Element | null = null;

  override willUpdate(): void {
    const id = this.store.state.open?.id ?? '';
    if (id !== this.#shownId) {
      this.#isAtEnd = true;
      this.#top = 0;
    }
    this.#shownId = id;
  }

  override updated(_changed: PropertyValues): void {
    const logLines = this.querySelector('.log > ol');
    if (logLines && logLines !== this.#logLines) this.#growth.observe((this.#logLines = logLines));
    this.#stayAtEnd();
    this.#takeFocus();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#growth.disconnect();
    this.#logLines = null;
  }

  override render(): TemplateResult {
    const { state } = this.store;
    const { open } = state;
    if (!open) {
      return renderState({
        icon: 'chat',
        title: 'Pilih percakapan',
        text: 'Percakapan yang dipilih tampil di sini, langsung, selama pengunjung menulis.',
      });
    }
    const conversation = state.conversations[open.id];
    if (open.phase === 'missing') {
      return renderState({
        icon: 'warning',
        title: 'Percakapan ini tidak ada',
        text: 'Alamatnya keliru, atau percakapannya bukan milik akun ini.',
        link: { label: 'Ke daftar percakapan', href: '/inbox' },
      });
    }
    if (open.phase === 'failed') {
      return renderState({
        icon: 'offline',
        title: 'Percakapan tidak dapat dimuat',
        text: 'Host tidak dapat dihubungi.',
        action: { label: 'Coba lagi', run: () => void this.store.reload() },
      });
    }
    if (!conversation || !state.directory) return renderSkeleton(8);
    return html`${keyed(open.id, this.#renderConversation(conversation, open))}`;
  }

  #renderConversation(conversation: Conversation, open: OpenConversation): TemplateResult {
    const { directory, typing } = this.store.state;
    const { id } = open;
    const fetchFile: FetchFile = (attachmentId, size) => this.store.fetchFile(id, attachmentId, size);
    return html`
      ${this.#renderHeader(conversation)}
      <div class="log" @scroll=${this.#handleScroll} role="log" aria-label="Percakapan" tabindex="0">
        <ol>
          ${repeat(
            buildLog(open.events, directoryNames(directory!)),
            (item) => item.key,
            (item) => renderLogItem(item, fetchFile),
          )}
          ${repeat(
            this.store.repliesOf(id),
            (reply) => reply.id,
            (reply) => renderReply(reply, this.store.replies, () => this.#focusComposer()),
          )}
          ${typing[id] ? this.#renderTyping(conversation) : nothing}
        </ol>
      </div>
      ${this.#renderFooter(conversation, id)}
    `;
  }

  #renderHeader(conversation: Conversation): TemplateResult {
    const { handler, session, status, visitor } = conversation;
    return html`<header class="view-header">
      <a class="button quiet icon back" href="/inbox" aria-label="Kembali ke daftar percakapan"
        >${icon('left')}</a
      >
      <div class="who">
        <h2 class="truncate" dir="auto" translate="no">${visitorName(visitor)}</h2>
        <p class="truncate" translate="no">
          <span class="status ${status}">${STATUS_NAMES[status]}</span>
          <bdi class="truncate">${handler ? displayName(handler.name) : 'Belum ada yang menangani'}</bdi>
        </p>
      </div>
      <button
        class="button"
        type="button"
        ?disabled=${session.status === 'resolved'}
        @click=${() => void this.store.resolve(conversation.id)}
      >
        ${icon('check')} ${session.status === 'resolved' ? html`Resolved` : html`Resolve`}
      </button>
      <button
        class="button icon details-toggle"
        type="button"
        aria-label="Rincian"
        title="Rincian"
        aria-expanded=${this.showDetails ? 'true' : 'false'}
        @click=${() => this.dispatchEvent(new Event('details-toggle', { bubbles: true }))}
      >
        ${icon('info')}
      </button>
    </header>`;
  }

  #renderTyping(conversation: Conversation): TemplateResult {
    return html`<li class="message visitor leads">
      <div class="bubble typing-bubble" role="status">
        <span class="visually-hidden"
          ><span translate="no">${visitorName(conversation.visitor)}</span> sedang menulis</span
        >
        <i></i><i></i><i></i>
      </div>
    </li>`;
  }

  #renderFooter(conversation: Conversation, id: string): TemplateResult {
    const { failures } = this.store.state;
    return html`<footer class="view-footer">
      ${
        failures[id]
          ? html`<p class="notice error" role="alert">
              ${icon('warning')}<span translate="no">${failures[id]}</span>
            </p>`
          : nothing
      }
      ${
        conversation.session.status === 'resolved'
          ? this.#renderResolved(conversation)
          : html`<reply-composer
              .hint=${composerHint(conversation)}
              .draft=${this.store.replies.draftOf(id)}
              @reply-draft=${(event: CustomEvent<string>) => this.store.setDraft(id, event.detail)}
              @reply-send=${() => this.#send(id)}
            ></reply-composer>`
      }
    </footer>`;
  }

  /** Renders a resolved conversation. It accepts no reply, but still shows a draft. */
  #renderResolved({ id, session, visitor }: Conversation): TemplateResult {
    const draft = this.store.replies.draftOf(id);
    return html`<p class="resolved-note">
        ${
          visitor.erased
            ? html`Percakapan ini kosong dan tidak dapat dilanjutkan.`
            : html`Sesi <span translate="no">${session.number}</span> sudah di-Resolve. Saat pengunjung
                menulis lagi, Flow mulai lagi dari Start Point.`
        }
      </p>
      ${
        draft
          ? html`<div class="kept-draft">
              <p><b>Draf Anda:</b> <span dir="auto" translate="no">${draft}</span></p>
              <button class="button quiet" type="button" @click=${() => this.store.setDraft(id, '')}>
                Hapus draf
              </button>
            </div>`
          : nothing
      }`;
  }

  #send(id: string): void {
    this.#isAtEnd = true;
    void this.store.replies.send(id);
  }

  #focusComposer(): void {
    const composer = this.querySelector<ReplyComposer>('reply-composer');
    void composer?.updateComplete.then(() => composer.focusField());
  }

  /**
   * Focuses the composer of a conversation opened from the list, except on touch screens, where a keyboard
   * would open.
   */
  #takeFocus(): void {
    const { open } = this.store.state;
    if (open?.phase !== 'ready' || open.id === this.#focusedId) return;
    const cameFromList = document.activeElement?.closest('conversation-list') !== null;
    this.#focusedId = open.id;
    if (!cameFromList || !matchMedia('(hover: hover)').matches) return;
    const composer = this.querySelector<ReplyComposer>('reply-composer');
    if (!composer) return this.querySelector<HTMLElement>('.log')?.focus({ preventScroll: true });
    this.#focusComposer();
  }

  #stayAtEnd(): void {
    const log = this.querySelector('.log');
    if (log && this.#isAtEnd) log.scrollTop = log.scrollHeight;
  }

  #handleScroll = (event: Event): void => {
    const log = event.currentTarget as HTMLElement;
    const isNear = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END_PX;
    // The log can grow after it was scrolled: only a scroll upward leaves the end.
    if (isNear || log.scrollTop < this.#top) this.#isAtEnd = isNear;
    this.#top = log.scrollTop;
  };
}

/** Returns a hint about what a reply would change. */
function composerHint({ handler, run }: Conversation): string {
  if (run.status === 'waiting') return 'Flow sedang menunggu jawaban. Membalas sekarang menghentikan Flow.';
  return handler?.kind === 'ai'
    ? `${handler.name} (AI agent) menangani percakapan ini. Membalas berarti mengambil alih.`
    : '';
}
