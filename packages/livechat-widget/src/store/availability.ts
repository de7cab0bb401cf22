/** What is known of the people behind the chat. Nothing is promised that is not known. */
export type Availability =
  | { state: 'unknown' | 'available' | 'refused' | 'offline' | 'unreachable' }
  /** Outside office hours. `opensAt` is in milliseconds since 1970, by the host's clock. */
  | { state: 'closed'; opensAt: number };

/** What availability is computed from. */
export interface AvailabilityFacts {
  /** Whether the configuration is known; it says whether there are office hours. */
  isConfigured: boolean;
  /**
   * Times with people, as `[from, to]` in milliseconds since 1970, earliest first. Undefined: there are no
   * office hours.
   */
  officeHours?: readonly (readonly number[])[] | undefined;
  /** The host's time, in milliseconds since 1970. */
  now: number;
  /** Whether the host refuses this page. */
  isRefused: boolean;
  /** Whether the host does not answer. */
  isCut: boolean;
  /** Whether the device has a network, as far as the browser knows. */
  hasNetwork: boolean;
}

/** Computes the availability. Office hours count without a network too. */
export function availabilityOf(facts: AvailabilityFacts): Availability {
  const { officeHours, now, isConfigured } = facts;
  if (facts.isRefused) return { state: 'refused' };
  const range = officeHours?.find(([, to]) => now < to!);
  if (range && now < range[0]!) return { state: 'closed', opensAt: range[0]! };
  if (facts.isCut) return { state: facts.hasNetwork ? 'unreachable' : 'offline' };
  // Hours that are all over are those of an old configuration.
  const isKnown = isConfigured && (!officeHours || range !== undefined);
  return { state: isKnown ? 'available' : 'unknown' };
}

/** Returns when office hours next begin or end after `now`; Infinity if that is not known. */
export function nextOfficeChange(officeHours: AvailabilityFacts['officeHours'], now: number): number {
  return officeHours?.flat().find((at) => at > now) ?? Infinity;
}
