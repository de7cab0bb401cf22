/** Dates, times and names in Indonesian format. */
import { initials as firstLetters } from '@alur/flow/text';

const CLOCK = new Intl.DateTimeFormat('id-ID', { hour: '2-digit', minute: '2-digit' });
const SHORT_DAY = new Intl.DateTimeFormat('id-ID', { day: 'numeric', month: 'short' });
const LONG_DAY = new Intl.DateTimeFormat('id-ID', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const FULL = new Intl.DateTimeFormat('id-ID', { dateStyle: 'long', timeStyle: 'short' });

/** `09.41` */
export function formatClock(at: string): string {
  return CLOCK.format(new Date(at));
}

/** `Sabtu, 22 November 2026`, or `Hari ini` and `Kemarin`. */
export function formatDay(at: string, now: Date): string {
  const distance = daysBetween(new Date(at), now);
  if (distance === 0) return 'Hari ini';
  if (distance === 1) return 'Kemarin';
  return LONG_DAY.format(new Date(at));
}

/** For lists: the time today, `Kemarin`, else `22 Nov`. */
export function formatWhen(at: string, now: Date): string {
  const distance = daysBetween(new Date(at), now);
  if (distance === 0) return formatClock(at);
  return distance === 1 ? 'Kemarin' : SHORT_DAY.format(new Date(at));
}

/** `22 November 2026 pukul 09.41` */
export function formatFull(at: string): string {
  return FULL.format(new Date(at));
}

function daysBetween(earlier: Date, later: Date): number {
  const midnight = (date: Date): number =>
    new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  return Math.round((midnight(later) - midnight(earlier)) / 86_400_000);
}

/** `12 KB`, `1,4 MB` */
export function formatBytes(size: number): string {
  const [amount, unit] =
    size < 1_000_000 ? [Math.max(1, Math.round(size / 1000)), 'KB'] : [size / 1_000_000, 'MB'];
  return `${amount.toLocaleString('id-ID', { maximumFractionDigits: 1 })} ${unit}`;
}

/** `BS` for `Budi Santoso`; `?` when there is no letter. */
export function initials(name: string): string {
  return firstLetters(name) || '?';
}
