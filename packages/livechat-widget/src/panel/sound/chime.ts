import type { Author } from '@alur/client';
import type { LivechatSession } from '../../session/livechat-session.ts';
import { playTone } from './play-tone.ts';

/** How long a tab may take to tell the others that somebody has seen a reply there. */
export const SEEN_MS = 800;

let isDue = false;

/**
 * Sounds once for a reply that nobody looks at, however many come at once and however many tabs are open: the
 * tab that leads does it, and only if no other has noted it as read by then. What the flow says is an answer
 * to what the visitor does, and makes no sound.
 */
export function chime({ kind }: Author, session: LivechatSession, unread: () => number): void {
  if (isDue || kind === 'bot' || !session.client.leading || session.view.get().muted) return;
  isDue = true;
  setTimeout(() => {
    isDue = false;
    if (unread() > 0) void playTone().catch(() => {});
  }, SEEN_MS);
}
