import type { EventPage } from '@alur/protocol';
import type { Services } from '../http/services.ts';
import type { VisitorScope } from '../operations/records.ts';
import { visitorTopic } from './hub.ts';

const NOTHING = { events: [], reached: 0, more: false };

/**
 * Returns the events after a cursor. Without any, waits up to `waitSeconds` for one. It serves clients that
 * cannot use a stream. It subscribes before it reads, so no event is missed in between.
 */
export async function waitForVisitorEvents(
  { database, reads, hub, after: later }: Pick<Services, 'database' | 'reads' | 'hub' | 'after'>,
  input: VisitorScope & { after: string; limit: number },
  waitSeconds: number,
  signal: AbortSignal,
): Promise<EventPage> {
  let wake = () => {};
  const unsubscribe = hub.subscribe(visitorTopic(input.visitorId), {
    reader: null,
    hear: (notice) => notice.kind !== 'typing' && wake(),
  });
  const patience = new AbortController();
  const cancel = later(waitSeconds * 1000, () => patience.abort());
  const deadline = AbortSignal.any([signal, patience.signal]);
  try {
    let after = input.after;
    for (;;) {
      let hasNews = false;
      const news = new Promise<void>((heard) => {
        wake = () => {
          hasNews = true;
          heard();
        };
      });
      const read = { ...input, after };
      const { reached: _reached, ...page } =
        waitSeconds === 0
          ? await database.run('listVisitorEvents', read)
          : ((await reads.read(read, () => !signal.aborted)) ?? { ...NOTHING, cursor: after });
      if (page.events.length > 0 || waitSeconds === 0 || deadline.aborted) return page;
      // Events that visitors do not receive also move the cursor.
      after = page.cursor;
      if (hasNews) continue;
      const aborted = new Promise<void>((end) =>
        deadline.addEventListener('abort', () => end(), { once: true }),
      );
      await Promise.race([news, aborted]);
      if (deadline.aborted) return page;
    }
  } finally {
    cancel();
    // `AbortSignal.any` keeps a combined signal in memory while it has listeners. Abort it to release it.
    patience.abort();
    unsubscribe();
  }
}
