import type { VisitorStorage } from '../storage/visitor-storage.ts';

/** A reply that an agent has begun to write in one conversation. */
export interface AgentDraft {
  conversationId: string;
  /** The id that the reply will have. */
  id: string;
  text: string;
}

/** What the drafts need. */
export interface AgentDraftsOptions {
  storage: VisitorStorage;
  newId(): string;
  /** Called for each change that this page made; an empty text means that the draft is gone. */
  onChange(draft: AgentDraft): void;
}

const PREFIX = 'draft:';

/**
 * One draft per conversation. Each change is stored at once, so that a page that goes away loses nothing.
 *
 * A draft has the id of the reply it becomes. Where a page ended between storing a reply and deleting its
 * draft, the id shows that the draft was sent. Text that is written on in such a draft is a new reply, so it
 * gets a new id.
 */
export class AgentDrafts {
  readonly #options: AgentDraftsOptions;
  readonly #drafts = new Map<string, AgentDraft>();
  /** Conversations whose draft came from storage or from another tab. */
  readonly #received = new Set<string>();

  constructor(options: AgentDraftsOptions) {
    this.#options = options;
  }

  /** Reads what an earlier page stored. Drafts for which `isSent` returns true are deleted. */
  async load(isSent: (id: string) => boolean): Promise<void> {
    for (const draft of await this.#options.storage.readAll<AgentDraft>(PREFIX)) {
      this.#drafts.set(draft.conversationId, draft);
      this.#received.add(draft.conversationId);
      if (isSent(draft.id)) this.set(draft.conversationId, '');
    }
  }

  /** Returns the draft of a conversation. */
  get(conversationId: string): AgentDraft | undefined {
    return this.#drafts.get(conversationId);
  }

  /** Returns the conversations that have a draft. */
  conversationIds(): string[] {
    return [...this.#drafts.keys()];
  }

  /** Replaces the text; an empty text deletes the draft. */
  set(conversationId: string, text: string): void {
    const current = this.#drafts.get(conversationId);
    if (text === (current?.text ?? '')) return;
    const wasReceived = this.#received.delete(conversationId);
    const keepsId = current && (text === '' || !wasReceived);
    const draft = { conversationId, text, id: keepsId ? current.id : this.#options.newId() };
    this.#put(draft);
    this.store(conversationId);
    this.#options.onChange(draft);
  }

  /** Takes the draft out of memory. It stays on the device until `store` is called. */
  take(conversationId: string): AgentDraft | undefined {
    const draft = this.#drafts.get(conversationId);
    this.#drafts.delete(conversationId);
    this.#received.delete(conversationId);
    if (draft) this.#options.onChange({ ...draft, text: '' });
    return draft;
  }

  /** Makes the device agree with memory. */
  store(conversationId: string): void {
    const { storage } = this.#options;
    // Storage that fails goes on in memory by itself.
    void storage.write(PREFIX + conversationId, this.#drafts.get(conversationId)).catch(() => {});
  }

  /**
   * Takes over a change of another tab, which has stored it. A deletion concerns only the draft of that id.
   */
  receive(draft: AgentDraft): void {
    if (draft.text === '' && this.#drafts.get(draft.conversationId)?.id !== draft.id) return;
    this.#put(draft);
    this.#received.add(draft.conversationId);
  }

  #put(draft: AgentDraft): void {
    if (draft.text === '') this.#drafts.delete(draft.conversationId);
    else this.#drafts.set(draft.conversationId, draft);
  }
}
