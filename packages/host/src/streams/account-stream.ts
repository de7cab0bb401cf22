import type { DashboardCaller } from '../http/authenticate.ts';
import type { Services } from '../http/services.ts';
import { accountTopic } from './hub.ts';
import { HEARTBEAT_SECONDS, openReader } from './reader.ts';
import { hasHungUp, takePlace, type Line } from './visitor-stream.ts';

/**
 * Streams hints about changes in the account. It has no log. An agent's stream marks the agent as present
 * (see `createPresence`).
 */
export function streamAccountHints(services: Services, caller: DashboardCaller, line: Line): void {
  if (hasHungUp(line)) return;
  const { hub, clock, access } = services;
  const { accountId, agentId, expiresAt, authenticate } = caller;
  const releasePlaces = takePlace(services, [
    { key: `account ${accountId}`, limit: services.limits?.streamsPerAccount },
    { key: `address ${line.address}`, limit: services.limits?.streamsPerAddress },
  ]);
  const reader = openReader(line.context.env.outgoing, line.context.get('corsHeaders'), () => {
    unsubscribe();
    leavePresence();
    unwatch();
    releasePlaces();
  });
  const leavePresence = agentId === null ? () => {} : services.presence.enter({ accountId, agentId });
  const unsubscribe = hub.subscribe(accountTopic(accountId), {
    reader,
    onHostEvent(hostEvent) {
      if (hostEvent.kind === 'events')
        reader.send('hint', { conversationId: hostEvent.conversationId, seq: hostEvent.to });
      else if (hostEvent.kind === 'typing') reader.send('typing', hostEvent.signal);
      else if (hostEvent.kind === 'agent-deactivated') {
        if (hostEvent.agentId === agentId) reader.end();
      }
      // Hints were lost. The reader reconnects and lists the conversations again.
      else if (hostEvent.kind === 'resync') reader.end();
    },
  });
  const unwatch = access.watch(reader, { expiresAt, family: null, authenticate });
  reader.send('hello', {
    cursor: '',
    serverTime: new Date(clock()).toISOString(),
    heartbeatSeconds: HEARTBEAT_SECONDS,
  });
}
