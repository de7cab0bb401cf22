import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { displayName } from '@alur/flow/text';
import type { Conversation, Message } from '@alur/protocol';
import { styleProperties } from '@alur/flow-editor/style-properties';
import { formatFull, formatWhen, initials } from '../shared/format.ts';
import { PageElement } from '../shared/page-element.ts';
import { renderSkeleton, renderState } from '../shared/states.ts';
import { STATUS_NAMES } from './conversation-log.ts';
import { directoryNames, type DirectoryNames } from './directory-names.ts';
import type { InboxStore } from './inbox-store.ts';
import { visibleConversations, type Filter } from './inbox-state.ts';
import { renderUnsent } from './render-reply.ts';
import { visitorName } from './visitor-name.ts';

const TABS = ['all', 'open', 'pending', 'assigned', 'resolved'] as const;

/** The conversations, the last active first, with filters. */
export class ConversationList extends PageElement {
  static override properties = { store: { attribute: false } };
  declare store: InboxStore;

  override render(): TemplateResult {
    const { state } = this.store;
    const { filter, directory } = state;
    return html`
      <div class="tabs" role="group" aria-label="Saring menurut status">
        ${TABS.map(
          (status) =>
            html`<button
              type="button"
              aria-pressed=${filter.status === status ? 'true' : 'false'}
              @click=${() => this.store.setFilter({ status })}
            >
              ${status === 'all' ? 'Semua' : STATUS_NAMES[status]}
            </button>`,
        )}
      </div>
      <div class="filters">
        <label class="visually-hidden" for="filter-label">Label</label>
        <select
          id="filter-label"
          class="select"
          @change=${(event: Event) => this.#setFilter(event, 'labelId')}
        >
          <option value="" ?selected=${!filter.labelId}>Semua label</option>
          ${directory?.labels.map(
            (label) =>
              html`<option value=${label.id} ?selected=${label.id === filter.labelId}>${label.name}</option>`,
          )}
        </select>
        <label class="check">
          <input
            type="checkbox"
            .checked=${filter.mine}
            @change=${(event: Event) => this.store.setFilter({ mine: (event.target as HTMLInputElement).checked })}
          />
          Milik saya
        </label>
      </div>
      ${this.#renderRows()}
    `;
  }

  #setFilter(event: Event, key: keyof Filter): void {
    this.store.setFilter({ [key]: (event.target as HTMLSelectElement).value });
  }

  #renderRows(): TemplateResult {
    const { state } = this.store;
    if (state.phase === 'loading') return renderSkeleton(6);
    if (state.phase === 'failed') {
      return renderState({
        icon: 'offline',
        title: 'Host tidak dapat dihubungi',
        text: 'Percakapan tetap tersimpan di host. Periksa apakah host masih berjalan.',
        action: { label: 'Coba lagi', run: () => void this.store.start() },
      });
    }
    const conversations = visibleConversations(state);
    if (conversations.length === 0) return this.#renderEmpty();
    const names = directoryNames(state.directory!);
    return html`<ul class="rows">
        ${repeat(
          conversations,
          ({ id }) => id,
          (conversation) => this.#renderRow(conversation, names),
        )}
      </ul>
      ${
        state.nextPage
          ? html`<button class="button quiet more" type="button" @click=${() => void this.store.loadMore()}>
              Muat yang lebih lama
            </button>`
          : nothing
      }`;
  }

  #renderEmpty(): TemplateResult {
    const { filter } = this.store.state;
    const filtered = filter.status !== 'all' || filter.labelId || filter.mine;
    return filtered
      ? renderState({
          icon: 'inbox',
          title: 'Tidak ada yang cocok',
          text: 'Tidak ada percakapan dengan saringan ini.',
          action: {
            label: 'Tampilkan semua',
            run: () => this.store.setFilter({ status: 'all', labelId: '', mine: false }),
          },
        })
      : renderState({
          icon: 'chat',
          title: 'Belum ada percakapan',
          text: 'Buka toko di tab lain dan tulis sesuatu di obrolannya. Percakapannya langsung muncul di sini.',
        });
  }

  #renderRow(conversation: Conversation, names: DirectoryNames): TemplateResult {
    const { state } = this.store;
    const { id, handler, labelIds, status, unread, updatedAt, visitor } = conversation;
    const name = visitorName(visitor);
    const isOpen = state.open?.id === id;
    return html`<li>
      <a
        class="row ${unread ? 'unread' : ''}"
        href="/inbox/${id}"
        aria-current=${isOpen ? 'true' : 'false'}
        data-conversation=${id}
      >
        <span class="avatar" aria-hidden="true" translate="no">${initials(name)}</span>
        <span class="row-main">
          <span class="row-top">
            <span class="name truncate" dir="auto" translate="no">${name}</span>
            <time datetime=${updatedAt} title=${formatFull(updatedAt)} translate="no"
              >${formatWhen(updatedAt, new Date())}</time
            >
          </span>
          <span class="row-text">
            ${this.#renderLine(conversation)}
            ${unread ? html`<span class="count"><span class="visually-hidden">Belum dijawab: </span><span translate="no">${unread}</span></span>` : nothing}
          </span>
          ${renderUnsent(this.store.repliesOf(id))}
          <span class="row-meta" translate="no">
            <span class="status ${status}">${STATUS_NAMES[status]}</span>
            <bdi class="truncate handler"
              >${handler ? displayName(handler.name) : 'Belum ada yang menangani'}</bdi
            >
            <span class="truncate inbox">${names.inbox(conversation.inboxId)}</span>
          </span>
          ${labelIds.length > 0 ? this.#renderLabels(labelIds, names) : nothing}
        </span>
      </a>
    </li>`;
  }

  /** Renders the draft or the last message. The open conversation shows its draft in the composer. */
  #renderLine({ id, lastMessage }: Conversation): TemplateResult {
    const { open, typing } = this.store.state;
    const draft = this.store.replies.draftOf(id).trim();
    if (draft && open?.id !== id) {
      return html`<span class="truncate" dir="auto"
        ><b class="draft-mark">Draf:</b> <bdi translate="no">${draft}</bdi></span
      >`;
    }
    return typing[id]
      ? html`<span class="truncate typing">sedang menulis…</span>`
      : html`<span class="truncate" dir="auto" translate="no">${previewMessage(lastMessage)}</span>`;
  }

  #renderLabels(labelIds: string[], names: DirectoryNames): TemplateResult {
    return html`<span class="row-labels">
      ${labelIds.slice(0, 3).map((labelId) => {
        const label = names.label(labelId);
        return html`<span class="chip"
          ><i class="dot" ${styleProperties({ 'background-color': label.color })}></i
          ><bdi translate="no">${label.name}</bdi></span
        >`;
      })}
      ${labelIds.length > 3 ? html`<span class="muted" translate="no">+${labelIds.length - 3}</span>` : nothing}
    </span>`;
  }
}

/** Returns the last message in one line, with its author unless that is the visitor. */
function previewMessage(message: Message | null): string {
  if (!message) return 'Tidak ada pesan';
  const text = message.text || message.attachments?.map(({ name }) => name).join(', ') || 'Lampiran';
  const { author } = message;
  if (author.kind === 'visitor') return text;
  return `${author.kind === 'bot' ? 'Flow' : displayName(author.name ?? '') || 'Agen'}: ${text}`;
}
