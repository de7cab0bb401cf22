import type { Strings } from '../strings/strings.ts';

/**
 * Formats a time of day (`HH:MM`) for the language: `17:00`, in Indonesian `17.00`. Other texts stay
 * unchanged.
 */
export function showClock(time: string, { locale }: Pick<Strings, 'locale'>): string {
  return locale === 'id' && /^\d\d:\d\d$/.test(time) ? time.replace(':', '.') : time;
}
