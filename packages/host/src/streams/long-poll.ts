import type { EventPage } from '@alur/protocol';
import type { Services } from '../http/services.ts';
import type { VisitorScope } from '../operations/records.ts';
import { visitorTopic } from './hub.ts';

const EMPTY_PAGE = { events: [], reached: 0, more: false };

/**
 * Returns the events after a cursor. Without any, waits up to `waitSeconds` for one. It serves clients that
 * cannot use a stream. It subscribes before it reads, so no event is missed in between.
 */
export async function waitForVisitorEvents(
  { database, reads, hub, after: schedule }: Pick<Services, 'database' | 'reads' | 'hub' | 'after'>,
  input: VisitorScope & { after: string; limit: number },
  waitSeconds: number,
  signal: AbortSignal,
): Promise<EventPage> {
  let onEvent = () => {};
  const unsubscribe = hub.subscribe(visitorTopic(input.visitorId), {
    reader: null,
    onHostEvent: (hostEvent) => hostEvent.kind !== 'typing' && onEvent(),
  });
  const timeout = new AbortController();
  const cancel = schedule(waitSeconds * 1000, () => timeout.abort());
  const deadline = AbortSignal.any([signal, timeout.signal]);
  try {
    let after = input.after;
    for (;;) {
      let hasEvent = false;
      const nextEvent = new Promise<void>((resolve) => {
        onEvent = () => {
          hasEvent = true;
          resolve();
        };
      });
      const read = { ...input, after };
      const { reached: _reached, ...page } =
        waitSeconds === 0
          ? await database.run('listVisitorEvents', read)
          : ((await reads.read(read, () => !signal.aborted)) ?? { ...EMPTY_PAGE, cursor: after });
      if (page.events.length > 0 || waitSeconds === 0 || deadline.aborted) return page;
      // Events that visitors do not receive also move the cursor.
      after = page.cursor;
      if (hasEvent) continue;
      const aborted = new Promise<void>((end) =>
        deadline.addEventListener('abort', () => end(), { once: true }),
      );
      await Promise.race([nextEvent, aborted]);
      if (deadline.aborted) return page;
    }
  } finally {
    cancel();
    // `AbortSignal.any` keeps a combined signal in memory while it has listeners. Abort it to release it.
    timeout.abort();
    unsubscribe();
  }
}
