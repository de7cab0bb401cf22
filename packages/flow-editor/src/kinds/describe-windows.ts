import type { TimeWindow } from '@alur/flow';
import type { Strings } from '../strings/strings.ts';
import { showClock } from './show-clock.ts';

/** Returns weekdays in short form: `Mon–Fri`, `Sat, Sun`, every day. `days` are ISO weekdays. */
export function describeDays(days: number[] | undefined, strings: Strings): string {
  const chosen = [1, 2, 3, 4, 5, 6, 7].filter((day) => !days || days.includes(day));
  if (chosen.length === 7) return strings.everyDay;
  if (chosen.length === 0) return strings.noDay;
  const span = chosen.at(-1)! - chosen[0]! + 1;
  const isRun = chosen.length > 2 && span === chosen.length;
  const short = (day: number) => strings.daysShort[day - 1]!;
  return isRun ? `${short(chosen[0]!)}–${short(chosen.at(-1)!)}` : chosen.map(short).join(', ');
}

/** Returns the text of a window: `09:00–17:00 · Mon–Fri`. */
export function describeWindow({ from, to, days }: TimeWindow, strings: Strings): string {
  const range = from === to ? strings.face.wholeDay : `${showClock(from, strings)}–${showClock(to, strings)}`;
  return `${from || to ? range : strings.face.noClock} · ${describeDays(days, strings)}`;
}

/** Returns the windows in order: `09:00–17:00 · Mon–Fri; 09:00–12:00 · Sat`. */
export function describeWindows(windows: readonly TimeWindow[], strings: Strings): string {
  return windows.map((window) => describeWindow(window, strings)).join('; ');
}
