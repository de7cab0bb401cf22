import type { Author, ConversationEvent, Handler, Message, PublicHandler, Rating } from '@alur/protocol';
import type { StoredRating } from './conversation-state.ts';

/** Returns a message as a visitor may see it: authors have no ids. */
export function visitorMessage(message: Message): Message {
  const { id: _id, ...author } = message.author;
  return { ...message, author: author satisfies Author };
}

/** Returns an assignee as a visitor may see it. */
export function publicHandler(
  handler: (Handler & { avatarUrl?: string }) | PublicHandler | null,
): PublicHandler | null {
  return (
    handler && {
      kind: handler.kind,
      name: handler.name,
      ...(handler.avatarUrl && { avatarUrl: handler.avatarUrl }),
    }
  );
}

/** Returns a rating as the API returns it. */
export function publicRating({ sessionNumber: _number, ...rating }: StoredRating): Rating {
  return rating;
}

/** Types of events that visitors receive. */
export const VISITOR_EVENTS: readonly ConversationEvent['type'][] = [
  'message',
  'session',
  'run',
  'handler',
  'read',
  'rating',
];

/** Returns an event as a visitor may see it, or null for an event that visitors do not receive. */
export function visitorEvent(event: ConversationEvent): ConversationEvent | null {
  switch (event.type) {
    case 'message':
      return { ...event, message: visitorMessage(event.message) };
    case 'session': {
      const { by: _by, ...rest } = event;
      return rest;
    }
    case 'handler': {
      const { candidates: _candidates, ...rest } = event;
      return { ...rest, handler: publicHandler(event.handler) };
    }
    case 'run':
    case 'read':
    case 'rating':
      return event;
    default:
      return null;
  }
}
