import { isTimeZone, zoneTables, type Flow } from '@alur/flow';
import type { OfficeHours } from '@alur/protocol';
import { HostProblem } from '../problem.ts';

/** Time interval: start, and exclusive end, in milliseconds since 1970. */
export type Interval = [number, number];

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
/** Number of days of office hours that a widget receives. */
const DAYS = 15;

/**
 * Returns the office hours as intervals, from the day before `nowMs`. Days are UTC days, so the result is the
 * same for a whole day.
 */
export function openFrom(hours: OfficeHours, nowMs: number): Interval[] {
  const today = Math.floor(nowMs / DAY) * DAY;
  return openIntervals(hours, today - DAY, DAYS + 1);
}

/**
 * Returns the intervals, within `days` days from `fromMs`, in which the local time of the hours' zone is in
 * one of their ranges. They are merged, the earliest first. When the zone changes its offset, the local time
 * counts, as in a flow's time test.
 */
export function openIntervals({ timeZone, ranges }: OfficeHours, fromMs: number, days: number): Interval[] {
  const until = fromMs + days * DAY;
  const zone = { timeZone, cards: {} } as Flow;
  const table = zoneTables(zone, fromMs, days)[timeZone] ?? [];
  const open = table.flatMap(([since, offset], index) => {
    const begin = Math.max(since, fromMs);
    const end = Math.min(table[index + 1]?.[0] ?? until, until);
    return ranges.flatMap((range) => intervalsOfRange(range, begin, end, offset * MINUTE));
  });
  return mergeIntervals(open);
}

/** Returns the intervals of one range between two moments with one zone offset. */
function intervalsOfRange(
  { from, to, days }: OfficeHours['ranges'][number],
  begin: number,
  end: number,
  offset: number,
): Interval[] {
  let [start, stop] = [clock(from), clock(to)];
  if (start === stop) [start, stop] = [0, DAY];
  // A range over midnight belongs to the day on which it begins.
  if (start > stop) stop += DAY;
  const found: Interval[] = [];
  const last = Math.floor((end + offset) / DAY);
  for (let day = Math.floor((begin + offset) / DAY) - 1; day <= last; day++) {
    // 1970-01-01 was a Thursday.
    const weekday = ((((day + 3) % 7) + 7) % 7) + 1;
    if (days && !days.includes(weekday)) continue;
    const midnight = day * DAY - offset;
    const [a, b] = [Math.max(midnight + start, begin), Math.min(midnight + stop, end)];
    if (a < b) found.push([a, b]);
  }
  return found;
}

function clock(text: string): number {
  return (Number(text.slice(0, 2)) * 60 + Number(text.slice(3))) * MINUTE;
}

function mergeIntervals(intervals: Interval[]): Interval[] {
  const result: Interval[] = [];
  for (const [from, to] of intervals.toSorted((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}

/** Throws `invalid_request` when the hours' zone does not exist. */
export function requireHours(hours: OfficeHours | null | undefined): void {
  if (!hours || isTimeZone(hours.timeZone)) return;
  throw new HostProblem('invalid_request', `There is no time zone "${hours.timeZone}".`, {
    fields: [{ path: '/officeHours/timeZone', message: 'must be an IANA time zone' }],
  });
}
