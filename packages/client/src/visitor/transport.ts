import type { EventPage, TurnResult, VisitorConversation } from '@alur/protocol';
import { ClientError, isClientError } from '../client-error.ts';
import type { FeedSource } from '../live/live-feed.ts';
import type { Frame } from '../live/frame-parser.ts';
import { readStream } from '../live/read-stream.ts';
import type { OutboxEntry, VisitorNote } from '../outbox/outbox-rows.ts';
import { send, type Call } from '../request.ts';
import type { Runtime } from '../runtime.ts';
import type { VisitorStorage } from '../storage/visitor-storage.ts';
import { createCredentials, type Credentials } from './credentials.ts';
import { widgetUrl, type InboxAddress } from './inbox-address.ts';
import { createVisitorApi, type ConversationPage, type VisitorApi } from './visitor-api.ts';

/** Dependencies of a transport. */
export interface TransportOptions {
  runtime: Runtime;
  address: InboxAddress;
  /** Returns a JWT that the site's backend signed for this visitor. Undefined for an anonymous visitor. */
  identity: (() => Promise<string>) | undefined;
  storage(): Promise<VisitorStorage>;
  /** Runs `action` while no other tab runs it. */
  exclusively<T>(action: () => Promise<T>): Promise<T>;
  /** Called with each new token. `isNew` is true when the visitor id has changed. */
  onVisitor(visitorId: string, isNew: boolean): void;
}

/** Calls of the visitor API in the name of one visitor, and the host's clock. */
export class Transport implements FeedSource {
  readonly api: VisitorApi;
  /** Whether the host was asked to erase the visitor and has not refused. */
  isErased = false;
  /** Whether the client is closed. */
  isClosed = false;
  readonly #options: TransportOptions;
  readonly #credentials: Credentials;
  #clockOffset = 0;

  constructor(options: TransportOptions) {
    const { runtime, address, storage, exclusively, onVisitor } = options;
    this.#options = options;
    this.api = createVisitorApi(runtime, address);
    this.#credentials = createCredentials({
      runtime,
      storage,
      create: () => this.#createVisitor(),
      refresh: this.api.refresh,
      exclusively,
      onSession: (session, isNew) => {
        this.noteClock(session.serverTime);
        onVisitor(session.visitorId, isNew);
      },
    });
  }

  async #createVisitor() {
    const identity = await this.#options.identity?.().catch((cause: unknown) => {
      // The site's backend is unreachable. That is temporary, like any network error.
      throw new ClientError('network', 'No identity token.', { cause });
    });
    // After `forget` or `erase`, a pending request must not create a new visitor.
    if (this.isClosed || this.isErased)
      throw new ClientError('unauthenticated', 'The client is closed or its visitor is erased.');
    return this.api.createVisitor(identity === undefined ? {} : { identity }).catch((error) => {
      // A rejected identity token is permanent: do not retry soon.
      throw error.status === 401
        ? new ClientError('unauthenticated', 'The host rejected the identity token.', { status: 403 })
        : error;
    });
  }

  /** Calls `call` with a token, and once more with a new token after a 401. */
  async authorized<T>(call: (token: string) => Promise<T>): Promise<T> {
    const token = await this.#credentials.token();
    try {
      return await call(token);
    } catch (error) {
      if (!isClientError(error) || error.status !== 401) throw error;
      this.#credentials.reject(token);
      return call(await this.#credentials.token());
    }
  }

  /** Sends a request with a token to `path` of the visitor API. Returns the result of `read`. */
  request<T>(
    path: string,
    call: Omit<Call, 'url' | 'token'>,
    read: (response: Response) => Promise<T>,
  ): Promise<T> {
    const { runtime, address } = this.#options;
    return this.authorized((token) => send(runtime, { url: widgetUrl(address, path), token, ...call }, read));
  }

  /** Returns true if the visitor is known, so that a call would not create one. */
  knowsVisitor(): Promise<boolean> {
    return this.#credentials.known();
  }

  /** Returns true if another page has deleted or replaced the visitor that this page knows. */
  isForgotten(): Promise<boolean> {
    return this.#credentials.isForgotten();
  }

  /** Returns the conversation with a page of its messages. */
  async conversation(page: ConversationPage): Promise<VisitorConversation> {
    const conversation = await this.authorized((token) => this.api.conversation(token, page));
    this.noteClock(conversation.serverTime);
    return conversation;
  }

  snapshot(signal: AbortSignal): Promise<VisitorConversation> {
    return this.conversation({ signal });
  }

  stream(cursor: string, onFrame: (frame: Frame) => void, signal: AbortSignal): Promise<void> {
    const { runtime, address } = this.#options;
    return this.authorized((token) => {
      const url = widgetUrl(address, 'stream');
      const headers: Record<string, string> = cursor ? { 'Last-Event-ID': cursor } : {};
      return readStream(runtime, { url, token, headers, onFrame, signal });
    });
  }

  poll(after: string, signal: AbortSignal): Promise<EventPage> {
    return this.authorized((token) => this.api.events(token, { after, wait: 25 }, signal));
  }

  /** Sends an outbox entry under turn number `seq`. Returns the result of a turn. */
  deliver(entry: OutboxEntry, seq: number): Promise<TurnResult | undefined> {
    const { api } = this;
    return this.authorized<TurnResult | undefined>((token) => {
      // Only agents' storage contains replies.
      if (entry.kind !== 'turn')
        return api.note(token, entry as OutboxEntry<VisitorNote>).then(() => undefined);
      // Only the difference to `input.at` matters, so a wrong clock does no harm.
      const waited = Math.max(0, this.#options.runtime.now() - entry.queuedAt);
      const sentAt = new Date(Date.parse(entry.turn.input.at) + waited).toISOString();
      return api.submitTurn(token, { ...entry.turn, seq, sentAt });
    });
  }

  /** Returns the host's time as far as it is known, in milliseconds. */
  hostNow(): number {
    return this.#options.runtime.now() + this.#clockOffset;
  }

  /** Sets the host's clock. */
  noteClock(serverTime: string): void {
    const time = Date.parse(serverTime);
    if (Number.isFinite(time)) this.#clockOffset = time - this.#options.runtime.now();
  }
}
