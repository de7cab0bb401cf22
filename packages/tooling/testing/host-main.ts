/**
 * The reference host in a process of its own that can be killed. In addition to `alur-host` it reports the
 * open resources and the event loop delay to its parent, and its clock can be moved.
 *
 * @module
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createHost, importWorkspace, type Logger } from '@alur/host';
import { countedDatabase, openPGlite, openPostgres } from '@alur/host/testing';
import type { HostAsk, HostReply, HostSetup } from './host-process.ts';

const setup = JSON.parse(process.argv[2] ?? '{}') as HostSetup;
const lag = monitorEventLoopDelay({ resolution: 10 });
lag.enable();
let moved = 0;

const clock = () => Date.now() + moved;
const logger: Logger = {
  info: () => {},
  warn: (message) => console.warn(message),
  error: (message, error) => console.error(message, error ?? ''),
};
const { postgresUrl, dataDir } = setup;
const database = countedDatabase(
  postgresUrl
    ? await openPostgres({ url: postgresUrl, clock, logger })
    : await openPGlite({ dataDir, clock, logger }),
);
const host = await createHost({
  database,
  ...(postgresUrl && { postgresUrl }),
  limits: setup.limits ?? false,
  trustProxy: setup.trustProxy ?? 0,
  allowPrivateWebhooks: setup.allowPrivateWebhooks ?? false,
  clock,
  logger,
});
await importWorkspace(host, setup.workspace);
const url = await host.listen(setup.port, '127.0.0.1');
tell({ kind: 'ready', url });

function tell(reply: HostReply): void {
  process.send?.(reply);
}

async function answer(ask: HostAsk): Promise<void> {
  if (ask.do === 'pass') moved += ask.ms;
  if (ask.do === 'import') await importWorkspace(host, ask.workspace);
  const milliseconds = (nanoseconds: number) => Math.round(nanoseconds / 1e5) / 10;
  tell({
    kind: 'stats',
    stats: {
      ...host.stats(),
      rss: process.memoryUsage().rss,
      lagP99: milliseconds(lag.percentile(99)),
      lagMax: milliseconds(lag.max),
      operations: Object.fromEntries(database.counts),
    },
  });
  lag.reset();
}
process.on('message', (ask: HostAsk) => void answer(ask));
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void host.close().then(() => process.exit(0)));
// The parent process has ended.
process.once('disconnect', () => process.exit(0));
