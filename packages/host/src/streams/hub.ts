import type { HostEvent } from '../database/host-event.ts';
import { onTimer } from '../timers.ts';
import type { Reader } from './reader.ts';
import { HEARTBEAT_SECONDS } from './reader.ts';

/** Receiver of host events about one visitor or one account. */
export interface Subscriber {
  onHostEvent(hostEvent: HostEvent): void;
  reader: Reader | null;
}

/** Maximum time after which readers reconnect after a planned end. Readers add jitter within it. */
const RECONNECT_MS = 2_000;

/**
 * Delivers host events to the subscribers of a topic. Topics come only from the caller's token, so a caller
 * cannot choose one. One timer sends the heartbeats of all readers.
 */
export function createHub(after = onTimer) {
  const topics = new Map<string, Set<Subscriber>>();
  const readers = new Set<Reader>();
  let cancelBeat = after(HEARTBEAT_SECONDS * 1000, beat);

  function beat(): void {
    cancelBeat = after(HEARTBEAT_SECONDS * 1000, beat);
    for (const reader of readers) reader.beat();
  }

  function subscribe(topic: string, subscriber: Subscriber): () => void {
    const subscribers = topics.get(topic) ?? new Set();
    subscribers.add(subscriber);
    topics.set(topic, subscribers);
    if (subscriber.reader) readers.add(subscriber.reader);
    return () => {
      subscribers.delete(subscriber);
      if (subscribers.size === 0 && topics.get(topic) === subscribers) topics.delete(topic);
      if (subscriber.reader) readers.delete(subscriber.reader);
    };
  }

  function publish(hostEvent: HostEvent): void {
    if (hostEvent.kind === 'resync') {
      for (const subscribers of topics.values())
        for (const subscriber of subscribers) subscriber.onHostEvent(hostEvent);
      return;
    }
    if (hostEvent.kind === 'agent-deactivated') {
      for (const subscriber of topics.get(accountTopic(hostEvent.accountId)) ?? [])
        subscriber.onHostEvent(hostEvent);
      return;
    }
    if (hostEvent.kind !== 'events' && hostEvent.kind !== 'typing' && hostEvent.kind !== 'erased') return;
    for (const topic of [visitorTopic(hostEvent.visitorId), accountTopic(hostEvent.accountId)])
      for (const subscriber of topics.get(topic) ?? []) subscriber.onHostEvent(hostEvent);
  }

  return {
    subscribe,
    publish,
    /** Returns the number of topics with subscribers. It is 0 when all subscriptions have ended. */
    size: () => topics.size,
    /** Ends all streams with `bye` before a planned shutdown. Readers reconnect by themselves. */
    endAll(): void {
      cancelBeat();
      for (const reader of readers) {
        reader.send('bye', { retryMs: RECONNECT_MS });
        reader.end();
      }
    },
  };
}

export type Hub = ReturnType<typeof createHub>;

export function visitorTopic(visitorId: string): string {
  return `visitor ${visitorId}`;
}

export function accountTopic(accountId: string): string {
  return `account ${accountId}`;
}
