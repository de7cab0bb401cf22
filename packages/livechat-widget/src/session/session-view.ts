import { isClientError, type Connection, type WidgetConfig } from '@alur/client';
import { atom } from 'nanostores';
import type { Emit, LivechatStatus } from '../events.ts';
import {
  EMPTY_CONVERSATION,
  reduce,
  type Conversation,
  type ConversationAction,
} from '../store/conversation.ts';
import { screenOf, type Flows, type Screen } from '../store/screen.ts';
import type { ConsentState } from './consent.ts';

/** Everything the panel shows. */
export interface View {
  screen: Screen;
  conversation: Conversation;
  config: WidgetConfig | null;
  status: LivechatStatus;
  /** Why the host refuses, when `status` is `refused`. */
  refusal: string | null;
  /** Whether history is still awaited that ought to be there. */
  loading: boolean;
  /** Whether what is written survives the page. */
  kept: boolean;
  /** The text in the composer. */
  draft: string;
  consent: ConsentState;
  /** Whether a reply that nobody looks at makes no sound. */
  muted: boolean;
}

/** A view in which nothing has been said and nobody is there. */
const BLANK = {
  conversation: EMPTY_CONVERSATION,
  status: 'idle',
  refusal: null,
  loading: false,
  kept: true,
} satisfies Partial<View>;

/** Codes with which a host shuts its door for good. */
const REFUSALS = ['origin_not_allowed', 'not_found', 'inbox_type', 'scope_missing'];

/** What a view needs. */
export interface SessionViewOptions {
  emit: Emit;
  /** The flows at hand for a configuration. */
  flows(config: WidgetConfig | null): Flows;
  /** The conversation is another one after `action`. */
  onConversation(conversation: Conversation, action: ConversationAction): void;
}

/**
 * What there is to see of a session. It tells the page what became of the line and of the number of unread
 * messages.
 */
export class SessionView {
  readonly #options: SessionViewOptions;
  /** The number of unread messages that the page knows. */
  #unread = 0;
  readonly atom = atom<View>({
    ...BLANK,
    screen: { messages: [], session: null, run: null, resolved: false },
    config: null,
    draft: '',
    consent: 'not-asked',
    muted: false,
  });

  constructor(options: SessionViewOptions) {
    this.#options = options;
  }

  get current(): View {
    return this.atom.get();
  }

  set(change: Partial<View>): void {
    const before = this.current;
    const view = { ...before, ...change };
    // Not with each letter that is typed: a history is long.
    if (view.conversation !== before.conversation || view.config !== before.config) return this.#show(view);
    this.atom.set(view);
  }

  /** Computes the screen anew: another flow is at hand. */
  refresh(): void {
    this.#show(this.current);
  }

  #show(view: View) {
    this.atom.set({ ...view, screen: screenOf(view.conversation, this.#options.flows(view.config)) });
  }

  reduce(action: ConversationAction): void {
    const before = this.current.conversation;
    const conversation = reduce(before, action);
    if (conversation === before) return;
    this.set({ conversation });
    // Whoever looks at it has read it by the time the page is told.
    this.#options.onConversation(conversation, action);
    // What is queued says nothing of it, unless it says that all was read, here or in another tab.
    const isRead = conversation.readByVisitor !== before.readByVisitor;
    if (action.kind !== 'outbox' || isRead) this.#tellUnread();
  }

  /** Starts over with nothing to show. */
  clear(): void {
    this.set(BLANK);
    this.#tellUnread();
  }

  takeConnection(connection: Connection): void {
    const { status } = connection;
    const code = status === 'offline' ? connection.code : '';
    // Somebody who cannot reach the host shall not stare at a skeleton.
    if (code) this.set({ loading: false });
    if (code === 'unauthenticated') this.#tellError(code, 'The host refuses the identity token.');
    if (REFUSALS.includes(code)) this.#setStatus('refused', code);
    // To a page that may not ask, a shut door looks like a cut line: what the host said of it before still
    // holds.
    else if (status === 'online' || !this.current.refusal) this.#setStatus(status);
  }

  takeFault(error: unknown): void {
    if (isClientError(error) && REFUSALS.includes(error.code)) this.#setStatus('refused', error.code);
  }

  #setStatus(status: LivechatStatus, refusal: string | null = null) {
    if (this.current.status === status) return;
    const { emit } = this.#options;
    this.set({ status, refusal });
    emit('livechat-status', { status });
    if (refusal) this.#tellError(refusal, `The host refuses: ${refusal}.`);
  }

  #tellError(code: string, message: string) {
    this.#options.emit('livechat-error', { code, message });
  }

  #tellUnread() {
    const { unread } = this.current.conversation;
    if (unread !== this.#unread) this.noteUnread(unread);
  }

  /** Tells the page how many messages are unread; from outside, before the conversation is here. */
  noteUnread(count: number): void {
    this.#unread = count;
    this.#options.emit('livechat-unread', { count });
  }
}
