import type { Author } from '@alur/client';
import type { ConsentState } from './session/identity/consent.ts';

/**
 * Detail of each event of `<livechat-widget>`, by name. All events bubble, cross shadow roots and cannot be
 * cancelled.
 */
export interface LivechatEventDetails {
  /** The launcher is rendered and can be used. */
  'livechat-ready': null;
  'livechat-open': null;
  'livechat-close': null;
  /** Number of messages that the visitor has not seen. */
  'livechat-unread': { count: number };
  /**
   * A message of an agent, an AI agent or the flow arrived. Messages of the flow are reported when the host
   * has them.
   */
  'livechat-message': { id: string; text: string; author: Author };
  /** The host accepted a message or a press of the visitor. */
  'livechat-message-sent': { id: string; text: string };
  /** The host refused this message permanently. It stays in the list for editing. */
  'livechat-message-failed': { id: string; text: string; code: string };
  /** State of the connection to the host. `connecting` is not an error; `refused` is permanent. */
  'livechat-status': { status: LivechatStatus };
  /** The flow ended: it assigned the conversation, had no more cards, or an agent took over (`cancelled`). */
  'livechat-flow-end': { reason: string };
  /** The visitor rated the conversation: 1 to 5, 5 is best. */
  'livechat-rating': { score: number; comment?: string };
  /** Identity of the visitor, as far as the page and the host know it. */
  'livechat-identity': LivechatIdentity;
  /** The visitor's consent decision, or the state of the question. */
  'livechat-consent': { state: ConsentState };
  /** An error for the site's developer. `code` is stable, such as `inbox_type` or `origin_not_allowed`. */
  'livechat-error': { code: string; message: string };
}

/** Identity of the visitor. */
export interface LivechatIdentity {
  /** Subject (`sub`) of the page's identity token; null for an anonymous visitor. */
  person: string | null;
  /** Id of the visitor at the host; null while the host does not know the visitor. */
  visitorId: string | null;
  /** Whether the host has accepted the page's identity token. */
  verified: boolean;
}

/** State of the connection to the host. */
export type LivechatStatus = 'idle' | 'connecting' | 'online' | 'offline' | 'refused';

/** Names of the events. */
export type LivechatEventName = keyof LivechatEventDetails;

/** Names of the events without the prefix: `unread` for `livechat-unread`. */
export type LivechatEventTopic = LivechatEventName extends infer Name
  ? Name extends `livechat-${infer Topic}`
    ? Topic
    : never
  : never;

/** An event of `<livechat-widget>`. */
export type LivechatEvent<Name extends LivechatEventName = LivechatEventName> = CustomEvent<
  LivechatEventDetails[Name]
>;

/** Dispatches an event on the element. */
export type Emit = <Name extends LivechatEventName>(name: Name, detail: LivechatEventDetails[Name]) => void;

type LivechatEventMap = { [Name in LivechatEventName]: LivechatEvent<Name> };

declare global {
  interface HTMLElementEventMap extends LivechatEventMap {}
}
