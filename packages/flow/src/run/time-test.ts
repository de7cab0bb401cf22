import type { TimeTest } from '../document/flow.ts';
import type { TestRunKind } from './run-kind.ts';
import { readClock } from './wall-clock.ts';

const DAY = 1440;
/** ISO weekdays. */
const WEEK = [1, 2, 3, 4, 5, 6, 7];

/** `first-message-time` (rule 4). */
export const timeTestRun: TestRunKind = {
  kind: 'first-message-time',
  compile(test, tools) {
    const { from, to, days = WEEK, timeZone } = test as TimeTest;
    const zone = tools.zone(timeZone);
    let start = readClock(from);
    let stop = readClock(to);
    if (!(start < DAY) || !(stop >= 0)) return () => false;
    if (start === stop) [start, stop] = [0, DAY];
    const chosen = WEEK.map((day) => days.includes(day));
    return ({ at }) => {
      const minute = zone.minuteAt(at);
      const day = (minute / DAY) | 0;
      const clock = minute - day * DAY;
      if (start < stop) return clock >= start && clock < stop && chosen[day]!;
      // Over midnight: the hours after it belong to the day before.
      return clock >= start ? chosen[day]! : clock < stop && chosen[(day + 6) % 7]!;
    };
  },
};
