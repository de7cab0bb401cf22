import type { DashboardCaller } from '../http/authenticate.ts';
import type { Services } from '../http/services.ts';
import { accountTopic } from './hub.ts';
import { HEARTBEAT_SECONDS, openReader } from './reader.ts';
import { hasHungUp, takePlace, type Line } from './visitor-stream.ts';

/** Streams hints of what changed in the account. Not a log: whoever reconnects lists again. */
export function streamAccountHints(services: Services, { accountId }: DashboardCaller, line: Line): void {
  if (hasHungUp(line)) return;
  const { hub, clock } = services;
  const free = takePlace(services, [
    { key: `account ${accountId}`, limit: services.limits?.streamsPerAccount },
    { key: `address ${line.address}`, limit: services.limits?.streamsPerAddress },
  ]);
  const reader = openReader(line.context.env.outgoing, line.context.get('corsHeaders'), () => {
    unsubscribe();
    free();
  });
  const unsubscribe = hub.subscribe(accountTopic(accountId), {
    reader,
    hear(notice) {
      if (notice.kind === 'events')
        reader.send('hint', { conversationId: notice.conversationId, seq: notice.to });
      else if (notice.kind === 'typing') reader.send('typing', notice.signal);
      // Hints were lost: whoever comes back lists again.
      else if (notice.kind === 'resync') reader.end();
    },
  });
  reader.send('hello', {
    cursor: '',
    serverTime: new Date(clock()).toISOString(),
    heartbeatSeconds: HEARTBEAT_SECONDS,
  });
}
