import type { VisitorStorage } from '../storage/visitor-storage.ts';

/**
 * Takes or renews the lease on leading for `owner`; false while somebody else's has not run out. With 0
 * whoever leads gives it back.
 */
export async function takeLease(
  storage: VisitorStorage,
  owner: string,
  now: number,
  ms: number,
): Promise<boolean> {
  if (ms === 0) {
    // One write and nothing to come: a page that is just put aside never comes to the second half of a
    // change, and in Safari's back/forward cache it keeps the next page from all that is stored, for as long
    // as it is there.
    await storage.write('lease', null);
    return false;
  }
  const mine = { owner, until: now + ms };
  const standing = await storage.update<typeof mine>('lease', (held) =>
    // A lease that ends absurdly late was taken by a clock that has been set back since.
    !held || held.owner === owner || held.until <= now || held.until > now + LONGEST_MS ? mine : held,
  );
  return standing.owner === owner;
}

/** No lease is taken for as long as this. */
const LONGEST_MS = 60_000;
