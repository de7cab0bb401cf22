/** Availability of the agents. `unknown` unless it is certain. */
export type Availability =
  | { state: 'unknown' | 'available' | 'refused' | 'offline' | 'unreachable' }
  /** Outside office hours. `opensAt` is in milliseconds since 1970, on the host's clock. */
  | { state: 'closed'; opensAt: number };

/** Input of `availabilityOf`. */
export interface AvailabilityFacts {
  /** Whether the configuration is known. It contains the office hours. */
  isConfigured: boolean;
  /** Office hours as `[from, to]` in milliseconds since 1970, earliest first. Undefined: there are none. */
  officeHours?: readonly (readonly number[])[] | undefined;
  /** Time of the host, in milliseconds since 1970. */
  now: number;
  /** Whether the host refuses this page. */
  isRefused: boolean;
  /** Whether the host is unreachable. */
  isCut: boolean;
  /** Whether the device has a network, according to the browser. */
  hasNetwork: boolean;
}

/** Returns the availability. Office hours apply without a network too. */
export function availabilityOf(facts: AvailabilityFacts): Availability {
  const { officeHours, now, isConfigured } = facts;
  if (facts.isRefused) return { state: 'refused' };
  const range = officeHours?.find(([, to]) => now < to!);
  if (range && now < range[0]!) return { state: 'closed', opensAt: range[0]! };
  if (facts.isCut) return { state: facts.hasNetwork ? 'unreachable' : 'offline' };
  // If all office hours are in the past, the configuration is outdated.
  const isKnown = isConfigured && (!officeHours || range !== undefined);
  return { state: isKnown ? 'available' : 'unknown' };
}

/** Returns the next start or end of office hours after `now`; Infinity if it is not known. */
export function nextOfficeChange(officeHours: AvailabilityFacts['officeHours'], now: number): number {
  return officeHours?.flat().find((at) => at > now) ?? Infinity;
}
