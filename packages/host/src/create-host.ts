import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Hono } from 'hono';
import { createAiAnswerer, type AiAnswerer } from './ai/ai-answerer.ts';
import type { Database } from './database/database.ts';
import type { LeaseOptions } from './database/folder-lease.ts';
import { openPGlite } from './database/pglite-database.ts';
import type { PostgresTimeouts } from './database/postgres-timeouts.ts';
import { openPostgres } from './database/postgres-database.ts';
import { createGauge, createRateLimiter, defaultLimits, type Limits } from './http/rate-limit.ts';
import { createClientAddress, type TrustProxy } from './http/client-address.ts';
import { createHealthCheck } from './http/health.ts';
import { createRouter } from './http/router.ts';
import { createLookups } from './http/lookups.ts';
import { onTimer, type After, type Logger, type Services } from './http/services.ts';
import { createImageCleaner } from './files/image-cleaner.ts';
import { createJobRunner } from './jobs/job-runner.ts';
import { limitOperations } from './database/limit-operations.ts';
import { handlers } from './routes/index.ts';
import { createPresence } from './streams/presence.ts';
import { MIN_SECRET_LENGTH } from './secrets.ts';
import { createAccessWatch } from './streams/access-watch.ts';
import { createHub } from './streams/hub.ts';
import { createSharedReads } from './streams/shared-reads.ts';

/** Without a host name only this machine can connect. */
const LOOPBACK = '127.0.0.1';

/** What a host is made of. Everything has a default but the place for its data. */
export interface HostOptions {
  /** A folder: PGlite keeps everything there. */
  dataDir?: string;
  /**
   * A PostgreSQL address, `postgres://user:password@host/database`. Wins over `dataDir`. Without either: in
   * memory.
   */
  postgresUrl?: string;
  /**
   * Time limits towards PostgreSQL, in milliseconds. Default: 5,000 for a statement, 5,000 for a connection.
   */
  postgresTimeouts?: Partial<PostgresTimeouts>;
  /** A file outside `dataDir` that shows that there was one: a start without its database is then refused. */
  markerFile?: string;
  /** How the data folder is held for this process alone. For tests. */
  lease?: LeaseOptions;
  /**
   * Called once when the database is lost for this process, such as a data folder that another process has
   * taken over. The host answers 503 from then on; the program should end. Default: only logged.
   */
  onFatal?: (error: Error) => void;
  /** A database that is open already; wins over both. The host closes it. */
  database?: Database;
  /**
   * Who answers for AI agents. Default: an OpenAI-compatible endpoint when `ALUR_AI_URL` is set, else their
   * own questions and answers.
   */
  ai?: AiAnswerer;
  /** Default: `console`. */
  logger?: Logger;
  /** Milliseconds since 1970. Default: `Date.now`. */
  clock?: () => number;
  /** Timers of streams. Default: those of this process. For tests, together with `clock`. */
  after?: After;
  /** Any of the limits, or false for none at all (load tests). */
  limits?: Partial<Limits> | false;
  /**
   * Proxies whose `X-Forwarded-For` counts: how many stand in front of the host, or their networks, such as
   * `['10.0.0.0/8']`. `true` is one. Default: 0, the header is not read.
   */
  trustProxy?: TrustProxy;
  /** Let webhooks call private addresses: for development only. Default: false. */
  allowPrivateWebhooks?: boolean;
  /** Check every answer against the contract and fail it when it does not hold. For tests. Default: false. */
  checkResponses?: boolean;
}

/** A host that runs. */
export interface Host {
  /** The application, for `app.request()` and for embedding. Streams need a real server: `listen`. */
  readonly app: Hono<never>;
  readonly database: Database;
  /** The address after `listen`, such as `http://localhost:8787`. */
  readonly url: string;
  /**
   * Starts to serve and returns the address. Port 0 takes a free one. Default: port 8787, on this machine
   * only; hostname `0.0.0.0` opens it to others. Rejects with a clear message when the port is taken.
   */
  listen(port?: number, hostname?: string): Promise<string>;
  /** Says goodbye to streams, finishes what runs, closes the database. */
  close(): Promise<void>;
  /** How much is open: all 0 when nothing leaked. */
  stats(): { topics: number; streams: number };
}

/** Opens the database and makes a host on it. It serves once `listen` is called. */
export async function createHost(options: HostOptions = {}): Promise<Host> {
  const { clock = Date.now, logger = console, dataDir = null, postgresUrl } = options;
  const database =
    options.database ??
    (await (postgresUrl
      ? openPostgres({ url: postgresUrl, clock, logger, timeouts: options.postgresTimeouts })
      : openPGlite({
          dataDir,
          clock,
          logger,
          onFatal: options.onFatal,
          markerFile: options.markerFile,
          lease: options.lease,
        })));
  const after = options.after ?? onTimer;
  const hub = createHub(after);
  const access = createAccessWatch({ database, clock, after, random: Math.random, logger });
  const limits = options.limits === false ? null : { ...defaultLimits, ...options.limits };
  const limiter = createRateLimiter(clock);
  const misses = limits && { limiter, rate: limits.missesPerAddress };
  const lookups = createLookups(database, clock, misses);
  const services: Services = {
    database,
    health: createHealthCheck(database),
    hub,
    lookups,
    clock,
    after,
    random: Math.random,
    access,
    logger,
    secret: await database.run('hostSecret', undefined),
    limits,
    limiter,
    misses,
    streams: createGauge(),
    files: limitOperations(database, postgresUrl ? 3 : 1),
    images: createImageCleaner(),
    reads: createSharedReads(database),
    presence: createPresence({ database, after: onTimer, logger }),
    clientAddress: createClientAddress(options.trustProxy ?? 0, logger.warn.bind(logger)),
  };
  const jobs = createJobRunner({
    database,
    clock,
    logger,
    ai: options.ai ?? createAiAnswerer(process.env),
    allowPrivateWebhooks: options.allowPrivateWebhooks ?? false,
    isAlone: !postgresUrl,
  });
  database.listen((notice) => {
    if (notice.kind === 'settings') lookups.forget();
    if (notice.kind === 'jobs') jobs.wake();
    access.onNotice(notice);
    hub.tell(notice);
  });
  await jobs.start();
  const short = await database.run('listShortSecrets', undefined);
  if (short.length > 0)
    logger.warn(
      `Shorter than ${MIN_SECRET_LENGTH} characters, and so easier to guess: ${short.join(', ')}. Replace them.`,
    );

  const app = createRouter(services, handlers, { checkResponses: options.checkResponses ?? false });
  let server: Server | null = null;
  let url = '';
  let closing: Promise<void> | null = null;
  const listener = getRequestListener(async (request, env) => {
    const response = await app.fetch(request, env as never);
    // A connection that is kept alive would keep a closing host up until it is cut.
    if (closing && response !== RESPONSE_ALREADY_SENT) response.headers.set('Connection', 'close');
    return response;
  });

  async function close(): Promise<void> {
    services.presence.stop();
    access.stop();
    hub.sayBye();
    await jobs.stop();
    if (server) await stopServer(server);
    services.images.close();
    await database.close();
  }

  return {
    app: app as unknown as Hono<never>,
    database,
    get url() {
      return url;
    },
    async listen(port = 8787, hostname = LOOPBACK) {
      server = createServer(listener);
      // Slow senders hold no connection for ever, but a file may take its time; streams are answers and not
      // touched by these.
      server.headersTimeout = 20_000;
      server.requestTimeout = 300_000;
      server.keepAliveTimeout = 65_000;
      await begin(server, port, hostname);
      // Such as no free file descriptor for one more connection. Without a listener it would end the process.
      server.on('error', (error) => logger.error('A connection could not be accepted', error));
      const shown = hostname === LOOPBACK ? 'localhost' : hostname.includes(':') ? `[${hostname}]` : hostname;
      url = `http://${shown}:${(server.address() as AddressInfo).port}`;
      return url;
    },
    close: () => (closing ??= close()),
    stats: () => ({ topics: hub.size(), streams: services.streams.size() }),
  };
}

function begin(server: Server, port: number, hostname: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`Port ${port} is taken by another program. Stop it, or choose another with --port.`)
          : error,
      );
    server.once('error', fail);
    server.listen(port, hostname, () => {
      server.off('error', fail);
      resolve();
    });
  });
}

/** How long calls under way may take once the host is closing. */
const DRAIN_MS = 5_000;

function stopServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
