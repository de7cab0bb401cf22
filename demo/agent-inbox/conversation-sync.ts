import { isClientError, type DashboardClient } from '@alur/client/dashboard';
import type { FlowPin } from '@alur/protocol';
import { flowKey } from './card-path.ts';
import { withConversations, withEvents, type InboxState } from './inbox-state.ts';
import type { Retries } from './retries.ts';
import type { StateCell } from './state-cell.ts';

/** Options of the sync. */
export interface ConversationSyncOptions {
  host: DashboardClient;
  cell: StateCell<InboxState>;
  retries: Retries;
  /** Called after a new message of a visitor is loaded. */
  onVisitorMessage(conversationId: string): void;
  /** Called when the log of the open conversation is up to date. */
  onCaughtUp(conversationId: string): void;
}

/** Fetches conversations and the log of the open one. Repeats a failed fetch until it succeeds. */
export class ConversationSync {
  readonly #options: ConversationSyncOptions;
  /** Conversations being fetched; `again` when a hint arrived meanwhile. */
  readonly #running = new Map<string, 'running' | 'again'>();

  constructor(options: ConversationSyncOptions) {
    this.#options = options;
  }

  /**
   * Fetches a conversation and, when it is open, its new events. One fetch at a time for each conversation.
   */
  async refresh(id: string): Promise<void> {
    const { cell, retries } = this.#options;
    await retries.run(
      `conversation:${id}`,
      () => this.#fetch(id),
      (error) => {
        const { open } = cell.value;
        const isMissing = isClientError(error) && error.code === 'not_found';
        if (open?.id === id && (isMissing || open.phase !== 'ready')) {
          cell.set({ open: { ...open, phase: isMissing ? 'missing' : 'failed' } });
        }
      },
    );
  }

  async #fetch(id: string): Promise<void> {
    const { cell } = this.#options;
    if (this.#running.has(id)) {
      this.#running.set(id, 'again');
      return;
    }
    this.#running.set(id, 'running');
    try {
      do {
        this.#running.set(id, 'running');
        await this.#fetchOnce(id);
      } while (this.#running.get(id) === 'again');
    } catch (error) {
      const { open } = cell.value;
      if (open?.id === id && open.phase === 'loading') cell.set({ open: { ...open, phase: 'failed' } });
      throw error;
    } finally {
      this.#running.delete(id);
    }
  }

  async #fetchOnce(id: string): Promise<void> {
    const { host, cell, onVisitorMessage } = this.#options;
    const conversation = await host.getConversation(id);
    const last = conversation.lastMessage;
    const isNew = last?.id !== cell.value.conversations[id]?.lastMessage?.id;
    if (last?.author.kind === 'visitor' && isNew) onVisitorMessage(id);
    cell.set(withConversations(cell.value, [conversation]));
    if (cell.value.open?.id === id) await this.#catchUp(id);
  }

  async #catchUp(id: string): Promise<void> {
    const { host, cell, onCaughtUp } = this.#options;
    for (;;) {
      const { open } = cell.value;
      if (open?.id !== id) return;
      const page = await host.listConversationEvents(id, { after: open.cursor }).catch((error: unknown) => {
        // The visitor erased everything: clear the view and read the log from the start.
        if (!isClientError(error) || error.code !== 'cursor_expired' || open.cursor === '') throw error;
        return null;
      });
      // Another conversation, or the same one again, can be open by now.
      if (cell.value.open?.id !== id || cell.value.open.cursor !== open.cursor) continue;
      if (!page) {
        cell.set({ open: { ...open, events: [], cursor: '' } });
        continue;
      }
      cell.set(withEvents(cell.value, id, page.events, page.cursor));
      if (!page.more) break;
    }
    onCaughtUp(id);
    await this.#loadFlows();
  }

  /** Fetches the flow versions of the open conversation's paths. A version never changes. */
  async #loadFlows(): Promise<void> {
    const { host, cell } = this.#options;
    const missing = new Map<string, FlowPin>();
    for (const event of cell.value.open?.events ?? []) {
      if (event.type !== 'path' || !event.flow) continue;
      const key = flowKey(event.flow);
      if (!(key in cell.value.flows)) missing.set(key, event.flow);
    }
    for (const [key, pin] of missing) {
      const version = await host.getFlowVersion(pin.id, pin.version).catch((error: unknown) => {
        if (isClientError(error) && error.code === 'not_found') return null;
        throw error;
      });
      cell.set({ flows: { ...cell.value.flows, [key]: version?.flow ?? null } });
    }
  }
}
