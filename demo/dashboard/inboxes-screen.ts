import { html, type TemplateResult } from 'lit';
import { collect, type DashboardClient } from '@alur/client/dashboard';
import type { FlowSummary, Inbox } from '@alur/protocol';
import { icon } from '../shared/icons.ts';
import { renderState } from '../shared/states.ts';
import { Screen } from './screen.ts';

interface InboxesData {
  inboxes: Inbox[];
  flows: FlowSummary[];
}

/** Names of the inbox types. */
export const INBOX_TYPES: Record<Inbox['type'], string> = {
  'web-livechat': 'Web Livechat',
  whatsapp: 'WhatsApp',
};

/** Settings > Inbox: every inbox and the flow that it runs. */
export class InboxesScreen extends Screen<InboxesData> {
  protected override async load(host: DashboardClient): Promise<InboxesData> {
    const [inboxes, flows] = await Promise.all([
      collect((query) => host.listInboxes(query)),
      collect((query) => host.listFlows(query)),
    ]);
    return { inboxes, flows };
  }

  protected override renderData({ inboxes, flows }: InboxesData): TemplateResult {
    return html`<div class="content">
      <header class="content-header">
        <h1>Inbox</h1>
        <p class="muted">Tempat pelanggan menulis. Setiap inbox menjalankan satu Flow untuk sesi baru.</p>
      </header>
      ${
        inboxes.length === 0
          ? renderState({
              icon: 'inbox',
              title: 'Belum ada inbox',
              text: 'Inbox dibuat di host, lalu tampil di sini.',
            })
          : html`<ul class="list">
              ${inboxes.map((inbox) => this.#renderInbox(inbox, flows))}
            </ul>`
      }
    </div>`;
  }

  #renderInbox(inbox: Inbox, flows: FlowSummary[]): TemplateResult {
    const flow = flows.find(({ id }) => id === inbox.flowId);
    return html`<li>
      <a class="list-row" href="/settings/inbox/${inbox.id}">
        <span class="list-icon">${icon(inbox.type === 'whatsapp' ? 'phone' : 'chat')}</span>
        <span class="list-main">
          <b class="truncate">${inbox.name}</b>
          <span class="muted truncate">${INBOX_TYPES[inbox.type]}</span>
        </span>
        ${renderFlowBadge(flow)} ${icon('right')}
      </a>
    </li>`;
  }
}

function renderFlowBadge(flow: FlowSummary | undefined): TemplateResult {
  if (!flow) return html`<span class="badge">Tanpa Flow</span>`;
  return flow.live
    ? html`<span class="badge success truncate">${flow.name}</span>`
    : html`<span class="badge warning truncate">${flow.name}, belum aktif</span>`;
}
