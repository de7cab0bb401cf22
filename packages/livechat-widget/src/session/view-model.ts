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
import type { ConsentState } from './identity/consent.ts';

/** Everything that the panel shows. */
export interface View {
  screen: Screen;
  conversation: Conversation;
  config: WidgetConfig | null;
  status: LivechatStatus;
  /** Reason of the host when `status` is `refused`. */
  refusal: string | null;
  /** Whether the panel waits for the messages of an earlier visit. */
  loading: boolean;
  /** Whether the device stores what the visitor writes. */
  kept: boolean;
  /** The text in the composer. */
  draft: string;
  consent: ConsentState;
  /** Whether replies are silent. */
  muted: boolean;
}

/** An empty view. */
const BLANK = {
  conversation: EMPTY_CONVERSATION,
  status: 'idle',
  refusal: null,
  loading: false,
  kept: true,
} satisfies Partial<View>;

/** Codes with which a host refuses permanently. */
const REFUSALS = ['origin_not_allowed', 'not_found', 'inbox_type', 'scope_missing'];

/** Dependencies of a view. */
export interface ViewModelOptions {
  emit: Emit;
  /** Returns the flows for a configuration. */
  flows(config: WidgetConfig | null): Flows;
  /** Called after `action` has changed the conversation. */
  onConversation(conversation: Conversation, action: ConversationAction): void;
}

/** View state of a session. Emits events when the connection or the number of unread messages changes. */
export class ViewModel {
  readonly #options: ViewModelOptions;
  /** The number of unread messages in the last event. */
  #unread = 0;
  readonly atom = atom<View>({
    ...BLANK,
    screen: { messages: [], session: null, run: null, resolved: false },
    config: null,
    draft: '',
    consent: 'not-asked',
    muted: false,
  });

  constructor(options: ViewModelOptions) {
    this.#options = options;
  }

  get current(): View {
    return this.atom.get();
  }

  set(change: Partial<View>): void {
    const before = this.current;
    const view = { ...before, ...change };
    // Typing must not recompute the screen, because the history can be long.
    if (view.conversation !== before.conversation || view.config !== before.config) return this.#show(view);
    this.atom.set(view);
  }

  /** Recomputes the screen after another flow was loaded. */
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
    // Marks visible messages as read before the event is emitted.
    this.#options.onConversation(conversation, action);
    // A change of the outbox affects the number only if it contains a read mark, of this or another tab.
    const isRead = conversation.readByVisitor !== before.readByVisitor;
    if (action.kind !== 'outbox' || isRead) this.#emitUnread();
  }

  /** Resets the view to its empty state. */
  clear(): void {
    this.set(BLANK);
    this.#emitUnread();
  }

  takeConnection(connection: Connection): void {
    const { status } = connection;
    const code = status === 'offline' ? connection.code : '';
    // Hide the loading skeleton when offline.
    if (code) this.set({ loading: false });
    if (code === 'unauthenticated') this.#emitError(code, 'The host rejected the identity token.');
    if (REFUSALS.includes(code)) this.#setStatus('refused', code);
    // For a page whose origin is not allowed, a refusal looks like a network error. Keep the known refusal.
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
    if (refusal) this.#emitError(refusal, `The host rejected the page: ${refusal}.`);
  }

  #emitError(code: string, message: string) {
    this.#options.emit('livechat-error', { code, message });
  }

  #emitUnread() {
    const { unread } = this.current.conversation;
    if (unread !== this.#unread) this.noteUnread(unread);
  }

  /** Emits the number of unread messages. `peek` calls it before the conversation is loaded. */
  noteUnread(count: number): void {
    this.#unread = count;
    this.#options.emit('livechat-unread', { count });
  }
}
