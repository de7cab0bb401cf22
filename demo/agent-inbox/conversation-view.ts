import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Author, Conversation, Message } from '@alur/protocol';
import { safeUrl } from '@alur/livechat-widget';
import { formatClock, formatDay, formatFull, initials } from '../shared/format.ts';
import { icon } from '../shared/icons.ts';
import { PageElement } from '../shared/page-element.ts';
import { renderSkeleton, renderState } from '../shared/states.ts';
import { buildLog, STATUS_NAMES, type LogItem } from './conversation-log.ts';
import { directoryNames } from './directory-names.ts';
import type { InboxStore } from './inbox-store.ts';
import type { OpenConversation, PendingReply } from './inbox-state.ts';
import type { ReplyComposer } from './reply-composer.ts';
import { visitorName } from './visitor-name.ts';

/** Closer to the end than this counts as reading the end, so new messages scroll into view. */
const NEAR_END_PX = 80;

/** The open conversation: who it is with, what was said and done, and the place to reply. */
export class ConversationView extends PageElement {
  static override properties = { store: { attribute: false }, showDetails: { attribute: false } };
  declare store: InboxStore;
  /** Whether the details stand beside it; the button that shows them says so. */
  declare showDetails: boolean;
  #isAtEnd = true;
  #top = 0;
  #focusedId: string | null = null;
  #shownId = '';
  /** What is in the log takes its room a moment later than the log itself. */
  #growth = new ResizeObserver(() => this.#stayAtEnd());
  #lines: Element | null = null;

  override willUpdate(): void {
    const id = this.store.state.open?.id ?? '';
    if (id !== this.#shownId) {
      this.#isAtEnd = true;
      this.#top = 0;
    }
    this.#shownId = id;
  }

  override updated(_changed: PropertyValues): void {
    const lines = this.querySelector('.log > ol');
    if (lines && lines !== this.#lines) this.#growth.observe((this.#lines = lines));
    this.#stayAtEnd();
    this.#takeFocus();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#growth.disconnect();
    this.#lines = null;
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
    const items = buildLog(open.events, directoryNames(state.directory));
    return html`
      ${this.#renderHeader(conversation)}
      <div class="log" @scroll=${this.#handleScroll} role="log" aria-label="Percakapan" tabindex="0">
        <ol>
          ${repeat(
            items,
            (item) => item.key,
            (item) => this.#renderItem(item),
          )}
          ${repeat(
            open.pending,
            (reply) => reply.id,
            (reply) => this.#renderPending(reply),
          )}
          ${state.typing[open.id] ? this.#renderTyping(conversation) : nothing}
        </ol>
      </div>
      ${this.#renderFooter(conversation, open)}
    `;
  }

  #renderHeader(conversation: Conversation): TemplateResult {
    const { handler, session, status, visitor } = conversation;
    return html`<header class="view-header">
      <a class="button quiet icon back" href="/inbox" aria-label="Kembali ke daftar percakapan"
        >${icon('left')}</a
      >
      <div class="who">
        <h2 class="truncate">${visitorName(visitor)}</h2>
        <p class="truncate">
          <span class="status ${status}">${STATUS_NAMES[status]}</span>
          <span class="truncate">${handler ? handler.name : 'Belum ada yang menangani'}</span>
        </p>
      </div>
      <button
        class="button"
        type="button"
        ?disabled=${session.status === 'resolved'}
        @click=${() => void this.store.resolve()}
      >
        ${icon('check')} ${session.status === 'resolved' ? 'Resolved' : 'Resolve'}
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

  #renderItem(item: LogItem): TemplateResult {
    switch (item.kind) {
      case 'day':
        return html`<li class="day"><span>${formatDay(item.at, new Date())}</span></li>`;
      case 'session':
        return html`<li class="session-line"><span>${item.text}</span></li>`;
      case 'note':
        return html`<li class="note ${item.tone}" title=${formatFull(item.at)}>
          ${item.tone === 'warning' ? icon('warning', 14) : nothing}<span>${item.text}</span>
        </li>`;
      case 'rating':
        return html`<li class="rating-line" title=${formatFull(item.at)}>
          <p>
            <span>Penilaian pengunjung</span>
            <span class="stars" role="img" aria-label="${item.score} dari 5"
              >${[1, 2, 3, 4, 5].map(
                (place) => html`<span class=${place <= item.score ? 'given' : ''}>${icon('star', 14)}</span>`,
              )}</span
            >
          </p>
          ${item.comment ? html`<p class="comment">${item.comment}</p>` : nothing}
        </li>`;
      default:
        return this.#renderMessage(item);
    }
  }

  #renderMessage(item: Extract<LogItem, { kind: 'message' }>): TemplateResult {
    const { message, leads, seen } = item;
    const { author } = message;
    const isVisitor = author.kind === 'visitor';
    return html`<li class="message ${author.kind} ${leads ? 'leads' : ''}" data-message=${message.id}>
      ${
        leads
          ? html`<p class="author">
              ${isVisitor ? nothing : renderAuthorMark(author)}
              <span>${authorName(author)}</span>
              <time datetime=${message.at} title=${formatFull(message.at)}>${formatClock(message.at)}</time>
            </p>`
          : nothing
      }
      <div class="bubble">
        ${message.pressed ? html`<span class="pressed-mark">Menekan tombol</span>` : nothing}
        ${message.imageUrl ? renderImage(message.imageUrl) : nothing}${message.attachments?.map(
          (file) =>
            html`<message-file
              .file=${file}
              .fetchFile=${(id: string) => this.store.fetchFile(id)}
            ></message-file>`,
        )}${message.text ? html`<span class="text">${message.text}</span>` : nothing}
      </div>
      ${message.buttons?.length ? this.#renderButtons(message, item.chosenButtonId) : nothing}
      ${seen ? html`<p class="seen">Dilihat pengunjung</p>` : nothing}
    </li>`;
  }

  #renderButtons(message: Message, chosenId: string | null): TemplateResult {
    return html`<ul class="offered" aria-label="Tombol yang ditawarkan">
      ${message.buttons?.map(
        (button) =>
          html`<li class=${button.id === chosenId ? 'chosen' : ''}>
            ${button.id === chosenId ? html`${icon('check', 14)}<span class="visually-hidden">Dipilih: </span>` : nothing}
            ${button.label}
          </li>`,
      )}
    </ul>`;
  }

  #renderPending(reply: PendingReply): TemplateResult {
    return html`<li class="message agent leads pending" data-message=${reply.id}>
      <div class="bubble"><span class="text">${reply.text}</span></div>
      ${
        reply.failure
          ? html`<p class="failure" role="alert">
              <span>Tidak terkirim. ${reply.failure}</span>
              <button class="button quiet" type="button" @click=${() => this.store.retryReply(reply.id)}>
                Kirim lagi
              </button>
              <button class="button quiet" type="button" @click=${() => this.store.discardReply(reply.id)}>
                Buang
              </button>
            </p>`
          : html`<p class="seen">Mengirim…</p>`
      }
    </li>`;
  }

  #renderTyping(conversation: Conversation): TemplateResult {
    return html`<li class="message visitor leads">
      <div class="bubble typing-bubble" role="status">
        <span class="visually-hidden">${visitorName(conversation.visitor)} sedang menulis</span>
        <i></i><i></i><i></i>
      </div>
    </li>`;
  }

  #renderFooter(conversation: Conversation, open: OpenConversation): TemplateResult {
    const isResolved = conversation.session.status === 'resolved';
    return html`<footer class="view-footer">
      ${
        open.failure
          ? html`<p class="notice error" role="alert">${icon('warning')}<span>${open.failure}</span></p>`
          : nothing
      }
      ${
        isResolved
          ? html`<p class="resolved-note">
              ${
                conversation.visitor.erased
                  ? 'Percakapan ini kosong dan tidak dapat dilanjutkan.'
                  : `Sesi ${conversation.session.number} sudah di-Resolve. Saat pengunjung menulis lagi, Flow mulai lagi dari Start Point.`
              }
            </p>`
          : html`<reply-composer
              .hint=${composerHint(conversation)}
              @reply-typing=${() => this.store.noteTyping()}
              @reply-send=${(event: CustomEvent<string>) => this.#send(event.detail)}
            ></reply-composer>`
      }
    </footer>`;
  }

  #send(text: string): void {
    this.#isAtEnd = true;
    this.store.reply(text);
  }

  /** A conversation that was opened from the list is there to be answered; a finger would get a keyboard it did not ask for. */
  #takeFocus(): void {
    const { open } = this.store.state;
    if (open?.phase !== 'ready' || open.id === this.#focusedId) return;
    const cameFromList = document.activeElement?.closest('conversation-list') !== null;
    this.#focusedId = open.id;
    if (!cameFromList || !matchMedia('(hover: hover)').matches) return;
    const composer = this.querySelector<ReplyComposer>('reply-composer');
    if (!composer) return this.querySelector<HTMLElement>('.log')?.focus({ preventScroll: true });
    void composer.updateComplete.then(() =>
      composer.querySelector('textarea')?.focus({ preventScroll: true }),
    );
  }

  #stayAtEnd(): void {
    const log = this.querySelector('.log');
    if (log && this.#isAtEnd) log.scrollTop = log.scrollHeight;
  }

  #handleScroll = (event: Event): void => {
    const log = event.currentTarget as HTMLElement;
    const isNear = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END_PX;
    // The log may have grown since it was scrolled: only who goes up leaves the end.
    if (isNear || log.scrollTop < this.#top) this.#isAtEnd = isNear;
    this.#top = log.scrollTop;
  };
}

/** What replying would change, said before it happens. */
function composerHint({ handler, run }: Conversation): string {
  if (run.status === 'waiting') return 'Flow sedang menunggu jawaban. Membalas sekarang menghentikan Flow.';
  return handler?.kind === 'ai'
    ? `${handler.name} (AI agent) menangani percakapan ini. Membalas berarti mengambil alih.`
    : '';
}

function authorName(author: Author): string {
  if (author.kind === 'visitor') return author.name ?? 'Pengunjung';
  if (author.kind === 'bot') return 'Flow';
  return author.kind === 'ai' ? `${author.name ?? 'AI'} · AI agent` : (author.name ?? 'Agen');
}

function renderAuthorMark(author: Author): TemplateResult {
  if (author.kind === 'bot') return html`${icon('flow', 14)}`;
  if (author.kind === 'ai') return html`${icon('robot', 14)}`;
  return html`<span class="avatar small" aria-hidden="true">${initials(author.name ?? '')}</span>`;
}

/** An image of a flow card; only https addresses are shown, whatever the document says. */
function renderImage(address: string): TemplateResult | typeof nothing {
  const src = safeUrl(address, /^https:/);
  return src ? html`<img src=${src} alt="" loading="lazy" referrerpolicy="no-referrer" />` : nothing;
}
