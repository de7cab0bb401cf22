import { html, type TemplateResult } from 'lit';
import { collect, type DashboardClient } from '@alur/client/dashboard';
import type { FlowDirectory, FlowEditor, FlowSaveEvent, SaveAnswer } from '@alur/flow-editor';
import type { FlowDetail, Inbox } from '@alur/protocol';
import { describeError } from '../shared/describe-error.ts';
import { readDirectory } from '../shared/host.ts';
import { icon } from '../shared/icons.ts';
import { Screen } from './screen.ts';

interface EditorData {
  detail: FlowDetail;
  directory: FlowDirectory;
  /** Inboxes that have this flow selected. */
  inboxes: Inbox[];
}

/** Returns the channel whose limits the editor checks for a flow that these inboxes use. */
function channelOf(inboxes: Inbox[]): FlowEditor['channel'] {
  return inboxes.some((inbox) => inbox.type === 'whatsapp') ? 'whatsapp' : 'web-livechat';
}

/** Settings > Flow > one flow: the editor, and saving it to the host. */
export class EditorScreen extends Screen<EditorData> {
  static override properties = { flowId: {} };
  declare flowId: string;

  /** Whether leaving would discard changes. */
  get isDirty(): boolean {
    return this.querySelector('flow-editor')?.dirty ?? false;
  }

  protected override async load(host: DashboardClient): Promise<EditorData> {
    const [detail, directory, inboxes] = await Promise.all([
      host.getFlow(this.flowId),
      readDirectory(host),
      collect((query) => host.listInboxes(query)),
    ]);
    return { detail, directory, inboxes: inboxes.filter((inbox) => inbox.flowId === this.flowId) };
  }

  protected override renderData({ detail, directory, inboxes }: EditorData): TemplateResult {
    const { newest, summary } = detail;
    return html`
      <header class="editor-bar">
        <a class="back-link" href="/settings/flow">${icon('left')} Flow</a>
        <h1 class="visually-hidden">${summary.name}</h1>
        <p class="muted truncate">
          ${
            inboxes.length
              ? `Dipakai di ${inboxes.map((inbox) => inbox.name).join(', ')}`
              : html`Belum dipakai. Pilih Flow ini di <a href="/settings/inbox">Inbox</a>.`
          }
        </p>
      </header>
      <flow-editor
        locale="id"
        channel=${channelOf(inboxes)}
        .flow=${newest.flow}
        .version=${newest.version}
        .live=${newest.live}
        .problems=${newest.problems}
        .directory=${directory}
        @flow-save=${(event: FlowSaveEvent) => event.respondWith(this.#save(event))}
      ></flow-editor>
    `;
  }

  async #save({ flow, baseVersion, live, name, saveId }: FlowSaveEvent): Promise<SaveAnswer> {
    try {
      const outcome = await this.host.saveFlowVersion(this.flowId, {
        flow,
        live,
        baseVersion: baseVersion ?? 0,
        saveId,
        ...(name !== undefined && { name }),
      });
      // Another user saved meanwhile: the editor keeps its document and offers the other one.
      if ('conflict' in outcome) {
        const { newest } = outcome.conflict;
        return { conflict: { version: newest.version, flow: newest.flow } };
      }
      return outcome;
    } catch (error) {
      throw new Error(describeError(error), { cause: error });
    }
  }
}
