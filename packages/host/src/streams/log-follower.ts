import type { ConversationEvent } from '@alur/protocol';
import type { EventsNotice } from '../database/notice.ts';

/** A stretch of a log as it was read. */
export interface ReadPage {
  events: ConversationEvent[];
  /** Cursor up to which the log was looked at, and the same as a number. */
  cursor: string;
  reached: number;
  more: boolean;
}

export interface FollowerOptions {
  /** Reads on after a cursor. Rejects when the cursor is of no use. */
  read(after: string): Promise<ReadPage>;
  /** Takes the next events, in order, each exactly once. */
  deliver(events: ConversationEvent[]): void;
  /** Resolves when more can be delivered: what is read goes as fast as it is taken. Default: at once. */
  ready?(): Promise<void>;
  /** Makes of an event in a notice what this reader may see; null for nothing. */
  view(event: ConversationEvent): ConversationEvent | null;
  /** The log cannot be followed from here. */
  fail(error: unknown): void;
}

/** How many notices are kept while a read is under way. */
const MAX_HEARD = 200;

/**
 * Follows one log without a hole and without a repeat, from a cursor on: first by reading what is there, then
 * by what it hears. A notice that does not follow on what was delivered last makes it read again, so a lost
 * or late notice costs a read and never an event. Subscribe it to notices before `start`: whatever is heard
 * while a read is under way is looked at afterwards.
 */
export function createLogFollower({ read, deliver, ready, view, fail }: FollowerOptions) {
  let cursor = '';
  let position = 0;
  let isReading = false;
  let isStopped = false;
  let heard: EventsNotice[] = [];

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
    const waiting = heard;
    heard = [];
    for (const notice of waiting) hear(notice);
  }

  function hear(notice: EventsNotice): void {
    if (isStopped) return;
    if (isReading) {
      // A slow reader may take long; what cannot be kept meanwhile is read.
      if (heard.length >= MAX_HEARD) heard = heard.slice(-1);
      return void heard.push(notice);
    }
    if (notice.to <= position) return;
    const last = notice.events?.at(-1);
    if (notice.from === position + 1 && notice.events && last) {
      const events = notice.events.flatMap((event) => view(event) ?? []);
      cursor = last.cursor;
      position = notice.to;
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
    hear,
    /** Reads on although nothing was heard. */
    refresh(): void {
      if (!isStopped && !isReading) void catchUp();
    },
    stop(): void {
      isStopped = true;
      heard = [];
    },
  };
}
