import type { Zones } from '../document/flow.ts';

const MINUTE = 60_000;
const DAY = 1440;

/** A zone's offsets, ready to be asked. */
export type ZoneTable = Zones[string];

/**
 * Reads `YYYY-MM-DDTHH:MM:SS(.fraction)Z` into milliseconds since 1970, or NaN when it is anything else or no
 * such moment exists. Not `Date.parse`: what that takes differs between engines.
 */
export function readInstant(at: string): number {
  if (!/^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?Z$/.test(at)) return NaN;
  // This much every engine reads alike, but for days that a month does not have.
  const utcMs = Date.parse(`${at.slice(0, 19)}Z`);
  const day = Number(at.slice(8, 10));
  if (day > 28 && new Date(utcMs).getUTCDate() !== day) return NaN;
  return utcMs + Math.floor(Number(at.slice(19, -1)) * 1000);
}

/**
 * The minute of the week on a zone's wall clock, 0 being Monday 00:00; NaN when `utcMs` is. Outside the table
 * the nearest entry counts.
 */
export function minuteOfWeek(utcMs: number, table: ZoneTable): number {
  let entry = table.length - 1;
  while (entry > 0 && table[entry]![0] > utcMs) entry--;
  const minute = Math.floor(utcMs / MINUTE + table[entry]![1]);
  // 1970-01-01 was a Thursday.
  return (((minute + 3 * DAY) % (7 * DAY)) + 7 * DAY) % (7 * DAY);
}

/** The table of a zone, or null when there is none, or none that can be used. */
export function zoneTable(zones: Zones | undefined, zone: string): ZoneTable | null {
  const table = zones && Object.hasOwn(zones, zone) ? zones[zone] : null;
  return Array.isArray(table) && table.length > 0 ? table : null;
}

/** Reads `HH:MM` into minutes, or NaN. `24:00` is 1440. */
export function readClock(clock: string): number {
  return /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(clock)
    ? Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))
    : NaN;
}
