import type { Author, ConversationEvent, Handler, Message, PublicHandler, Rating } from '@alur/protocol';
import type { StoredRating } from './conversation-state.ts';

/** A message as a visitor may see it: authors without their ids. */
export function visitorMessage(message: Message): Message {
  const { id: _id, ...author } = message.author;
  return { ...message, author: author satisfies Author };
}

/** A handler as a visitor may see it. */
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

/** A rating as it is told outside. */
export function publicRating({ sessionNumber: _number, ...rating }: StoredRating): Rating {
  return rating;
}

/** Types of events that visitors are sent. */
export const VISITOR_EVENTS: readonly ConversationEvent['type'][] = [
  'message',
  'session',
  'run',
  'handler',
  'read',
  'rating',
];

/** An event as a visitor may see it, or null when it is none of a visitor's business. */
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
