/**
 * The agent inbox's one store: it asks the host, listens to its hints, and tells the page when something changed.
 *
 * @module
 */
import { collect, isClientError, type DashboardClient } from '@alur/client/dashboard';
import type { Assignment, Collaborators, Conversation, FlowPin } from '@alur/protocol';
import { describeError } from '../shared/describe-error.ts';
import { readDirectory } from '../shared/host.ts';
import { flowKey } from './card-path.ts';
import {
  INITIAL_STATE,
  withConversations,
  withEvents,
  withOnly,
  withPendingReply,
  withTyping,
  type Filter,
  type InboxState,
} from './inbox-state.ts';

/** A visitor who has not been heard writing for this long has stopped. */
const TYPING_ENDS_MS = 6_000;
/** The visitor is told at most this often that the agent writes. */
const TYPING_EVERY_MS = 3_000;

/** State, ways to change it, and a way to hear of changes. */
export class InboxStore {
  #host: DashboardClient;
  #state: InboxState;
  #listeners = new Set<() => void>();
  /** Conversations being fetched; `again` when a hint came meanwhile. */
  #refreshing = new Map<string, 'running' | 'again'>();
  #typingTimers = new Map<string, number>();
  #typedAt = 0;
  /** Up to where the open conversation has been marked read. */
  #readSeq = 0;
  #isListening = false;
  /** Counts changes of the filter, so that a late page of an older one is dropped. */
  #listing = 0;

  constructor(host: DashboardClient, agentId: string) {
    this.#host = host;
    this.#state = { ...INITIAL_STATE, agentId };
  }

  get state(): InboxState {
    return this.#state;
  }

  /** Calls `listener` after each change, until the answered function is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Loads the directory and the list, and stays in step with the host; where it is away, from when it is back. */
  async start(): Promise<void> {
    if (!this.#isListening) {
      this.#isListening = true;
      this.#host.listen({
        onConnected: (isReconnect) => this.#handleConnected(isReconnect),
        onLost: () => this.#set({ live: false }),
        onHint: (hint) => void this.#refresh(hint.conversationId),
        onTyping: (signal) => {
          if (signal.by === 'visitor' && signal.conversationId) {
            this.#showTyping(signal.conversationId, signal.active !== false);
          }
        },
      });
    }
    this.#set({ phase: 'loading' });
    try {
      const [directory, inboxes] = await Promise.all([
        readDirectory(this.#host),
        collect((query) => this.#host.listInboxes(query)),
      ]);
      this.#set({ directory: { ...directory, inboxes } });
      await this.#list();
      this.#set({ phase: 'ready' });
    } catch {
      this.#set({ phase: 'failed' });
    }
  }

  /** Changes which conversations are listed. */
  setFilter(change: Partial<Filter>): void {
    this.#set({ filter: { ...this.#state.filter, ...change }, nextPage: null });
    this.#list().catch(() => this.#set({ live: false }));
  }

  /** Loads the next page of the list. */
  async loadMore(): Promise<void> {
    await this.#list(this.#state.nextPage ?? undefined).catch(() => this.#set({ live: false }));
  }

  /** Opens a conversation, or none. */
  async open(id: string | null): Promise<void> {
    if (this.#state.open?.id === id) return;
    this.#readSeq = 0;
    if (!id) return this.#set({ open: null });
    this.#set({ open: { id, phase: 'loading', events: [], cursor: '', pending: [], failure: null } });
    await this.#refresh(id);
  }

  /** Tries again to load the open conversation. */
  async reload(): Promise<void> {
    const { open } = this.#state;
    if (!open) return;
    this.#set({ open: { ...open, phase: 'loading' } });
    await this.#refresh(open.id);
  }

  /** Sends a reply. It is shown as pending until the host has stored it. */
  reply(text: string): void {
    const { open } = this.#state;
    if (!open) return;
    const reply = { id: crypto.randomUUID(), text, at: new Date().toISOString(), failure: null };
    this.#set({ open: { ...open, pending: [...open.pending, reply] } });
    void this.#post(open.id, reply.id, text);
  }

  /** Sends a failed reply again; its id stays, so it can never arrive twice. */
  retryReply(id: string): void {
    const { open } = this.#state;
    const reply = open?.pending.find((candidate) => candidate.id === id);
    if (!open || !reply) return;
    this.#set(withPendingReply(this.#state, id, { failure: null }));
    void this.#post(open.id, id, reply.text);
  }

  /** Gives up a failed reply. */
  discardReply(id: string): void {
    this.#set(withPendingReply(this.#state, id, null));
  }

  /** The bytes of a file of the open conversation. */
  fetchFile(attachmentId: string): Promise<Blob> {
    return this.#host.attachment(this.#state.open?.id ?? '', attachmentId);
  }

  /** Tells the visitor that the agent writes, now and then. */
  noteTyping(): void {
    const { open } = this.#state;
    if (!open || Date.now() - this.#typedAt < TYPING_EVERY_MS) return;
    this.#typedAt = Date.now();
    // Typing is kept nowhere: when it does not arrive, nothing is lost.
    this.#host.sendTyping(open.id).catch(() => undefined);
  }

  assign(assignment: Assignment): Promise<void> {
    return this.#change((id) => this.#host.assign(id, assignment));
  }

  setLabels(labelIds: string[]): Promise<void> {
    return this.#change((id) => this.#host.setLabels(id, labelIds));
  }

  setCollaborators(collaborators: Collaborators): Promise<void> {
    return this.#change((id) => this.#host.setCollaborators(id, collaborators));
  }

  resolve(): Promise<void> {
    return this.#change((id) => this.#host.resolve(id));
  }

  async #change(run: (id: string) => Promise<Conversation>): Promise<void> {
    const { open } = this.#state;
    if (!open) return;
    this.#set({ open: { ...open, failure: null } });
    try {
      this.#set(withConversations(this.#state, [await run(open.id)]));
      await this.#refresh(open.id);
    } catch (error) {
      const now = this.#state.open;
      if (now?.id === open.id) this.#set({ open: { ...now, failure: describeError(error) } });
    }
  }

  async #post(conversationId: string, id: string, text: string): Promise<void> {
    try {
      await this.#host.reply(conversationId, { id, text });
      await this.#refresh(conversationId);
    } catch (error) {
      this.#set(withPendingReply(this.#state, id, { failure: describeError(error) }));
    }
  }

  async #list(cursor?: string): Promise<void> {
    const listing = (this.#listing += 1);
    const { status, labelId, mine } = this.#state.filter;
    const page = await this.#host.listConversations({
      ...(status !== 'all' && { status }),
      ...(labelId && { labelId }),
      ...(mine && { agentId: this.#state.agentId }),
      ...(cursor && { cursor }),
    });
    if (listing !== this.#listing) return;
    const take = cursor ? withConversations : withOnly;
    this.#set({ ...take(this.#state, page.items), nextPage: page.next });
  }

  /** Hints are not a log: whatever happened while the stream was down has to be asked for. */
  #handleConnected(isReconnect: boolean): void {
    this.#set({ live: true });
    if (this.#state.phase === 'failed') return void this.start();
    if (!isReconnect) return;
    this.#list().catch(() => this.#set({ live: false }));
    if (this.#state.open) void this.#refresh(this.#state.open.id);
  }

  /** Fetches a conversation and, when it is open, its new events. One at a time for each; hints meanwhile count once. */
  async #refresh(id: string): Promise<void> {
    if (this.#refreshing.has(id)) {
      this.#refreshing.set(id, 'again');
      return;
    }
    this.#refreshing.set(id, 'running');
    try {
      do {
        this.#refreshing.set(id, 'running');
        const conversation = await this.#host.getConversation(id);
        const said = conversation.lastMessage;
        // Whoever has just said something is not writing it any more.
        if (said?.author.kind === 'visitor' && said.id !== this.#state.conversations[id]?.lastMessage?.id) {
          this.#showTyping(id, false);
        }
        this.#set(withConversations(this.#state, [conversation]));
        if (this.#state.open?.id === id) await this.#catchUp(id);
      } while (this.#refreshing.get(id) === 'again');
    } catch (error) {
      const { open } = this.#state;
      const isMissing = isClientError(error) && error.code === 'not_found';
      if (open?.id === id && (isMissing || open.phase !== 'ready')) {
        this.#set({ open: { ...open, phase: isMissing ? 'missing' : 'failed' } });
      }
    } finally {
      this.#refreshing.delete(id);
    }
  }

  async #catchUp(id: string): Promise<void> {
    for (;;) {
      const { open } = this.#state;
      if (open?.id !== id) return;
      const page = await this.#host
        .listConversationEvents(id, { after: open.cursor })
        .catch((error: unknown) => {
          // The visitor had everything erased: what is shown is gone, and the log begins anew.
          if (!isClientError(error) || error.code !== 'cursor_expired' || open.cursor === '') throw error;
          return null;
        });
      if (!page) {
        this.#set({ open: { ...open, events: [], cursor: '' } });
        continue;
      }
      this.#set(withEvents(this.#state, id, page.events, page.cursor));
      if (!page.more) break;
    }
    this.#markRead(id);
    await this.#loadFlows();
  }

  /** Fetches the flow versions that the open conversation's paths are about; a version never changes. */
  async #loadFlows(): Promise<void> {
    const missing = new Map<string, FlowPin>();
    for (const event of this.#state.open?.events ?? []) {
      if (event.type !== 'path' || !event.flow) continue;
      const key = flowKey(event.flow);
      if (!(key in this.#state.flows)) missing.set(key, event.flow);
    }
    for (const [key, pin] of missing) {
      const version = await this.#host.getFlowVersion(pin.id, pin.version).catch((error: unknown) => {
        if (isClientError(error) && error.code === 'not_found') return null;
        throw error;
      });
      this.#set({ flows: { ...this.#state.flows, [key]: version?.flow ?? null } });
    }
  }

  /** Tells the host that an agent has seen what is shown. When it does not arrive, the next one says the same. */
  #markRead(id: string): void {
    const { open } = this.#state;
    const last = open?.events.findLast(
      (event) => event.type === 'message' && event.message.author.kind === 'visitor',
    );
    if (open?.id !== id || !last || last.seq <= this.#readSeq || document.visibilityState !== 'visible')
      return;
    this.#readSeq = last.seq;
    this.#host.markRead(id, last.seq).catch(() => undefined);
  }

  #showTyping(id: string, active: boolean): void {
    clearTimeout(this.#typingTimers.get(id));
    this.#typingTimers.delete(id);
    if (active) {
      this.#typingTimers.set(
        id,
        window.setTimeout(() => this.#showTyping(id, false), TYPING_ENDS_MS),
      );
    }
    if (active !== id in this.#state.typing) this.#set(withTyping(this.#state, id, active));
  }

  #set(change: Partial<InboxState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
