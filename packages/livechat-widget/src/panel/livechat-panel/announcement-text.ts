import type { Announcement } from '../../store/announcements.ts';
import type { Strings } from '../../strings/strings.ts';
import { nameOf } from '../templates/author.ts';

/** Returns the text that a screen reader announces. */
export function announcementText(announcement: Announcement, strings: Strings): string {
  if (announcement.kind === 'ended') return strings.resolved;
  if (announcement.kind === 'handover') return strings.joined(nameOf(announcement.handler, strings));
  const { author, text, choices } = announcement.message;
  const labels = choices?.buttons.map(({ label }) => label).join(', ');
  return `${nameOf(author, strings)}: ${text || strings.image}${labels ? `. ${strings.choices}: ${labels}` : ''}`;
}
