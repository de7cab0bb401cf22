import type { HostEnv } from '../http/handlers.ts';
import type { Context } from 'hono';
import type { Services } from '../http/services.ts';
import { visitorEvent } from '../operations/event-views.ts';
import type { VisitorCaller } from '../http/authenticate.ts';
import { HostProblem, isHostProblem } from '../problem.ts';
import { createLogFollower } from './log-follower.ts';
import { HEARTBEAT_SECONDS, openReader } from './reader.ts';
import { visitorTopic } from './hub.ts';

/** Request whose response becomes a stream. */
export interface Line {
  context: Context<HostEnv>;
  address: string;
}

const PAGE = 200;
const EMPTY_PAGE = { events: [], cursor: '', reached: 0, more: false };

/**
 * Streams the visitor's own log from a cursor. The topic comes from the token. No part of the request can
 * select another topic.
 */
export function streamVisitorEvents(
  services: Services,
  { after, caller }: { after: string; caller: VisitorCaller },
  line: Line,
): void {
  if (hasHungUp(line)) return;
  const { hub, clock, access } = services;
  const { visitorId, inboxId, accountId } = caller;
  const scope = { visitorId, inboxId, accountId };
  const releasePlaces = takeVisitorPlace(services, scope.visitorId, line.address);
  const reader = openReader(line.context.env.outgoing, line.context.get('corsHeaders'), () => {
    unsubscribe();
    unwatch();
    follower.stop();
    releasePlaces();
  });
  const sendReset = (): void => {
    reader.send('reset', {});
    reader.end();
  };
  const follower = createLogFollower({
    read: async (after) =>
      (await services.reads.read({ ...scope, after, limit: PAGE }, () => reader.isOpen)) ?? EMPTY_PAGE,
    view: visitorEvent,
    deliver(events) {
      for (const event of events) reader.send('event', event, event.cursor);
    },
    // A long backlog, sent at once, would exceed `MAX_BUFFERED_BYTES`.
    ready: reader.drained,
    fail(error) {
      // The cursor belongs to another log, or the visitor was erased. The reader must start from a snapshot.
      if (isHostProblem(error) && ['cursor_expired', 'unauthenticated'].includes(error.code))
        return sendReset();
      services.logger.error('A visitor’s stream broke off', error);
      reader.end();
    },
  });
  const unsubscribe = hub.subscribe(visitorTopic(scope.visitorId), {
    reader,
    onHostEvent(hostEvent) {
      if (hostEvent.kind === 'events') follower.onHostEvent(hostEvent);
      else if (hostEvent.kind === 'resync') follower.refresh();
      else if (hostEvent.kind === 'erased') sendReset();
      else if (hostEvent.kind === 'typing' && hostEvent.signal.by !== 'visitor') {
        const { conversationId: _id, ...signal } = hostEvent.signal;
        reader.send('typing', signal);
      }
    },
  });
  const { expiresAt, family } = caller;
  const unwatch = access.watch(reader, { expiresAt, family, authenticate: null });
  reader.send('hello', {
    cursor: after,
    serverTime: new Date(clock()).toISOString(),
    heartbeatSeconds: HEARTBEAT_SECONDS,
  });
  void follower.start(after);
}

/**
 * Whether the caller disconnected during authentication. The response has emitted `close` by then, so a
 * stream that is opened now would never release its places in the limits.
 */
export function hasHungUp({ context }: Line): boolean {
  return context.env.outgoing.destroyed;
}

/**
 * Takes a place in the limit that a visitor's streams and long polls share. Returns a function that releases
 * it. Throws `rate_limited`.
 */
export function takeVisitorPlace(
  services: Pick<Services, 'streams' | 'limits'>,
  visitorId: string,
  address: string,
): () => void {
  return takePlace(services, [
    { key: `visitor ${visitorId}`, limit: services.limits?.streamsPerVisitor },
    { key: `address ${address}`, limit: services.limits?.streamsPerAddress },
  ]);
}

/** Takes a place under every key. Returns a function that releases them. Throws `rate_limited`. */
export function takePlace(
  { streams }: Pick<Services, 'streams'>,
  places: { key: string; limit: number | undefined }[],
): () => void {
  const releasePlaces = streams.take(places.map(({ key, limit = Infinity }) => ({ key, limit })));
  if (!releasePlaces)
    throw new HostProblem('rate_limited', 'Too many streams are open from here. Close one first.', {
      retryAfter: 30,
    });
  return releasePlaces;
}
