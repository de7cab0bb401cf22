import { HostProblem } from '../problem.ts';
import { createConcurrencyLimiter } from './concurrency-limiter.ts';
import { tooMany, type Limits } from './rate-limit.ts';

/** Caller that sends or reads a file. */
export interface FilePlaceHolder {
  accountId: string;
  /** The visitor, or the holder of a dashboard token. */
  holder: string;
  address: string;
}

/** Places for files that are sent or read at the same time. */
export interface FilePlaces {
  /** Takes a place for an upload. Returns a function that frees it. Throws `rate_limited`, `overloaded`. */
  takeUpload(holder: FilePlaceHolder): () => void;
  /** Takes a place for a download. Returns a function that frees it. Throws `rate_limited`, `overloaded`. */
  takeDownload(holder: FilePlaceHolder): () => void;
  /** Returns the number of taken places. */
  size(): number;
}

const RETRY_AFTER = 2;
/**
 * An account may take a place while it holds fewer than this many times the free ones: 12 of 16 when it is
 * alone. Each further account that takes what it can gets as many as the first, and some stay free for others
 * (the dynamic threshold of Choudhury and Hahne, 1998).
 */
const SHARE_OF_FREE = 3;

/** Creates the places. `limits` null: any number. */
export function createFilePlaces(limits: Limits | null): FilePlaces {
  const own = createConcurrencyLimiter();
  const uploads = createSharedPlaces(limits?.uploadsAtOnce ?? Infinity);
  const downloads = createSharedPlaces(limits?.downloadsAtOnce ?? Infinity);

  /** Takes a place of the caller's own limits and a shared one, or none. */
  function take(
    accountId: string,
    ownPlaces: { key: string; limit: number }[],
    shared: SharedPlaces,
  ): () => void {
    const freeOwn = own.take(ownPlaces);
    if (!freeOwn) throw tooMany(RETRY_AFTER);
    const freeShared = shared.take(accountId);
    if (freeShared)
      return () => {
        freeShared();
        freeOwn();
      };
    freeOwn();
    throw new HostProblem('overloaded', 'Too many files are sent or read. Try again in a moment.', {
      retryAfter: RETRY_AFTER,
    });
  }

  return {
    takeUpload: ({ accountId, holder, address }) =>
      take(
        accountId,
        [
          { key: `uploads ${holder}`, limit: limits?.uploadsAtOncePerVisitor ?? Infinity },
          { key: `uploads at ${address}`, limit: limits?.uploadsAtOncePerAddress ?? Infinity },
        ],
        uploads,
      ),
    takeDownload: ({ accountId, holder, address }) =>
      take(
        accountId,
        [
          { key: `downloads ${holder}`, limit: limits?.downloadsPerReader ?? Infinity },
          { key: `downloads at ${address}`, limit: limits?.downloadsPerAddress ?? Infinity },
        ],
        downloads,
      ),
    size: () => uploads.size() + downloads.size(),
  };
}

interface SharedPlaces {
  /** Takes a place. Returns a function that frees it once, or null when the account may not have one now. */
  take(accountId: string): (() => void) | null;
  size(): number;
}

/** Creates `limit` places that accounts share. */
function createSharedPlaces(limit: number): SharedPlaces {
  const limiter = createConcurrencyLimiter();
  return {
    take: (accountId) => limiter.take([{ key: accountId, limit: SHARE_OF_FREE * (limit - limiter.size()) }]),
    size: () => limiter.size(),
  };
}
