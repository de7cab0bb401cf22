import type { VisitorStorage } from '../storage/visitor-storage.ts';

/** Takes or renews the lease on leading for `owner`, or with 0 gives it back; false while somebody else's has not run out. */
export async function takeLease(
  storage: VisitorStorage,
  owner: string,
  now: number,
  ms: number,
): Promise<boolean> {
  const mine = { owner, until: now + ms };
  const standing = await storage.update<typeof mine>('lease', (held) =>
    // A lease that ends absurdly late was taken by a clock that has been set back since.
    !held || held.owner === owner || held.until <= now || held.until > now + LONGEST_MS ? mine : held,
  );
  return standing.owner === owner;
}

/** No lease is taken for as long as this. */
const LONGEST_MS = 60_000;
