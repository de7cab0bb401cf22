import { readClock } from '../../run/wall-clock.ts';
import type { TestRunKind } from '../run-kind.ts';
import type { TimeTest, TimeTestV1, TimeWindow } from './type.ts';

const DAY = 1440;
/** ISO weekdays. */
const WEEK = [1, 2, 3, 4, 5, 6, 7];

/** Engine side of `first-message-time` (rule 4). */
export const timeTestRun: TestRunKind<TimeTest> = {
  kind: 'first-message-time',
  compile(test, tools) {
    const zone = tools.zone(test.timeZone);
    const windows = windowsOf(test).map(compileWindow);
    const [only] = windows;
    // Fast path: nearly all tests have one window.
    if (only && windows.length === 1) return ({ at }) => only(zone.minuteAt(at));
    return ({ at }) => {
      const minute = zone.minuteAt(at);
      return windows.some((covers) => covers(minute));
    };
  },
};

/**
 * Returns the windows of a time test of either format. `alur.flow/1` has one window, without a list.
 * @internal
 */
export function windowsOf(test: TimeTest | TimeTestV1): readonly TimeWindow[] {
  return 'windows' in test ? test.windows : [test];
}

/**
 * Returns a function that tests whether a window covers a minute of the week. 0 is Monday 00:00. NaN is never
 * covered.
 */
function compileWindow({ from, to, days = WEEK }: TimeWindow): (minute: number) => boolean {
  let start = readClock(from);
  let stop = readClock(to);
  if (!(start < DAY) || !(stop >= 0)) return () => false;
  if (start === stop) [start, stop] = [0, DAY];
  const chosen = WEEK.map((day) => days.includes(day));
  return (minute) => {
    const day = (minute / DAY) | 0;
    const clock = minute - day * DAY;
    if (start < stop) return clock >= start && clock < stop && chosen[day]!;
    // The hours after midnight belong to the previous day.
    return clock >= start ? chosen[day]! : clock < stop && chosen[(day + 6) % 7]!;
  };
}
