import type { Author } from '@alur/client';
import type { ChatSession } from '../../session/chat-session.ts';
import { playTone } from './play-tone.ts';

/** Time in which another tab can report that the visitor has seen a reply there, in milliseconds. */
export const SEEN_MS = 800;

let isDue = false;

/**
 * Plays a sound for replies that the visitor does not see: once for several replies, and in one tab. The
 * leading tab plays it, if no tab has marked the reply as read by then. Messages of the flow answer the
 * visitor's input and are silent.
 */
export function chime({ kind }: Author, session: ChatSession, unread: () => number): void {
  if (isDue || kind === 'bot' || !session.client.leading || session.view.get().muted) return;
  isDue = true;
  setTimeout(() => {
    isDue = false;
    if (unread() > 0) void playTone().catch(() => {});
  }, SEEN_MS);
}
