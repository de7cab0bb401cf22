import type { VisitorStorage } from '../storage/visitor-storage.ts';

/** Reply in one conversation that an agent has started to write. */
export interface AgentDraft {
  conversationId: string;
  /** Id that the reply will have. */
  id: string;
  text: string;
}

/** Dependencies of the drafts. */
export interface AgentDraftsOptions {
  storage: VisitorStorage;
  newId(): string;
  /** Called for each change that this page made. An empty text means that the draft was deleted. */
  onChange(draft: AgentDraft): void;
}

const PREFIX = 'draft:';

/**
 * One draft per conversation. Each change is stored immediately, so that a closed page loses nothing.
 *
 * A draft has the id of its reply. If a page is closed after it stores a reply and before it deletes the
 * draft, the id shows that the draft was sent. Text that is added to such a draft is a new reply with a new
 * id.
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

  /** Replaces the text. An empty text deletes the draft. */
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

  /** Removes the draft from memory and returns it. It stays on the device until `store` is called. */
  take(conversationId: string): AgentDraft | undefined {
    const draft = this.#drafts.get(conversationId);
    this.#drafts.delete(conversationId);
    this.#received.delete(conversationId);
    if (draft) this.#options.onChange({ ...draft, text: '' });
    return draft;
  }

  /** Stores or deletes the draft on the device, as it is in memory. */
  store(conversationId: string): void {
    const { storage } = this.#options;
    // Storage that fails continues in memory automatically.
    void storage.write(PREFIX + conversationId, this.#drafts.get(conversationId)).catch(() => {});
  }

  /** Applies a change that another tab made and stored. A deletion affects only the draft with that id. */
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
