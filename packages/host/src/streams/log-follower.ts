import type { ConversationEvent } from '@alur/protocol';
import type { EventsAdded } from '../database/host-event.ts';

/** Page of a log. */
export interface ReadPage {
  events: ConversationEvent[];
  /** Cursor up to which the log was read. `reached` is the same position as a number. */
  cursor: string;
  reached: number;
  more: boolean;
}

export interface FollowerOptions {
  /** Reads the log after a cursor. Rejects when the log cannot be read from that cursor. */
  read(after: string): Promise<ReadPage>;
  /** Receives the next events in order, each exactly once. */
  deliver(events: ConversationEvent[]): void;
  /**
   * Resolves when the next event can be delivered, so that a slow reader slows the delivery. Default:
   * immediately.
   */
  ready?(): Promise<void>;
  /** Converts an event of a host event to what this reader may see. Returns null for a hidden event. */
  view(event: ConversationEvent): ConversationEvent | null;
  /** Handles an error after which the log cannot be followed. */
  fail(error: unknown): void;
}

/** Maximum number of host events that are kept while a read runs. */
const MAX_PENDING = 200;

/**
 * Follows one log from a cursor, without gaps and duplicates. It reads the stored events first and then takes
 * events from host events. A host event that does not continue at the last delivered event causes a read. A
 * lost or late host event therefore costs a read, but never an event. Subscribe to host events before
 * `start`: host events that arrive during a read are processed after it.
 */
export function createLogFollower({ read, deliver, ready, view, fail }: FollowerOptions) {
  let cursor = '';
  let position = 0;
  let isReading = false;
  let isStopped = false;
  let pending: EventsAdded[] = [];

  async function catchUp(): Promise<void> {
    isReading = true;
    try {
      for (let more = true; more;) {
        const page = await read(cursor);
        if (isStopped) return;
        ({ cursor, reached: position, more } = page);
        for (const event of page.events) {
          deliver([event]);
          await ready?.();
          if (isStopped) return;
        }
      }
    } catch (error) {
      if (!isStopped) fail(error);
      return;
    } finally {
      isReading = false;
    }
    const waiting = pending;
    pending = [];
    for (const hostEvent of waiting) onHostEvent(hostEvent);
  }

  function onHostEvent(hostEvent: EventsAdded): void {
    if (isStopped) return;
    if (isReading) {
      // A slow reader can fill the list. A later read finds the events of dropped host events.
      if (pending.length >= MAX_PENDING) pending = pending.slice(-1);
      return void pending.push(hostEvent);
    }
    if (hostEvent.to <= position) return;
    const last = hostEvent.events?.at(-1);
    if (hostEvent.from === position + 1 && hostEvent.events && last) {
      const events = hostEvent.events.flatMap((event) => view(event) ?? []);
      cursor = last.cursor;
      position = hostEvent.to;
      if (events.length > 0) deliver(events);
    } else {
      void catchUp();
    }
  }

  return {
    start(after: string): Promise<void> {
      cursor = after;
      return catchUp();
    },
    onHostEvent,
    /** Reads the log again without a host event. */
    refresh(): void {
      if (!isStopped && !isReading) void catchUp();
    },
    stop(): void {
      isStopped = true;
      pending = [];
    },
  };
}
