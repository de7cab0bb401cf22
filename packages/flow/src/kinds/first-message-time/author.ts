import { WINDOWS } from '../../document/limits.ts';
import { isTimeZone } from '../../document/time-zone.ts';
import type { Locale, TestAuthorKind } from '../author-kind.ts';
import { daysField, listField, timeField, timeZoneField } from '../fields.ts';
import { quoted, unset } from '../words.ts';
import { windowsOf } from './run.ts';
import { timeWindows } from './time-windows.ts';
import type { TimeTest, TimeWindow } from './type.ts';

const dayNames: Record<Locale, string[]> = {
  id: ['Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu', 'Minggu'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
};

const longDayNames: Record<Locale, string[]> = {
  id: dayNames.id,
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
};

/** Abbreviations of the three Indonesian zones. Other zones are shown by their IANA name. */
const zoneNames = new Map([
  ['Asia/Jakarta', 'WIB'],
  ['Asia/Pontianak', 'WIB'],
  ['Asia/Makassar', 'WITA'],
  ['Asia/Jayapura', 'WIT'],
]);

/** Author's side of `first-message-time`. */
export const timeTestAuthor: TestAuthorKind<TimeTest> = {
  kind: 'first-message-time',
  name: { id: 'Waktu pesan pertama', en: 'First Message Time' },
  fields: [
    listField(
      'windows',
      { id: 'Jam', en: 'Times' },
      {
        isPublic: true,
        max: WINDOWS,
        fields: [
          timeField('from', { id: 'Dari', en: 'From' }, { isPublic: true }),
          timeField('to', { id: 'Sampai', en: 'To' }, { isPublic: true, endOfDay: true }),
          daysField('days', { id: 'Hari', en: 'Days' }, { optional: true, isPublic: true }),
        ],
      },
    ),
    timeZoneField(
      'timeZone',
      { id: 'Zona waktu', en: 'Time zone' },
      { required: false, optional: true, isPublic: true },
    ),
  ],
  check(test, { report }) {
    for (const [index, { to }] of windowsOf(test).entries()) {
      if (to !== '23:59') continue;
      report({
        code: 'end-of-day',
        severity: 'warning',
        field: `test/windows/${index}/to`,
        message:
          'The last minute of the day is left out, because the end is not part of the window; use 24:00.',
      });
    }
  },
  summary(test, context) {
    const { timeZone } = test;
    const windows = windowsOf(test);
    if (windows.every(isUnset)) return unset[context.locale];
    const zone = timeZone || context.flow.timeZone;
    const zoneName = (context.locale === 'id' && zoneNames.get(zone)) || zone;
    const hours = windows.map((window) => hoursOf(window, context.locale)).join('; ');
    return [hours, zoneName].filter(Boolean).join(' ');
  },
  short(test, { locale }) {
    const windows = windowsOf(test);
    const more = windows.length > 2 ? ['…'] : [];
    const first = windows.slice(0, 2).map((window) => hoursOf(window, locale));
    return [...first, ...more].join('; ') || unset[locale];
  },
  why(test, { at }, tools) {
    const zone = tools.zone(test.timeZone);
    if (timeWindows(test).length === 0) return { code: 'unset-test' };
    if (!zone.known) return { code: 'no-zone', zone: zone.name };
    const minute = zone.minuteAt(at);
    if (Number.isNaN(minute)) return { code: 'no-time' };
    const two = (value: number) => String(value).padStart(2, '0');
    const clock = `${two(Math.floor((minute % 1440) / 60))}:${two(minute % 60)}`;
    return { code: 'time', zone: zone.name, clock, weekday: Math.floor(minute / 1440) + 1 };
  },
  describeWhy(why, locale) {
    switch (why.code) {
      case 'time':
        return {
          id: `pesan datang ${longDayName(why.weekday, 'id')} ${why.clock.replace(':', '.')} (${why.zone})`,
          en: `the message came on ${longDayName(why.weekday, 'en')} at ${why.clock} (${why.zone})`,
        }[locale];
      case 'no-zone':
        return {
          id: `zona waktu ${quoted(why.zone)} tidak dikenal`,
          en: `the time zone ${quoted(why.zone)} is not known`,
        }[locale];
      case 'no-time':
        return { id: 'waktu pesan tidak terbaca', en: 'the time of the message cannot be read' }[locale];
      default:
        return null;
    }
  },
  constraint(test, flow) {
    const zone = test.timeZone || flow.timeZone;
    const windows = timeWindows(test);
    return windows.length > 0 && isTimeZone(zone) ? { kind: 'time', zone, windows } : null;
  },
};

function longDayName(weekday: number, locale: Locale): string {
  return longDayNames[locale][weekday - 1] ?? '';
}

/** Returns the weekdays as text, with ranges for three or more days in a row. Empty for all seven. */
function dayRange(days: number[] | undefined, locale: Locale): string {
  if (!days) return '';
  const chosen = [...new Set(days)].filter((day) => dayNames.en[day - 1]).sort((a, b) => a - b);
  if (chosen.length === 7) return '';
  if (chosen.length === 0) return { id: 'tidak ada hari', en: 'no day' }[locale];
  const runs: number[][] = [];
  for (const day of chosen) {
    const run = runs.at(-1);
    if (run && run.at(-1) === day - 1) run.push(day);
    else runs.push([day]);
  }
  const name = (day: number) => dayNames[locale][day - 1];
  return runs
    .flatMap((run) => (run.length > 2 ? `${name(run[0]!)}–${name(run.at(-1)!)}` : run.map(name)))
    .join(', ');
}

function isUnset({ from, to }: TimeWindow): boolean {
  return !from && !to;
}

function hoursOf(window: TimeWindow, locale: Locale): string {
  if (isUnset(window)) return unset[locale];
  const { from, to, days } = window;
  const clock = (time: string) => (locale === 'id' ? time.replace(':', '.') : time) || unset[locale];
  const isWholeDay = from !== '' && from === to;
  const hours = isWholeDay ? { id: 'sepanjang hari', en: 'all day' }[locale] : `${clock(from)}–${clock(to)}`;
  return [dayRange(days, locale), hours].filter(Boolean).join(' ');
}
