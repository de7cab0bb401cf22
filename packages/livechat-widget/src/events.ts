import type { Author } from '@alur/client';
import type { ConsentState } from './session/consent.ts';

/**
 * What each event of `<livechat-widget>` carries, by name. All bubble, cross shadow roots and cannot be
 * cancelled.
 */
export interface LivechatEventDetails {
  /** The launcher stands; it may be used. */
  'livechat-ready': null;
  'livechat-open': null;
  'livechat-close': null;
  /** How many messages the visitor has not seen. */
  'livechat-unread': { count: number };
  /** Somebody else's message came in, or was said by the flow and kept by the host. */
  'livechat-message': { id: string; text: string; author: Author };
  /** The host has taken a message or a press of the visitor. */
  'livechat-message-sent': { id: string; text: string };
  /** The host will never take this message as it is; it stays on the screen to be edited. */
  'livechat-message-failed': { id: string; text: string; code: string };
  /** The line to the host: nothing is wrong while `connecting`; `refused` will not mend by itself. */
  'livechat-status': { status: LivechatStatus };
  /**
   * The conversation left the flow: handed over, run out of path, or taken over by an agent (`cancelled`).
   */
  'livechat-flow-end': { reason: string };
  /** The visitor rated the conversation: 1 to 5, 5 is best. */
  'livechat-rating': { score: number; comment?: string };
  /** Who the visitor is, as far as the page and the host know. */
  'livechat-identity': LivechatIdentity;
  /** What the visitor decided about being remembered, or that they are being asked. */
  'livechat-consent': { state: ConsentState };
  /**
   * Something the site's author should know. `code` is a stable word, such as `inbox_type` or
   * `origin_not_allowed`.
   */
  'livechat-error': { code: string; message: string };
}

/** Who the visitor is. */
export interface LivechatIdentity {
  /** Whom the page's token speaks of; null for an anonymous visitor. */
  person: string | null;
  /** What the host calls the visitor; null while it does not know them. */
  visitorId: string | null;
  /** Whether the host has accepted the page's token. */
  verified: boolean;
}

/** How the line to the host stands. */
export type LivechatStatus = 'idle' | 'connecting' | 'online' | 'offline' | 'refused';

/** The names of the events. */
export type LivechatEventName = keyof LivechatEventDetails;

/** The same without what they have in common: `unread` for `livechat-unread`. */
export type LivechatEventTopic = LivechatEventName extends infer Name
  ? Name extends `livechat-${infer Topic}`
    ? Topic
    : never
  : never;

/** An event of `<livechat-widget>`. */
export type LivechatEvent<Name extends LivechatEventName = LivechatEventName> = CustomEvent<
  LivechatEventDetails[Name]
>;

/** Tells the page something. */
export type Emit = <Name extends LivechatEventName>(name: Name, detail: LivechatEventDetails[Name]) => void;

type LivechatEventMap = { [Name in LivechatEventName]: LivechatEvent<Name> };

declare global {
  interface HTMLElementEventMap extends LivechatEventMap {}
}
