import type { VisitorStorage } from '../storage/visitor-storage.ts';

/**
 * Takes or renews the leader lease for `owner`. Returns false while another owner's lease is valid. With `ms`
 * 0, releases the lease of any owner.
 */
export async function takeLease(
  storage: VisitorStorage,
  owner: string,
  now: number,
  ms: number,
): Promise<boolean> {
  if (ms === 0) {
    // A single write without a read: in Safari's back/forward cache, a transaction with a second step never
    // completes and blocks the next page's access to the storage.
    await storage.write('lease', null);
    return false;
  }
  const mine = { owner, until: now + ms };
  const stored = await storage.update<typeof mine>('lease', (held) =>
    // A lease that ends too far in the future was taken before the clock was set back.
    !held || held.owner === owner || held.until <= now || held.until > now + LONGEST_MS ? mine : held,
  );
  return stored.owner === owner;
}

/** Upper limit of a valid lease's remaining time. */
const LONGEST_MS = 60_000;
