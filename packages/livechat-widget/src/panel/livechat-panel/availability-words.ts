import type { Availability } from '../../store/availability.ts';
import type { Strings } from '../../strings/strings.ts';
import { startOfDay } from '../local-day.ts';

/** Returns the line under the title while no agent answers. Empty if nothing is known. */
export function availabilityWords(availability: Availability, strings: Strings, now: Date): string {
  switch (availability.state) {
    case 'available':
      return strings.tagline;
    case 'closed':
      return backWords(new Date(availability.opensAt), strings, now);
    case 'unknown':
      return '';
    default:
      return strings.availability[availability.state];
  }
}

/**
 * Returns when the agents are back, in the visitor's time. Without a time if that is more than a week away.
 */
function backWords(opensAt: Date, strings: Strings, now: Date): string {
  const { away, back, today, tomorrow } = strings.availability;
  const days = Math.round((startOfDay(opensAt) - startOfDay(now)) / 86_400_000);
  if (days > 6) return away;
  const time = strings.time(opensAt.getHours(), opensAt.getMinutes());
  if (days < 2) return back(days < 1 ? today : tomorrow, time);
  return back(new Intl.DateTimeFormat(strings.locale, { weekday: 'long' }).format(opensAt), time);
}
