import type { Database } from '../database/database.ts';
import { createFairQueue, shareOf } from '../database/fair-queue.ts';
import type { VisitorScope } from '../operations/records.ts';
import type { ReadPage } from './log-follower.ts';

/** Maximum number of concurrent log reads. */
const MAX_CONCURRENT = 50;

/** Reads logs for streams and long polls. */
export interface SharedReads {
  /**
   * Reads a visitor's log after a cursor. `isWanted` is called just before the read begins. When no caller
   * wants the read any more, it is skipped and its callers get null.
   */
  read(
    input: VisitorScope & { after: string; limit: number },
    isWanted?: () => boolean,
  ): Promise<ReadPage | null>;
}

/**
 * Creates shared reads. After a restart, or when host events were lost, all readers read at the same time.
 * The limit keeps the database's queue free for other requests, and accounts take turns. Callers that want
 * the same page share a read that has not begun. That read begins after each of their calls, so it contains
 * every event of which they were notified.
 */
export function createSharedReads(database: Database): SharedReads {
  const queue = createFairQueue({ atOnce: MAX_CONCURRENT, maxWaiting: Infinity });
  const waiting = new Map<string, { wanted: (() => boolean)[]; page: Promise<ReadPage | null> }>();
  return {
    read(input, isWanted = () => true) {
      const key = JSON.stringify([input.visitorId, input.inboxId, input.after, input.limit]);
      const shared = waiting.get(key);
      if (shared) {
        shared.wanted.push(isWanted);
        return shared.page;
      }
      const wanted = [isWanted];
      const page = queue.run(shareOf('listVisitorEvents', input), async () => {
        waiting.delete(key);
        return wanted.some((ask) => ask()) ? database.run('listVisitorEvents', input) : null;
      });
      waiting.set(key, { wanted, page });
      return page;
    },
  };
}
