/**
 * The lines of a conversation's log. The text of a line never changes, so a browser can translate it in
 * place. What changes is a template or has `translate="no"`.
 *
 * @module
 */
import { html, nothing, type TemplateResult } from 'lit';
import type { Attachment, Author, Message } from '@alur/protocol';
import { displayName, safeImageUrl } from '@alur/flow/text';
import { formatClock, formatDay, formatFull, initials } from '../shared/format.ts';
import { icon } from '../shared/icons.ts';
import type { LogItem } from './conversation-log.ts';
import type { FetchFile } from './message-file.ts';
import { renderText } from './message-text.ts';

/** Renders one line of the log. */
export function renderLogItem(item: LogItem, fetchFile: FetchFile): TemplateResult {
  switch (item.kind) {
    case 'day':
      return html`<li class="day"><span translate="no">${formatDay(item.at, new Date())}</span></li>`;
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
        ${item.comment ? html`<p class="comment" dir="auto">${item.comment}</p>` : nothing}
      </li>`;
    default:
      return renderMessage(item, fetchFile);
  }
}

function renderMessage(item: Extract<LogItem, { kind: 'message' }>, fetchFile: FetchFile): TemplateResult {
  const { message, startsGroup, seen } = item;
  const { author } = message;
  return html`<li
    class="message ${author.kind} ${startsGroup ? 'startsGroup' : ''}"
    data-message=${message.id}
  >
    ${
      startsGroup
        ? html`<p class="author">
            ${author.kind === 'visitor' ? nothing : renderAuthorMark(author)}
            <bdi translate="no">${authorName(author)}</bdi>
            <time datetime=${message.at} title=${formatFull(message.at)} translate="no"
              >${formatClock(message.at)}</time
            >
          </p>`
        : nothing
    }
    <div class="bubble">
      ${message.pressed ? html`<span class="pressed-mark">Menekan tombol</span>` : nothing}
      ${message.imageUrl ? renderImage(message.imageUrl) : nothing}${message.attachments?.map((file) =>
        renderFile(file, fetchFile),
      )}${message.text ? renderText(message.text) : nothing}
    </div>
    ${message.buttons?.length ? renderButtons(message, item.chosenButtonId) : nothing}
    ${seen ? html`<p class="seen">Dilihat pengunjung</p>` : nothing}
  </li>`;
}

function renderFile(file: Attachment, fetchFile: FetchFile): TemplateResult {
  return html`<message-file .file=${file} .fetchFile=${fetchFile}></message-file>`;
}

function renderButtons(message: Message, chosenId: string | null): TemplateResult {
  return html`<ul class="offered" aria-label="Tombol yang ditawarkan">
    ${message.buttons?.map(
      (button) =>
        html`<li class=${button.id === chosenId ? 'chosen' : ''}>
          ${button.id === chosenId ? html`${icon('check', 14)}<span class="visually-hidden">Dipilih: </span>` : nothing}
          <bdi>${button.label}</bdi>
        </li>`,
    )}
  </ul>`;
}

function authorName(author: Author): string {
  const name = displayName(author.name ?? '');
  if (author.kind === 'visitor') return name || 'Pengunjung';
  if (author.kind === 'bot') return 'Flow';
  return author.kind === 'ai' ? `${name || 'AI'} · AI agent` : name || 'Agen';
}

function renderAuthorMark(author: Author): TemplateResult {
  if (author.kind === 'bot') return html`${icon('flow', 14)}`;
  if (author.kind === 'ai') return html`${icon('robot', 14)}`;
  return html`<span class="avatar small" aria-hidden="true" translate="no"
    >${initials(author.name ?? '')}</span
  >`;
}

/** Renders an image of a flow card. Only https URLs are shown. */
function renderImage(address: string): TemplateResult | typeof nothing {
  const src = safeImageUrl(address);
  return src ? html`<img src=${src} alt="" loading="lazy" referrerpolicy="no-referrer" />` : nothing;
}
