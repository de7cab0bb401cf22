import { html, type TemplateResult } from 'lit';
import { collect, isClientError, type DashboardClient } from '@alur/client/dashboard';
import { emptyFlow } from '@alur/flow';
import type { FlowSummary } from '@alur/protocol';
import type {
  FlowCreateEvent,
  FlowDeleteEvent,
  FlowDuplicateEvent,
  FlowExportEvent,
  FlowImportEvent,
  FlowOpenEvent,
  FlowRenameEvent,
} from '@alur/flow-editor';
import { describeError } from '../shared/describe-error.ts';
import { Screen } from './screen.ts';

/** The time zone of this account. Times of a flow are in this zone, wherever the author is. */
const ACCOUNT_ZONE = 'Asia/Jakarta';

/** Settings > Flow: every flow of the account. */
export class FlowsScreen extends Screen<FlowSummary[]> {
  protected override load(host: DashboardClient): Promise<FlowSummary[]> {
    return collect((query) => host.listFlows(query));
  }

  protected override renderData(flows: FlowSummary[]): TemplateResult {
    return html`<div class="content">
      <h1 class="visually-hidden">Flow</h1>
      <flow-list
        locale="id"
        time-zone=${ACCOUNT_ZONE}
        .flows=${flows.map(({ errorCount, ...flow }) => ({ ...flow, problemCount: errorCount }))}
        @flow-create=${(event: FlowCreateEvent) => event.respondWith(this.#create(event))}
        @flow-open=${(event: FlowOpenEvent) => this.#open(event.id)}
        @flow-rename=${(event: FlowRenameEvent) => event.respondWith(this.#change(this.host.renameFlow(event.id, event)))}
        @flow-duplicate=${(event: FlowDuplicateEvent) => event.respondWith(this.#duplicate(event.id))}
        @flow-delete=${(event: FlowDeleteEvent) => event.respondWith(this.#change(this.#delete(event)))}
        @flow-import=${(event: FlowImportEvent) => event.respondWith(this.#change(this.#import(event)))}
        @flow-export=${(event: FlowExportEvent) => event.respondWith(this.#export(event.id))}
      ></flow-list>
    </div>`;
  }

  async #create({ name, timeZone }: FlowCreateEvent): Promise<void> {
    const detail = await inWords(
      this.host.createFlow({ name, flow: emptyFlow({ id: 'new', name, timeZone }) }),
    );
    this.#open(detail.summary.id);
  }

  /**
   * Saves an imported file as an unpublished version: an inbox must not run a file that no person has
   * checked. The list shows that it is not live.
   */
  #import({ flow }: FlowImportEvent): Promise<unknown> {
    return this.host.createFlow({ name: flow.name || 'Tanpa nama', flow, live: false });
  }

  async #duplicate(id: string): Promise<void> {
    const { newest, summary } = await inWords(this.host.getFlow(id));
    // A name has at most 100 code points.
    const name = [...`Salinan ${summary.name}`].slice(0, 100).join('');
    await this.#change(this.host.createFlow({ name, flow: newest.flow }));
  }

  async #export(id: string): Promise<void> {
    const { newest, summary } = await inWords(this.host.getFlow(id));
    const address = URL.createObjectURL(
      new Blob([JSON.stringify(newest.flow, null, 2)], { type: 'application/json' }),
    );
    const link = document.createElement('a');
    link.href = address;
    link.download = `${summary.name.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}.flow.json`;
    link.click();
    URL.revokeObjectURL(address);
  }

  /**
   * Deletes a flow. The list has named the inboxes that lose their flow, and the user has agreed. A host
   * refuses to delete a flow that an inbox still has.
   */
  async #delete({ id, baseVersion }: FlowDeleteEvent): Promise<void> {
    const { summary } = await this.host.getFlow(id);
    // When the host has another version, change nothing: the host refuses the deletion, and no inbox loses
    // its flow.
    if (summary.version === baseVersion)
      for (const inbox of summary.inboxes) await this.host.updateInbox(inbox.id, { flowId: null });
    await this.host.deleteFlow(id, { baseVersion });
  }

  #open(id: string): void {
    this.dispatchEvent(new CustomEvent('go', { detail: `/settings/flow/${id}`, bubbles: true }));
  }

  async #change(change: Promise<unknown>): Promise<void> {
    try {
      await inWords(change);
    } catch (error) {
      // The list is older than the host: show the current state for the next attempt.
      const { cause } = error as Error;
      if (isClientError(cause) && cause.code === 'version_conflict') await this.reload();
      throw error;
    }
    await this.reload();
  }
}

/** Replaces the message of an error: the elements show it, so it has to be in the page's language. */
async function inWords<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new Error(describeError(error), { cause: error });
  }
}
