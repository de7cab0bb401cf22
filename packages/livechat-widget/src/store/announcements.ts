import type { PublicHandler } from '@alur/client';
import type { Conversation } from './conversation.ts';
import type { Screen, ScreenMessage } from './screen.ts';

/** A text that a screen reader announces once. `key` is unique. */
export type Announcement = { key: string } & (
  | { kind: 'reply'; message: ScreenMessage }
  | { kind: 'handover'; handler: PublicHandler }
  | { kind: 'ended' }
);

/** Maximum number of announcements in the live region. Screen readers may read it with a delay. */
const KEPT = 8;
/** Number of newest messages that are checked for new replies. */
const NEWEST = 20;

/** Collects announcements while the panel is open. Existing messages at the start are not announced. */
export class Announcements {
  readonly #known = new Set<string>();
  #list: readonly Announcement[] = [];
  #isReady = false;
  #handler = '';

  /** Adds new announcements. Returns the content of the live region, oldest first. */
  update(
    { screen, conversation, loading }: { screen: Screen; conversation: Conversation; loading: boolean },
    isOpen: boolean,
  ): readonly Announcement[] {
    const found = [
      ...this.#replies(screen.messages),
      ...this.#handover(conversation.handler),
      ...this.#ending(screen, conversation),
    ].filter(({ key }) => !this.#known.has(key));
    for (const { key } of found) this.#known.add(key);
    if (this.#isReady && isOpen && found.length > 0) this.#list = [...this.#list, ...found].slice(-KEPT);
    this.#isReady = !loading;
    // Nothing of a forgotten visitor may stay in the live region.
    if (screen.messages.length === 0) this.#list = [];
    return this.#list;
  }

  #replies(messages: readonly ScreenMessage[]): Announcement[] {
    return messages
      .slice(-NEWEST)
      .filter(({ author }) => author.kind !== 'visitor')
      .map((message) => ({ key: `reply ${message.id}`, kind: 'reply', message }));
  }

  #handover(handler: PublicHandler | null): Announcement[] {
    const current = handler ? `${handler.kind} ${handler.name}` : '';
    if (current === this.#handler) return [];
    this.#handler = current;
    return handler ? [{ key: `handover ${this.#known.size}`, kind: 'handover', handler }] : [];
  }

  #ending({ resolved }: Screen, { session }: Conversation): Announcement[] {
    return resolved && session ? [{ key: `ended ${session.id}`, kind: 'ended' }] : [];
  }
}
