/**
 * The reference host in a process of its own, to be killed. Beyond what `alur-host` does it answers its parent: how much is
 * open, how long its loop was held up; and it lets its clock be moved.
 *
 * @module
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createHost, importWorkspace } from '@alur/host';
import type { HostAsk, HostReply, HostSetup } from './host-process.ts';
import { faultWorkspace } from './workspace.ts';

const setup = JSON.parse(process.argv[2] ?? '{}') as HostSetup;
const lag = monitorEventLoopDelay({ resolution: 10 });
lag.enable();
let moved = 0;

const host = await createHost({
  ...(setup.postgresUrl ? { postgresUrl: setup.postgresUrl } : { dataDir: setup.dataDir }),
  limits: setup.limits ?? false,
  clock: () => Date.now() + moved,
  logger: {
    info: () => {},
    warn: (message) => console.warn(message),
    error: (message, error) => console.error(message, error ?? ''),
  },
});
await importWorkspace(host, faultWorkspace());
const url = await host.listen(setup.port, '127.0.0.1');
tell({ kind: 'ready', url });

function tell(reply: HostReply): void {
  process.send?.(reply);
}

process.on('message', (ask: HostAsk) => {
  if (ask.do === 'pass') moved += ask.ms;
  const milliseconds = (nanoseconds: number) => Math.round(nanoseconds / 1e5) / 10;
  tell({
    kind: 'stats',
    stats: {
      ...host.stats(),
      rss: process.memoryUsage().rss,
      lagP99: milliseconds(lag.percentile(99)),
      lagMax: milliseconds(lag.max),
    },
  });
  lag.reset();
});
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void host.close().then(() => process.exit(0)));
// Whoever started it is gone.
process.once('disconnect', () => process.exit(0));
