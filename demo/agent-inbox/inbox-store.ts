/**
 * The store of the agent inbox: reads the host, follows its hints, and holds the agent's drafts and replies.
 *
 * @module
 */
import pLimit from 'p-limit';
import { browserRuntime, type Runtime } from '@alur/client';
import { collect, type AgentReplies, type AgentReply, type DashboardClient } from '@alur/client/dashboard';
import type { Assignment, Collaborators, Conversation } from '@alur/protocol';
import { describeError } from '../shared/describe-error.ts';
import { readDirectory } from '../shared/host.ts';
import { ConversationSync } from './conversation-sync.ts';
import {
  INITIAL_STATE,
  withConversations,
  withFailure,
  withOnly,
  withTyping,
  type Filter,
  type InboxState,
} from './inbox-state.ts';
import type { FileSize } from './message-file.ts';
import { documentVisibility, type PageVisibility } from './page-visibility.ts';
import { ReadMarker } from './read-marker.ts';
import { Retries } from './retries.ts';
import { StateCell } from './state-cell.ts';
import { TypingWatch } from './typing-watch.ts';

/** Minimum time between two typing signals to the visitor, in milliseconds. */
const TYPING_EVERY_MS = 3_000;

/** Options of the store. */
export interface InboxStoreOptions {
  host: DashboardClient;
  replies: AgentReplies;
  agentId: string;
  /** Default: the browser's. */
  runtime?: Pick<Runtime, 'after' | 'random' | 'now'>;
  /** Default: that of the document. */
  visibility?: PageVisibility;
}

/** State, methods that change it, and subscriptions. Every change names its conversation. */
export class InboxStore {
  readonly replies: AgentReplies;
  readonly #host: DashboardClient;
  readonly #cell: StateCell<InboxState>;
  readonly #sync: ConversationSync;
  readonly #retries: Retries;
  readonly #typing: TypingWatch;
  readonly #runtime: Pick<Runtime, 'now'>;
  readonly #readMarker: ReadMarker;
  /** When the visitor of each conversation was last notified that the agent is typing. */
  readonly #typedAt = new Map<string, number>();
  /** A long conversation has many images, and the host limits simultaneous downloads per client. */
  readonly #fetchFew = pLimit(4);
  /** Sent replies for which the log has been read. */
  readonly #loggedReplies = new Set<string>();
  #isListening = false;
  /** Counts changes of the filter, so that a late page of an earlier filter is dropped. */
  #listRequests = 0;

  constructor({ host, replies, agentId, ...options }: InboxStoreOptions) {
    const runtime = options.runtime ?? browserRuntime();
    this.#host = host;
    this.replies = replies;
    this.#runtime = runtime;
    const cell = new StateCell<InboxState>({ ...INITIAL_STATE, agentId, unfinished: replies.unfinished() });
    this.#cell = cell;
    this.#readMarker = new ReadMarker(host, cell, options.visibility ?? documentVisibility);
    this.#retries = new Retries(runtime, (retrying) => cell.set({ retrying }));
    this.#typing = new TypingWatch(runtime, (id, isTyping) => cell.set(withTyping(cell.value, id, isTyping)));
    this.#sync = new ConversationSync({
      host,
      cell,
      retries: this.#retries,
      onVisitorMessage: (id) => this.#typing.note(id, false),
      onCaughtUp: () => {
        this.#noteShown();
        this.#readMarker.mark();
      },
    });
  }

  get state(): InboxState {
    return this.#cell.value;
  }

  /** Calls `listener` after each change. Returns an unsubscribe function. */
  subscribe(listener: () => void): () => void {
    return this.#cell.subscribe(listener);
  }

  /** Loads the directory and the list, and follows the host. Starts over when an unreachable host is back. */
  async start(): Promise<void> {
    this.#subscribe();
    this.#cell.set({ phase: 'loading' });
    try {
      const [directory, inboxes] = await Promise.all([
        readDirectory(this.#host),
        collect((query) => this.#host.listInboxes(query)),
      ]);
      this.#cell.set({ directory: { ...directory, inboxes } });
      await this.#readList();
      this.#cell.set({ phase: 'ready' });
    } catch {
      this.#cell.set({ phase: 'failed' });
      return;
    }
    for (const id of this.state.unfinished) {
      if (!(id in this.state.conversations)) void this.#sync.refresh(id);
    }
  }

  #subscribe(): void {
    if (this.#isListening) return;
    this.#isListening = true;
    this.replies.subscribe(() => this.#handleReplies());
    this.#host.subscribe({
      onConnected: (isReconnect) => this.#handleConnected(isReconnect),
      onLost: () => this.#cell.set({ live: false }),
      onHint: (hint) => void this.#sync.refresh(hint.conversationId),
      onTyping: (signal) => {
        if (signal.by === 'visitor' && signal.conversationId) {
          this.#typing.note(signal.conversationId, signal.active !== false);
        }
      },
    });
  }

  /** Changes which conversations are listed. */
  setFilter(change: Partial<Filter>): void {
    this.#cell.set({ filter: { ...this.state.filter, ...change }, nextPage: null });
    void this.#list();
  }

  /** Loads the next page of the list. */
  async loadMore(): Promise<void> {
    await this.#list(this.state.nextPage ?? undefined);
  }

  /** Opens a conversation, or none. */
  async open(id: string | null): Promise<void> {
    if (this.state.open?.id === id) return;
    if (!id) return this.#cell.set({ open: null });
    this.#cell.set({ open: { id, phase: 'loading', events: [], cursor: '' } });
    await this.#sync.refresh(id);
  }

  /** Loads the open conversation again. */
  async reload(): Promise<void> {
    const { open } = this.state;
    if (!open) return;
    this.#cell.set({ open: { ...open, phase: 'loading' } });
    await this.#sync.refresh(open.id);
  }

  /** Repeats failed reads and waiting replies now. */
  retryNow(): void {
    this.#retries.runNow();
    this.replies.retryNow();
  }

  /**
   * Returns the replies of a conversation that the log does not show. Only the open conversation has a log.
   */
  repliesOf(id: string): readonly AgentReply[] {
    const shown = this.state.open?.id === id ? this.#shownIds() : new Set<string>();
    return this.replies.repliesOf(id).filter((reply) => !shown.has(reply.id));
  }

  /** Stores the text that the agent is writing, and signals typing to the visitor at intervals. */
  setDraft(id: string, text: string): void {
    this.replies.setDraft(id, text);
    const now = this.#runtime.now();
    if (!text.trim() || now - (this.#typedAt.get(id) ?? 0) < TYPING_EVERY_MS) return;
    this.#typedAt.set(id, now);
    // Typing is not stored: a lost signal does no harm.
    this.#host.sendTyping(id).catch(() => undefined);
  }

  /** Returns the bytes of a file of a conversation, or of its thumbnail. */
  fetchFile(id: string, attachmentId: string, size: FileSize): Promise<Blob> {
    return this.#fetchFew(() => this.#host.attachment(id, attachmentId, { size }));
  }

  assign(id: string, assignment: Assignment): Promise<void> {
    return this.#change(id, () => this.#host.assign(id, assignment));
  }

  setLabels(id: string, labelIds: string[]): Promise<void> {
    return this.#change(id, () => this.#host.setLabels(id, labelIds));
  }

  setCollaborators(id: string, collaborators: Collaborators): Promise<void> {
    return this.#change(id, () => this.#host.setCollaborators(id, collaborators));
  }

  resolve(id: string): Promise<void> {
    return this.#change(id, () => this.#host.resolve(id));
  }

  async #change(id: string, run: () => Promise<Conversation>): Promise<void> {
    this.#cell.set(withFailure(this.state, id, null));
    try {
      this.#cell.set(withConversations(this.state, [await run()]));
    } catch (error) {
      this.#cell.set(withFailure(this.state, id, describeError(error)));
      return;
    }
    await this.#sync.refresh(id);
  }

  /** Reads a page of the list, and repeats the read until it succeeds. */
  #list(cursor?: string): Promise<void> {
    // A permanent refusal leaves the list unchanged.
    return this.#retries.run(
      'list',
      () => this.#readList(cursor),
      () => undefined,
    );
  }

  async #readList(cursor?: string): Promise<void> {
    const request = (this.#listRequests += 1);
    const { status, labelId, mine } = this.state.filter;
    const page = await this.#host.listConversations({
      ...(status !== 'all' && { status }),
      ...(labelId && { labelId }),
      ...(mine && { agentId: this.state.agentId }),
      ...(cursor && { cursor }),
    });
    if (request !== this.#listRequests) return;
    const update = cursor ? withConversations : withOnly;
    this.#cell.set({ ...update(this.state, page.items), nextPage: page.next });
  }

  /** Hints are not a log: read everything again after the stream was down. */
  #handleConnected(isReconnect: boolean): void {
    this.#cell.set({ live: true });
    if (this.state.phase === 'failed') return void this.start();
    if (!isReconnect) return;
    void this.#list();
    if (this.state.open) void this.#sync.refresh(this.state.open.id);
  }

  #handleReplies(): void {
    this.#cell.set({ unfinished: this.replies.unfinished() });
    const { open } = this.state;
    if (open?.phase !== 'ready') return;
    // Read the log at once after the host accepted a reply, also while the stream is down.
    const sent = this.repliesOf(open.id).filter(
      ({ id, state }) => state === 'sent' && !this.#loggedReplies.has(id),
    );
    for (const { id } of sent) this.#loggedReplies.add(id);
    if (sent.length > 0) void this.#sync.refresh(open.id);
  }

  #shownIds(): Set<string> {
    const events = this.state.open?.events ?? [];
    return new Set(events.flatMap((event) => (event.type === 'message' ? [event.message.id] : [])));
  }

  #noteShown(): void {
    const { open } = this.state;
    if (open) this.replies.noteShown(open.id, this.#shownIds());
  }
}
