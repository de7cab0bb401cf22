import type { TimeTest } from '../document/flow.ts';
import type { TestRunKind } from './run-kind.ts';
import { readClock } from './wall-clock.ts';

const DAY = 1440;

/** `first-message-time` (rule 4). */
export const timeTestRun: TestRunKind = {
  kind: 'first-message-time',
  compile(test, tools) {
    const { from, to, days = [1, 2, 3, 4, 5, 6, 7], timeZone } = test as TimeTest;
    const zone = tools.zone(timeZone);
    let start = readClock(from);
    let stop = readClock(to);
    if (!(start < DAY) || !(stop >= 0)) return () => false;
    if (start === stop) [start, stop] = [0, DAY];
    // One bit a day; what is no weekday sets none that is asked for.
    const chosen = days.reduce((bits, day) => (day >= 1 && day <= 7 ? bits | (1 << (day - 1)) : bits), 0);
    return ({ at }) => {
      const minute = zone.minuteAt(at);
      const day = (minute / DAY) | 0;
      const clock = minute - day * DAY;
      if (start < stop) return clock >= start && clock < stop && ((chosen >> day) & 1) === 1;
      // Over midnight: the hours after it belong to the day before.
      return clock >= start
        ? ((chosen >> day) & 1) === 1
        : clock < stop && ((chosen >> ((day + 6) % 7)) & 1) === 1;
    };
  },
};
