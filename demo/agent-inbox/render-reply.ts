import { html, nothing, type TemplateResult } from 'lit';
import type { AgentReplies, AgentReply } from '@alur/client/dashboard';
import { describeFault } from '../shared/describe-error.ts';
import { formatClock, formatFull } from '../shared/format.ts';
import { icon } from '../shared/icons.ts';
import { renderText } from './message-text.ts';

/** Renders a reply that the log does not show yet, with its state and the available actions. */
export function renderReply(reply: AgentReply, replies: AgentReplies, edited: () => void): TemplateResult {
  const at = new Date(reply.queuedAt).toISOString();
  const isPale = reply.state === 'sending' || reply.state === 'waiting';
  return html`<li
    class="message agent leads ${isPale ? 'pending' : ''}"
    data-message=${reply.id}
    data-state=${reply.state}
  >
    <p class="author">
      <span>Anda</span>
      <time datetime=${at} title=${formatFull(at)} translate="no">${formatClock(at)}</time>
    </p>
    <div class="bubble">${renderText(reply.text)}</div>
    ${renderState(reply, replies, edited)}
  </li>`;
}

function renderState(reply: AgentReply, replies: AgentReplies, edited: () => void): TemplateResult {
  switch (reply.state) {
    case 'sending':
      return html`<p class="seen">Mengirim…</p>`;
    case 'sent':
      return html`<p class="seen">Terkirim</p>`;
    case 'waiting':
      return html`<p class="waiting" role="status">
        ${icon('offline', 14)}<span>Belum terkirim. Dicoba lagi sendiri.</span>
        <button class="button quiet" type="button" @click=${() => replies.retryNow()}>Coba sekarang</button>
      </p>`;
    default: {
      const edit = (): void => {
        void replies.edit(reply).then(edited);
      };
      return html`<div class="failure">
        <p role="alert">${icon('warning', 14)}<span>Tidak terkirim. ${describeFault(reply.fault)}</span></p>
        <div class="failure-actions">
          <button class="button quiet" type="button" @click=${() => void replies.retry(reply)}>
            ${icon('retry', 14)} Kirim lagi
          </button>
          <button class="button quiet" type="button" @click=${edit}>Ubah</button>
          <button class="button quiet" type="button" @click=${() => void replies.discard(reply)}>
            Hapus
          </button>
        </div>
      </div>`;
    }
  }
}

/** Renders the note of a list row about unsent replies; nothing without any. */
export function renderUnsent(unsent: readonly AgentReply[]): TemplateResult | typeof nothing {
  const failed = unsent.filter(({ state }) => state === 'failed').length;
  if (failed > 0) {
    return html`<span class="row-unsent failed"
      >${icon('warning', 14)}<span
        >${failed > 1 ? html`<span translate="no">${failed}</span> balasan` : html`Balasan`} tidak
        terkirim</span
      ></span
    >`;
  }
  if (unsent.some(({ state }) => state === 'waiting')) {
    return html`<span class="row-unsent waiting"
      >${icon('offline', 14)}<span>Balasan belum terkirim</span></span
    >`;
  }
  return unsent.some(({ state }) => state === 'sending')
    ? html`<span class="row-unsent">${icon('send', 14)}<span>Mengirim balasan…</span></span>`
    : nothing;
}
