import type { Strings } from '../strings/strings.ts';

/**
 * A time of day (`HH:MM`) as the language writes it: `17:00`, in Indonesian `17.00`. What is no time stays as
 * it is.
 */
export function showClock(time: string, { locale }: Pick<Strings, 'locale'>): string {
  return locale === 'id' && /^\d\d:\d\d$/.test(time) ? time.replace(':', '.') : time;
}
