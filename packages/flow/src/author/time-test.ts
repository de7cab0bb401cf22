import type { TimeTest } from '../document/flow.ts';
import { timeWindows } from '../check/time-windows.ts';
import type { Locale, TestAuthorKind } from './author-kind.ts';
import { daysField, timeField, timeZoneField } from './fields.ts';
import { unset } from './words.ts';

const dayNames: Record<Locale, string[]> = {
  id: ['Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu', 'Minggu'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
};

/** How Indonesians write their three zones; any other is called by its name. */
const zoneNames = new Map([
  ['Asia/Jakarta', 'WIB'],
  ['Asia/Pontianak', 'WIB'],
  ['Asia/Makassar', 'WITA'],
  ['Asia/Jayapura', 'WIT'],
]);

/** `first-message-time` as authors see it. */
export const timeTestAuthor: TestAuthorKind = {
  kind: 'first-message-time',
  name: { id: 'Waktu pesan pertama', en: 'First Message Time' },
  fields: [
    timeField('from', { id: 'Dari', en: 'From' }, { isPublic: true }),
    timeField('to', { id: 'Sampai', en: 'To' }, { isPublic: true, endOfDay: true }),
    daysField('days', { id: 'Hari', en: 'Days' }, { optional: true, isPublic: true }),
    timeZoneField(
      'timeZone',
      { id: 'Zona waktu', en: 'Time zone' },
      { required: false, optional: true, isPublic: true },
    ),
  ],
  check(test, { report }) {
    if ((test as TimeTest).to !== '23:59') return;
    report({
      code: 'end-of-day',
      severity: 'warning',
      field: 'test/to',
      message:
        'The last minute of the day is left out, because the end is not part of the window; use 24:00.',
    });
  },
  summary(test, context) {
    const { from, to, timeZone } = test as TimeTest;
    if (!from && !to) return unset[context.locale];
    const zone = timeZone || context.flow.timeZone;
    const zoneName = (context.locale === 'id' && zoneNames.get(zone)) || zone;
    return [hoursOf(test as TimeTest, context.locale), zoneName].filter(Boolean).join(' ');
  },
  short: (test, { locale }) => hoursOf(test as TimeTest, locale),
  why(test, { at }, tools) {
    const zone = tools.zone((test as TimeTest).timeZone);
    if (timeWindows(test as TimeTest).length === 0) return { code: 'unset-test' };
    if (!zone.known) return { code: 'no-zone', zone: zone.name };
    const minute = zone.minuteAt(at);
    if (Number.isNaN(minute)) return { code: 'no-time' };
    const two = (value: number) => String(value).padStart(2, '0');
    const clock = `${two(Math.floor((minute % 1440) / 60))}:${two(minute % 60)}`;
    return { code: 'time', zone: zone.name, clock, weekday: Math.floor(minute / 1440) + 1 };
  },
};

/** Runs of three days and more are written as a range; all seven need no word. */
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

function hoursOf({ from, to, days }: TimeTest, locale: Locale): string {
  if (!from && !to) return unset[locale];
  const clock = (time: string) => (locale === 'id' ? time.replace(':', '.') : time) || unset[locale];
  const isWholeDay = from !== '' && from === to;
  const hours = isWholeDay ? { id: 'sepanjang hari', en: 'all day' }[locale] : `${clock(from)}–${clock(to)}`;
  return [dayRange(days, locale), hours].filter(Boolean).join(' ');
}
