import { readClock } from '../../run/wall-clock.ts';
import { windowsOf } from './run.ts';
import type { TimeTest, TimeWindow } from './type.ts';

const DAY = 1440;
const WEEK = 7 * DAY;

/**
 * Returns the minutes of the week that a time test covers, as a flat list of `from, to` pairs; `to` is
 * exclusive. 0 is Monday 00:00. Windows may overlap. Empty if the test is unset or unreadable.
 */
export function timeWindows(test: TimeTest): number[] {
  return windowsOf(test).flatMap(minutesOf);
}

function minutesOf({ from, to, days = [1, 2, 3, 4, 5, 6, 7] }: TimeWindow): number[] {
  const start = readClock(from);
  const stop = readClock(to);
  if (!(start < DAY) || Number.isNaN(stop)) return [];
  // Equal times cover the whole calendar day. An end before the start is on the next day.
  const [open, length] =
    start === stop ? [0, DAY] : [start, stop > start ? stop - start : stop + DAY - start];
  const windows: number[] = [];
  for (const day of new Set(days)) {
    if (!Number.isInteger(day) || day < 1 || day > 7) continue;
    const begin = (day - 1) * DAY + open;
    const end = begin + length;
    windows.push(begin, Math.min(end, WEEK));
    // A window past the end of Sunday continues on Monday.
    if (end > WEEK) windows.push(0, end - WEEK);
  }
  return windows;
}
