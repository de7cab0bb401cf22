import type { Runtime, VisitorClient, WidgetConfig } from '@alur/client';
import type { Conversation } from '../store/conversation.ts';

/** Maximum number of messages stored for the next page. */
const MESSAGES = 50;
/** Debounce time of writes, in milliseconds. The last of several changes is stored. */
const KEEP_MS = 300;

type Debounced = 'conversation' | 'draft';

/** The stored part of a conversation. */
type KeptConversation = Omit<Conversation, 'answered' | 'pending' | 'seq' | 'unread' | 'typing'>;

/** The draft, with the id that its turn will have. */
interface KeptDraft {
  id: string;
  text: string;
}

/** Stored data of one visitor besides the outbox: the last screen, the configuration, the draft. */
export class DeviceCache {
  readonly #client: VisitorClient;
  readonly #runtime: Runtime;
  #hasDraft = false;
  #cancel: Record<Debounced, () => void> = { conversation() {}, draft() {} };

  constructor(client: VisitorClient, runtime: Runtime) {
    this.#client = client;
    this.#runtime = runtime;
  }

  async recall() {
    const client = this.#client;
    const [config, conversation, draft, muted] = await Promise.all([
      client.recall<WidgetConfig>('config'),
      client.recall<KeptConversation>('conversation'),
      client.recall<KeptDraft>('draft'),
      client.recall<boolean>('muted'),
    ]);
    if (draft) this.#hasDraft = true;
    return { config, conversation, draft, muted };
  }

  keepConfig(config: WidgetConfig): void {
    this.#remember('config', config);
  }

  keepMuted(muted: boolean): void {
    this.#remember('muted', muted);
  }

  keepConversation(conversation: Conversation): void {
    const { answered: _, pending: _p, seq: _s, unread: _u, typing: _t, ...rest } = conversation;
    const { messages, more } = rest;
    this.#keep('conversation', {
      ...rest,
      messages: messages.slice(-MESSAGES),
      more: more || messages.length > MESSAGES,
    } satisfies KeptConversation);
  }

  keepDraft(draft: KeptDraft | ''): void {
    this.#hasDraft = true;
    this.#cancel.draft();
    // A sent draft is deleted immediately, so that a page that is closed after Enter does not restore it as
    // unsent.
    if (draft) this.#keep('draft', draft);
    else this.#remember('draft', draft);
  }

  /** Deletes the stored draft, if there is one. The text itself stays with the visitor after `identify`. */
  releaseDraft(): void {
    if (this.#hasDraft) this.keepDraft('');
  }

  #keep(key: Debounced, value: unknown) {
    this.#cancel[key]();
    this.#cancel[key] = this.#runtime.after(KEEP_MS, () => this.#remember(key, value));
  }

  #remember(key: string, value: unknown) {
    void this.#client.remember(key, value).catch(() => {});
  }

  /** Cancels pending writes. */
  stop(): void {
    this.#cancel.conversation();
    this.#cancel.draft();
  }
}
