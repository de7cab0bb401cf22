import type { Runtime, VisitorClient, WidgetConfig } from '@alur/client';
import type { Conversation } from '../store/conversation.ts';

/** Messages that are kept for the next page. */
const MESSAGES = 50;
/** Changes come in swarms; the last one is kept. */
const KEEP_MS = 300;

type Debounced = 'conversation' | 'draft';

/** What of a conversation is kept on the device. */
type KeptConversation = Omit<Conversation, 'answered' | 'pending' | 'seq' | 'unread' | 'typing'>;

/** What is being written, and the id that it will have as a turn. */
interface KeptDraft {
  id: string;
  text: string;
}

/**
 * What one visitor's device remembers beyond the outbox: the last screen, the configuration, what is being
 * written.
 */
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
    const { recall } = this.#client;
    const [config, conversation, draft, muted] = await Promise.all([
      recall<WidgetConfig>('config'),
      recall<KeptConversation>('conversation'),
      recall<KeptDraft>('draft'),
      recall<boolean>('muted'),
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
    // What was sent is gone at once: whoever closes the page after Enter shall not find it again as not sent.
    if (draft) this.#keep('draft', draft);
    else this.#remember('draft', draft);
  }

  /**
   * Removes the draft from the device, if one was kept: it goes along with a visitor who says who they are.
   */
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

  /** Keeps nothing more. */
  stop(): void {
    this.#cancel.conversation();
    this.#cancel.draft();
  }
}
