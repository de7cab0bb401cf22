import type { PublicHandler } from '@alur/client';
import type { Conversation } from './conversation.ts';
import type { Screen, ScreenMessage } from './screen.ts';

/** Something that a screen reader says once. `key` is unique. */
export type Announcement = { key: string } & (
  | { kind: 'reply'; message: ScreenMessage }
  | { kind: 'handover'; handler: PublicHandler }
  | { kind: 'ended' }
);

/** How many announcements stay in the live region. A screen reader may come to one a moment later. */
const KEPT = 8;
/** How far back a reply can be new. */
const NEWEST = 20;

/**
 * What is to be announced of a conversation, while the panel is open. What is there at the beginning is not
 * announced.
 */
export class Announcements {
  readonly #known = new Set<string>();
  #list: readonly Announcement[] = [];
  #isReady = false;
  #handler = '';

  /** Notes what is new and returns what the live region holds, oldest first. */
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
    // Nothing of a visitor whom this device has forgotten is left to be read.
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
