import type { EventPage } from '@alur/protocol';
import type { Services } from '../http/services.ts';
import type { VisitorScope } from '../operations/records.ts';
import { visitorTopic } from './hub.ts';

const NOTHING = { events: [], reached: 0, more: false };

/**
 * Events after a cursor; when there are none, waits up to `waitSeconds` for one. For places where a stream
 * cannot be had. It listens before it reads, so nothing falls between the two.
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
      // Events that visitors are not sent move the cursor all the same.
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
    // A signal made of others is held for as long as somebody listens to it.
    patience.abort();
    unsubscribe();
  }
}
