import type { Zones } from '../document/flow.ts';

const MINUTE = 60_000;
const DAY = 1440;
/** Milliseconds of 400 years, after which the calendar repeats. */
const ERA = 146_097 * DAY * MINUTE;
const INSTANT =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?Z$/;

/** Offsets of one zone. */
export type ZoneTable = Zones[string];

/**
 * Parses `YYYY-MM-DDTHH:MM:SS(.fraction)Z` into milliseconds since 1970. Returns NaN for any other text or a
 * moment that does not exist. `Date.parse` is not used, because engines accept different formats.
 */
export function readInstant(at: string): number {
  if (!INSTANT.test(at)) return NaN;
  const two = (from: number) => at.charCodeAt(from) * 10 + at.charCodeAt(from + 1) - 528;
  const day = two(8);
  // `Date.UTC` maps years below 100 to 1900..1999. The calendar is the same 400 years later.
  const utcMs = Date.UTC(two(0) * 100 + two(2) + 400, two(5) - 1, day, two(11), two(14), two(17)) - ERA;
  // A day beyond the end of its month moves into the next month.
  if (day > 28 && new Date(utcMs).getUTCDate() !== day) return NaN;
  return at.length > 20 ? utcMs + Number(at.slice(19, -1)) * 1000 : utcMs;
}

/**
 * Returns the minute of the week on a zone's wall clock, 0 being Monday 00:00. NaN if `utcMs` is NaN. Outside
 * the table the nearest entry counts.
 */
export function minuteOfWeek(utcMs: number, table: ZoneTable): number {
  let entry = table.length - 1;
  while (entry > 0 && table[entry]![0] > utcMs) entry--;
  const minute = Math.floor(utcMs / MINUTE + table[entry]![1]);
  // 1970-01-01 was a Thursday.
  return (((minute + 3 * DAY) % (7 * DAY)) + 7 * DAY) % (7 * DAY);
}

/** Returns the table of a zone, or null. */
export function zoneTable(zones: Zones | undefined, zone: string): ZoneTable | null {
  const table = zones && Object.hasOwn(zones, zone) ? zones[zone] : null;
  return table?.length ? table : null;
}

/** Parses `HH:MM` into minutes. `24:00` is 1440. Returns NaN for other texts. */
export function readClock(clock: string): number {
  return /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(clock)
    ? Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))
    : NaN;
}
