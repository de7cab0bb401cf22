import type { Strings } from '../../strings/strings.ts';

/** Returns a date in the current language; with `full`, also weekday and time. '' for an invalid date. */
export function formatDate(iso: string, strings: Strings, style: 'short' | 'full' = 'short'): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return '';
  const locale = strings.locale === 'id' ? 'id-ID' : 'en-GB';
  if (style === 'full') return at.toLocaleString(locale, { dateStyle: 'full', timeStyle: 'short' });
  return at.toLocaleDateString(locale, { day: 'numeric', month: 'short', year: 'numeric' });
}
