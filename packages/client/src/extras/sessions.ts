import type { RateSession } from '@alur/protocol';
import type { VisitorClient } from '../visitor/visitor-client.ts';

type Client = Pick<VisitorClient, 'queue'>;

/**
 * Queues a rating of a session: `score` from 1 to 5. A later rating of the same session replaces it. Resolves
 * when it is stored on this device.
 */
export function rateSession(client: Client, rating: Omit<RateSession, 'id'>): Promise<void> {
  return client.queue({ kind: 'rating', note: rating });
}

/**
 * Queues the end of a session, like an agent's Resolve: the next message starts a session with a new id.
 * Resolves when it is stored on this device.
 */
export function endSession(client: Client, session: string): Promise<void> {
  return client.queue({ kind: 'end', note: { session } });
}
