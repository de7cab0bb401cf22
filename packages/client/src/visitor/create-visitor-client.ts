import type { PublicFlow, TurnResult } from '@alur/protocol';
import { ClientError, isClientError } from '../client-error.ts';
import { createLiveFeed, type Connection, type FeedSignal } from '../live/live-feed.ts';
import { readStream } from '../live/read-stream.ts';
import { send } from '../request.ts';
import { remedyFor } from '../retry-policy.ts';
import { createOutbox, type OutboxPatch } from '../outbox/outbox.ts';
import type { OutboxEntry, VisitorNote } from '../outbox/outbox-rows.ts';
import { browserRuntime, type Runtime } from '../runtime.ts';
import { createMemoryStorage } from '../storage/memory-storage.ts';
import { storageFor } from '../storage/persistence.ts';
import { CACHE_PREFIX, type VisitorStorage } from '../storage/visitor-storage.ts';
import { createLeadership } from '../tabs/leadership.ts';
import { takeLease } from '../tabs/take-lease.ts';
import { withLock } from '../tabs/with-lock.ts';
import { openTabChannel } from '../tabs/tab-channel.ts';
import { createCredentials } from './credentials.ts';
import { widgetUrl, type InboxAddress } from './inbox-address.ts';
import { createVisitorApi } from './visitor-api.ts';
import { watchPage } from './watch-page.ts';
import type { Forgetting, VisitorClient, VisitorClientOptions, VisitorSignal } from './visitor-client.ts';
import {
  everybodyAt,
  hasVisitorRecord,
  markConsent,
  markVisitor,
  storageName,
  type VisitorPlace,
} from './visitor-marker.ts';

/** Time after which a tab that does not lead becomes a follower. */
const FOLLOW_MS = 50;
/** Maximum wait for the host after the visitor withdraws consent, and the time between later attempts. */
const ERASE_WAIT_MS = 3_000;
const ERASE_MS = 30_000;

type TabMessage =
  | { kind: 'signal'; signal: FeedSignal }
  | { kind: 'patch'; patch: OutboxPatch }
  | { kind: 'shared'; key: string; value: unknown }
  | { kind: 'forgotten'; why: Forgetting }
  | { kind: 'who-leads' }
  | { kind: 'i-lead'; connection: Connection };

/** Creates a client for one visitor of one inbox. */
export function createVisitorClient(given: VisitorClientOptions): VisitorClient {
  // Ignore properties that a page adds to `Object.prototype`.
  const options: VisitorClientOptions = Object.assign(Object.create(null), given);
  const address: InboxAddress = { host: options.host, inboxId: options.inboxId };
  const { who, persist = 'browser' } = options;
  const place: VisitorPlace = { ...address, who, persist };
  const name = storageName(address, who);
  const runtime: Runtime = { ...browserRuntime(), ...options.runtime };
  // Only storage in `browser` mode is shared with other tabs.
  const isShared = persist === 'browser';
  const locks = !isShared ? undefined : 'locks' in options ? options.locks : globalThis.navigator?.locks;
  const api = createVisitorApi(runtime, address);
  const listeners = new Set<(signal: VisitorSignal) => void>();
  const tab = runtime.newId();
  let opened: Promise<VisitorStorage> | null = null;
  let clockOffset = 0;
  let connection: Connection = { status: 'idle' };
  let wanted = false;
  let joined = false;
  /** The page was hidden or frozen. It may come back. */
  let away = false;
  let closed = false;
  /** The host was asked to erase the visitor and has not refused. */
  let erased = false;

  function emit(signal: VisitorSignal) {
    for (const listener of listeners) listener(signal);
  }
  function storage(): Promise<VisitorStorage> {
    // Marked before anything is stored: `forget` only looks for marked storage.
    if (!opened) markVisitor(place, true);
    const onFallback = () => {
      emit({ kind: 'not-kept' });
      return outbox.entries;
    };
    opened ??= (
      options.storage ? options.storage(name, onFallback) : storageFor(persist, name, runtime, onFallback)
    ).catch(() => {
      // When no storage opens, use memory, so that the visitor can always chat.
      onFallback();
      return createMemoryStorage();
    });
    return opened;
  }
  function hasData(): boolean {
    return opened !== null || hasVisitorRecord(place);
  }
  function noteClock(serverTime: string) {
    const time = Date.parse(serverTime);
    if (Number.isFinite(time)) clockOffset = time - runtime.now();
  }

  const credentials = createCredentials({
    runtime,
    storage,
    create: async () => {
      const identity = await options.identity?.().catch((cause: unknown) => {
        // The site's backend is unreachable. That is temporary, like any network error.
        throw new ClientError('network', 'No identity token.', { cause });
      });
      // After `forget` or `erase`, a pending request must not create a new visitor.
      if (closed || erased) throw new ClientError('unauthenticated', 'Gone.');
      return api.createVisitor(identity === undefined ? {} : { identity }).catch((error) => {
        // A rejected identity token is permanent: do not retry soon.
        throw error.status === 401
          ? new ClientError('unauthenticated', 'The host refuses the identity token.', { status: 403 })
          : error;
      });
    },
    refresh: api.refresh,
    exclusively: (action) => withLock(locks, `${name}|token`, runtime, action),
    onSession(session, isNew) {
      noteClock(session.serverTime);
      emit({ kind: 'visitor', visitorId: session.visitorId });
      if (isNew) feed.reset();
    },
  });

  /** Calls `call` with a token, and once more with a new token after a 401. */
  async function authorized<T>(call: (token: string) => Promise<T>): Promise<T> {
    const token = await credentials.token();
    try {
      return await call(token);
    } catch (error) {
      if (!isClientError(error) || error.status !== 401) throw error;
      credentials.reject(token);
      return call(await credentials.token());
    }
  }
  async function snapshot(query: { before?: number; limit?: number; signal?: AbortSignal | undefined }) {
    const conversation = await authorized((token) => api.conversation(token, query));
    noteClock(conversation.serverTime);
    return conversation;
  }

  const openChannel = isShared ? openTabChannel<TabMessage> : () => ({ post() {}, close() {} });
  const channel = openChannel(name, (message) => {
    if (message.kind === 'shared') emit(message);
    else if (message.kind === 'forgotten') {
      emit(message);
      client.close();
    } else if (message.kind === 'who-leads') {
      if (leadership.leading) {
        channel.post({ kind: 'i-lead', connection });
        // A tab can crash after it stores an entry and before it broadcasts it. The leader sends such
        // entries.
        void outbox.setDraining(true);
      }
    } else if (message.kind === 'i-lead') {
      leadership.heard();
      if (wanted && !leadership.leading)
        handleFeedSignal({ kind: 'connection', connection: message.connection });
    } else if (message.kind === 'patch') {
      emitAnswer(message.patch);
      // The outbox may send the next entry immediately. The screen must know the result of this one first.
      if (opened) outbox.receive(message.patch);
      emitOutbox();
    } else if (wanted && !leadership.leading) feed.relay(message.signal);
  });

  function handleFeedSignal(signal: FeedSignal) {
    if (signal.kind === 'clock') return noteClock(signal.serverTime);
    if (signal.kind === 'connection') {
      // The host is reachable: send waiting entries now.
      if (signal.connection.status === 'online' && connection.status !== 'online') outbox.retryNow();
      connection = signal.connection;
    }
    emit(signal);
    if (signal.kind === 'snapshot') {
      outbox.noteSeq(signal.conversation.seq);
      emitOutbox();
    }
  }
  const feed = createLiveFeed({
    runtime,
    snapshot: (signal) => snapshot({ signal }),
    stream: (cursor, onFrame, signal) =>
      authorized((token) => {
        const url = widgetUrl(address, 'stream');
        const headers: Record<string, string> = cursor ? { 'Last-Event-ID': cursor } : {};
        return readStream(runtime, { url, token, headers, onFrame, signal });
      }),
    poll: (after, signal) => authorized((token) => api.events(token, { after, wait: 25 }, signal)),
    onSignal(signal) {
      handleFeedSignal(signal);
      if (leadership.leading) channel.post({ kind: 'signal', signal });
    },
  });

  function emitAnswer(patch: OutboxPatch) {
    if (patch.do === 'delete' && patch.result && patch.entry.kind === 'turn') {
      emit({ kind: 'answered', turn: patch.entry.turn, result: patch.result });
    }
  }
  function emitOutbox() {
    emit({ kind: 'outbox', entries: outbox.entries });
  }
  const outbox = createOutbox({
    runtime,
    rows: async () => (await storage()).rows,
    deliver: (entry, seq) =>
      authorized<TurnResult | undefined>((token) => {
        // Only agents' storage contains replies.
        if (entry.kind !== 'turn')
          return api.note(token, entry as OutboxEntry<VisitorNote>).then(() => undefined);
        // Only the difference to `input.at` matters, so a wrong clock does no harm.
        const waited = Math.max(0, runtime.now() - entry.queuedAt);
        const sentAt = new Date(Date.parse(entry.turn.input.at) + waited).toISOString();
        return api.submitTurn(token, { ...entry.turn, seq, sentAt });
      }),
    onPatch(patch) {
      // The host accepted an entry, so the stream can reconnect now.
      if (patch.do === 'delete' && connection.status === 'offline') feed.retryNow();
      emitAnswer(patch);
      emitOutbox();
      channel.post({ kind: 'patch', patch });
    },
    onFault: (error, entry) => emit({ kind: 'fault', error, entry }),
  });

  const leadership = createLeadership({
    name,
    runtime,
    locks,
    lease: async (ms) => takeLease(await storage(), tab, runtime.now(), ms),
    askLeader: () => channel.post({ kind: 'who-leads' }),
    isWatched: () => globalThis.document?.visibilityState === 'visible',
    onChange(leading) {
      // While this tab was frozen, the other tabs relied on its connection. Ask for the new leader.
      if (!leading) channel.post({ kind: 'who-leads' });
      void outbox.setDraining(leading);
      feed.setMode(leading ? 'lead' : wanted ? 'follow' : 'off');
    },
  });

  async function disconnectWhenSettled() {
    await outbox.settled();
    // After `stopSending`, this tab keeps the lead: another tab would send the entries.
    if (wanted || outbox.stopped) return;
    leadership.stepDown();
    feed.setMode('off');
  }
  function retryNow(forceReconnect?: unknown) {
    outbox.retryNow();
    feed.retryNow(forceReconnect);
  }
  function join() {
    // Rows that were deleted while this tab was hidden are on the host. They are reported with its snapshot,
    // or with their patch.
    const isFirst = !joined;
    joined = true;
    void outbox.load().then(() => isFirst && emitOutbox());
    leadership.stand();
    // Wait before following: this tab is usually the only one and leads immediately.
    runtime.after(FOLLOW_MS, () => {
      if (wanted && !leadership.leading) feed.setMode('follow');
    });
  }
  function leave() {
    away = true;
    // Keepalive requests outlive the page.
    outbox.lastChance();
    // Browsers do not cache a page that holds a lock or a stream, and another tab may need both.
    leadership.stepDown();
    feed.setMode('off');
  }
  function comeBack() {
    away = false;
    if (wanted) join();
    else retryNow();
  }
  const leavePage = watchPage({ retryNow, leave, comeBack });

  /** Ends all automatic work. Keeps the lead, so that no other tab starts before this one has finished. */
  function stop() {
    closed = true;
    wanted = false;
    listeners.clear();
    leavePage();
    outbox.stop();
    feed.setMode('off');
    channel.close();
  }
  /** Deletes all data on the device. The record of the visitor to erase stays in memory only. */
  async function wipe(store: VisitorStorage) {
    const record = await store.read('visitor').catch(() => undefined);
    opened = Promise.resolve(createMemoryStorage([], new Map(record ? [['visitor', record]] : [])));
    await store.clear();
  }
  /**
   * Asks the host to erase the visitor and waits a moment. Repeats it while the host is away and the page is
   * open.
   */
  function eraseSoon(): Promise<void> {
    return new Promise((resolve) => {
      const again = (error: unknown) => remedyFor(error) === 'retry' && runtime.after(ERASE_MS, attempt);
      const attempt = () => void client.erase().then(resolve, again);
      runtime.after(ERASE_WAIT_MS, resolve);
      attempt();
    });
  }

  const client: VisitorClient = {
    get leading() {
      return leadership.leading;
    },
    async config(signal) {
      const config = await api.config(signal);
      noteClock(config.serverTime);
      return config;
    },
    async publicFlow(pin, signal) {
      const key = `flow:${pin.id}@${pin.version}`;
      const kept = await client.recall<PublicFlow>(key);
      if (kept) return kept;
      const flow = await api.publicFlow(pin, signal);
      await client.remember(key, flow);
      return flow;
    },
    async peek(signal) {
      if (!hasVisitorRecord(place) || !(await credentials.known())) return null;
      return snapshot({ limit: 1, signal });
    },
    older: (before, signal) => snapshot({ before, signal }),
    connect() {
      if (wanted || closed) return;
      wanted = true;
      // A hidden page must not start anything, because it would hold resources until it comes back.
      if (!away) join();
    },
    disconnectWhenIdle() {
      wanted = false;
      // A follower receives nothing from here on. It must not look up to date if it reconnects before
      // everything is sent.
      if (!leadership.leading) feed.setMode('off');
      void disconnectWhenSettled();
    },
    retryNow,
    async submit(turn) {
      await outbox.append(turn.id, { kind: 'turn', turn });
    },
    async queue(work) {
      await outbox.append(runtime.newId(), work);
    },
    retry: (id) => outbox.retry(id),
    async discard(id) {
      const entry = await outbox.discard(id);
      return entry?.kind === 'turn' ? entry.turn : undefined;
    },
    door: (path, call, read) =>
      authorized((token) => send(runtime, { url: widgetUrl(address, path), token, ...call }, read)),
    typing: () => authorized((token) => api.typing(token)).catch(() => {}),
    hostNow: () => runtime.now() + clockOffset,
    recall: async <T>(key: string) => (await storage()).read<T>(CACHE_PREFIX + key),
    remember: async (key, value) => (await storage()).write(CACHE_PREFIX + key, value),
    share: (key, value) => channel.post({ kind: 'shared', key, value }),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stopSending: () => outbox.stop(),
    async erase() {
      // An erasure request must not create data for a visitor that does not exist.
      if (!hasData()) return;
      const wasAsked = erased || closed;
      try {
        await authorized((token) => {
          erased = true;
          return api.erase(token);
        });
      } catch (error) {
        const { code, status } = error as ClientError;
        // The host does not know the visitor any more: an earlier request succeeded and its response was
        // lost.
        if (wasAsked && code === 'unauthenticated') return;
        if (status) erased = false;
        throw error;
      }
    },
    async forget(why = 'reset', everybody = why === 'reset') {
      const others = everybody ? everybodyAt(place).filter((other) => other !== (who ?? '')) : [];
      const store = hasData() && storage();
      markConsent(place, false);
      channel.post({ kind: 'forgotten', why });
      stop();
      const forgetting = Promise.all(
        others.map((other) => createVisitorClient({ ...options, who: other }).forget(why, false)),
      );
      try {
        if (store) await (why === 'withdrawn' ? wipe(await store) : (await store).clear());
      } finally {
        markVisitor(place, false);
        leadership.stepDown();
        await forgetting;
      }
      if (store && why === 'withdrawn') await eraseSoon();
    },
    async drainAndClose() {
      listeners.clear();
      wanted = false;
      feed.setMode('off');
      // Entries of an earlier page may still wait, although this page has not loaded the outbox.
      if (!closed && !away && hasVisitorRecord(place)) {
        await outbox.load();
        leadership.stand();
      }
      if (!closed) await outbox.settled();
      client.close();
    },
    close() {
      stop();
      leadership.stepDown();
      // Writes that were requested in the same task are still stored.
      void opened?.then((store) => runtime.after(0, store.close));
    },
  };
  return client;
}
