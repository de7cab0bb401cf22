/** A host for tests of the agent inbox: conversations in memory, and faults on request. */
import { ClientError } from '@alur/client';
import type { AccountListener, DashboardClient } from '@alur/client/dashboard';
import type { Conversation, ConversationEvent, Message, Reply } from '@alur/protocol';

/** What happens to the next calls. */
export type Fate = 'done' | 'refused' | 'request lost' | 'response lost' | 'busy';

const TIME = '2026-11-22T09:00:00.000Z';
const NO_PAGE = async (): Promise<{ items: never[]; next: null }> => ({ items: [], next: null });

/** Conversations that any number of pages read and change. */
export class ModelHost {
  fate: Fate = 'done';
  /** Conversations whose reads return 503. */
  readonly unreadable = new Set<string>();
  readonly markedRead: [string, number][] = [];
  readonly #events = new Map<string, ConversationEvent[]>();
  readonly #resolved = new Set<string>();
  readonly #pages = new Set<Page>();

  constructor(ids: readonly string[]) {
    for (const id of ids) this.#events.set(id, []);
  }

  /** Returns the client of one page. After `end` no result reaches the page, as when it is closed. */
  connect(): { client: DashboardClient; end(): void } {
    const page: Page = { isOpen: true, listeners: new Set() };
    this.#pages.add(page);
    const calls = {
      listLabels: NO_PAGE,
      listAgents: NO_PAGE,
      listTeams: NO_PAGE,
      listAiAgents: NO_PAGE,
      listInboxes: NO_PAGE,
      listConversations: () =>
        this.#respond(page, () => ({
          items: [...this.#events.keys()].map((id) => this.#view(id)),
          next: null,
        })),
      getConversation: (id: string) => this.#respond(page, () => this.#view(id)),
      listConversationEvents: (id: string, { after = '' }: { after?: string }) =>
        this.#respond(page, () => {
          const events = this.#events.get(id)!.filter(({ seq }) => seq > Number(after));
          return { events, cursor: events.at(-1)?.cursor ?? after, more: false };
        }),
      reply: (id: string, reply: Reply) => this.#respond(page, () => this.#storeReply(id, reply)),
      resolve: (id: string) =>
        this.#respond(page, () => {
          this.#resolved.add(id);
          return this.#view(id);
        }),
      markRead: async (id: string, seq: number) => void this.markedRead.push([id, seq]),
      sendTyping: async () => {},
      subscribe: (listener: AccountListener) => {
        page.listeners.add(listener);
        return () => page.listeners.delete(listener);
      },
    };
    const end = (): void => {
      page.isOpen = false;
      this.#pages.delete(page);
    };
    return { client: calls as unknown as DashboardClient, end };
  }

  /** Adds a message of the visitor. A resolved conversation opens again. */
  write(id: string, text: string): void {
    this.#resolved.delete(id);
    this.#addMessage(id, {
      author: { kind: 'visitor' },
      text,
      id: `visitor-${id}-${this.#events.get(id)!.length}`,
    });
  }

  /** Returns the texts of the agents' messages, in order. */
  repliesIn(id: string): string[] {
    return this.#events
      .get(id)!
      .flatMap((event) =>
        event.type === 'message' && event.message.author.kind === 'agent' ? [event.message.text] : [],
      );
  }

  async #respond<T>(page: Page, act: () => T): Promise<T> {
    const { fate } = this;
    await new Promise((resolve) => setImmediate(resolve));
    if (fate === 'request lost') return this.#end(page, new ClientError('network', fate));
    if (fate === 'busy')
      return this.#end(page, new ClientError('overloaded', fate, { status: 503, retryAfterMs: 1_000 }));
    let result: T;
    try {
      result = act();
    } catch (error) {
      return this.#end(page, error);
    }
    if (fate === 'response lost') return this.#end(page, new ClientError('timeout', fate));
    return page.isOpen ? result : new Promise(() => {});
  }

  #end(page: Page, error: unknown): Promise<never> {
    return page.isOpen ? Promise.reject(error) : new Promise(() => {});
  }

  #storeReply(id: string, { id: messageId, text, agentId }: Reply): Message {
    const stored = this.#events
      .get(id)!
      .find((event) => event.type === 'message' && event.message.id === messageId);
    if (stored?.type === 'message') return stored.message;
    if (this.fate === 'refused') throw new ClientError('scope_missing', 'refused', { status: 403 });
    if (this.#resolved.has(id)) throw new ClientError('conversation_resolved', 'resolved', { status: 409 });
    return this.#addMessage(id, { author: { kind: 'agent', id: agentId! }, text, id: messageId });
  }

  #addMessage(id: string, content: Pick<Message, 'author' | 'text' | 'id'>): Message {
    const events = this.#events.get(id)!;
    const seq = events.length + 1;
    const message: Message = { ...content, seq, sessionId: 'ses', at: TIME };
    events.push({ type: 'message', seq, cursor: String(seq), at: TIME, sessionId: 'ses', message });
    for (const { listeners } of this.#pages)
      for (const listener of listeners) listener.onHint({ conversationId: id, seq } as never);
    return message;
  }

  #view(id: string): Conversation {
    if (this.unreadable.has(id)) throw new ClientError('overloaded', 'busy', { status: 503 });
    const events = this.#events.get(id)!;
    const last = events.at(-1);
    return {
      id,
      inboxId: 'inbox',
      visitor: { id: `visitor-${id}`, verified: false },
      status: this.#resolved.has(id) ? 'resolved' : 'open',
      labelIds: [],
      handler: null,
      collaborators: { agentIds: [], teamIds: [] },
      session: { id: 'ses', number: 1, status: this.#resolved.has(id) ? 'resolved' : 'open', flow: null },
      run: { status: 'new', waitingAt: null, first: null, facts: {} },
      lastMessage: last?.type === 'message' ? last.message : null,
      seq: events.length,
      unread: 0,
      createdAt: TIME,
      updatedAt: TIME,
    };
  }
}

interface Page {
  isOpen: boolean;
  listeners: Set<AccountListener>;
}
