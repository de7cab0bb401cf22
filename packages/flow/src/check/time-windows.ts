import type { TimeTest, TimeWindow } from '../document/flow.ts';
import { windowsOf } from '../run/time-test.ts';
import { readClock } from '../run/wall-clock.ts';

const DAY = 1440;
const WEEK = 7 * DAY;

/**
 * The minutes of the week that a time test covers, as a flat list of `from, to` pairs, `to` outside; 0 is
 * Monday 00:00. Windows may overlap. Empty when the test is unset or cannot be read.
 */
export function timeWindows(test: TimeTest): number[] {
  return windowsOf(test).flatMap(minutesOf);
}

function minutesOf({ from, to, days = [1, 2, 3, 4, 5, 6, 7] }: TimeWindow): number[] {
  const start = readClock(from);
  const stop = readClock(to);
  if (!(start < DAY) || Number.isNaN(stop)) return [];
  // The same moment twice is the whole calendar day; a stop before the start is on the next day.
  const [open, length] =
    start === stop ? [0, DAY] : [start, stop > start ? stop - start : stop + DAY - start];
  const windows: number[] = [];
  for (const day of new Set(days)) {
    if (!Number.isInteger(day) || day < 1 || day > 7) continue;
    const begin = (day - 1) * DAY + open;
    const end = begin + length;
    windows.push(begin, Math.min(end, WEEK));
    // What runs over the end of Sunday goes on at the beginning of Monday.
    if (end > WEEK) windows.push(0, end - WEEK);
  }
  return windows;
}
