import pLimit from 'p-limit';
import type { Database } from '../database/database.ts';
import type { VisitorScope } from '../operations/records.ts';
import type { ReadPage } from './log-follower.ts';

/** How many reads of logs run at the same time. */
const AT_ONCE = 50;

/** Reads logs for those who wait: streams and long polls. */
export interface SharedReads {
  /**
   * Reads a visitor's log after a cursor. `isWanted` is asked just before the read begins; a read that no
   * caller wants any more is not made, and its callers get null.
   */
  read(
    input: VisitorScope & { after: string; limit: number },
    isWanted?: () => boolean,
  ): Promise<ReadPage | null>;
}

/**
 * Makes shared reads. After a restart, or when notices were lost, all readers want to read at once: here the
 * rest wait, where it costs nothing, and leave the database's queue to other calls. Callers who want the same
 * page while a read has not begun share it: it begins after each of them asked, so it shows whatever any of
 * them was notified of.
 */
export function createSharedReads(database: Database): SharedReads {
  const limit = pLimit(AT_ONCE);
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
      const page = limit(async () => {
        waiting.delete(key);
        return wanted.some((ask) => ask()) ? database.run('listVisitorEvents', input) : null;
      });
      waiting.set(key, { wanted, page });
      return page;
    },
  };
}
