import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Hono } from 'hono';
import type { AiAnswerer } from './ai/ai-answer.ts';
import { createAiAnswerer } from './ai/ai-answerer.ts';
import type { Database } from './database/database.ts';
import type { LeaseOptions } from './database/folder-lease.ts';
import { openPGlite } from './database/pglite-database.ts';
import type { PostgresTimeouts } from './database/postgres-timeouts.ts';
import { openPostgres } from './database/postgres-database.ts';
import { defaultLimits } from './http/limit-table.ts';
import { createConcurrencyLimiter } from './http/concurrency-limiter.ts';
import { createRateLimiter, type Limits } from './http/rate-limit.ts';
import { createClientAddress, type TrustProxy } from './http/client-address.ts';
import { createFilePlaces } from './http/file-places.ts';
import { createHealthCheck } from './http/health.ts';
import { createRouter } from './http/router.ts';
import { isSignedBy, signToken, verifyToken } from './http/jwt.ts';
import { createLookupCache } from './http/lookup-cache.ts';
import { createSlowDown } from './http/slow-down.ts';
import type { Logger } from './logger.ts';
import { onTimer, type After } from './timers.ts';
import type { Services } from './http/services.ts';
import { createImageCleaner } from './files/image-cleaner.ts';
import { loadKinds, moduleUrl } from './kinds/load-kinds.ts';
import { createJobRunner } from './jobs/job-runner.ts';
import { limitOperations } from './database/limit-operations.ts';
import { handlers } from './routes/index.ts';
import { createPresence } from './streams/presence.ts';
import { MIN_SECRET_LENGTH } from './secrets.ts';
import { createAccessWatch } from './streams/access-watch.ts';
import { createHub } from './streams/hub.ts';
import { createSharedReads } from './streams/shared-reads.ts';

/** Default hostname: only this machine can connect. */
const LOOPBACK = '127.0.0.1';

/**
 * Options of a host. All have defaults, but without `dataDir`, `postgresUrl` or `database` the data is in
 * memory.
 */
export interface HostOptions {
  /** Folder in which PGlite stores all data. */
  dataDir?: string;
  /**
   * PostgreSQL address, `postgres://user:password@host/database`. Takes precedence over `dataDir`. Without
   * either, the data is in memory.
   */
  postgresUrl?: string;
  /** Number of connections to PostgreSQL. Default: 10. */
  postgresConnections?: number | undefined;
  /** Time limits of PostgreSQL in milliseconds. Default: 5,000 for a statement, 5,000 for a connection. */
  postgresTimeouts?: Partial<PostgresTimeouts>;
  /**
   * File outside `dataDir` that marks that the folder has held a database. A start without its database is
   * refused.
   */
  markerFile?: string;
  /** Options of the lease that reserves the data folder for this process. For tests. */
  lease?: LeaseOptions;
  /**
   * Called once when this process loses the database, such as a data folder that another process has taken
   * over. The host responds with 503 from then on; the program should end. Default: only logged.
   */
  onFatal?: (error: Error) => void;
  /** An open database. Takes precedence over `dataDir` and `postgresUrl`. The host closes it. */
  database?: Database;
  /**
   * Answerer for AI agents. Default: an OpenAI-compatible endpoint when `ALUR_AI_URL` is set, else the AI
   * agents' own questions and answers.
   */
  ai?: AiAnswerer;
  /** Default: `console`. */
  logger?: Logger;
  /** Returns the current time in milliseconds since 1970. Default: `Date.now`. */
  clock?: () => number;
  /** Timers of streams. Default: those of this process. For tests, together with `clock`. */
  after?: After;
  /** Changes to the default limits, or false for no limits (load tests). */
  limits?: Partial<Limits> | false;
  /**
   * Proxies whose `X-Forwarded-For` is trusted: their number in front of the host, or their networks, such as
   * `['10.0.0.0/8']`. `true` means one proxy. Default: 0, the header is ignored.
   */
  trustProxy?: TrustProxy;
  /**
   * ES module whose default export is a `CustomKinds`: card kinds of your own. A path, or a `file:` URL. The
   * host and the database's thread load it. Ignored when `database` is given: pass it where that is opened.
   */
  kindsModule?: string | URL;
  /** Allows webhooks to call private addresses. For development only. Default: false. */
  allowPrivateWebhooks?: boolean;
  /**
   * Validates every response against the contract, and fails the request on a difference. For tests. Default:
   * false.
   */
  checkResponses?: boolean;
}

/** A running host. */
export interface Host {
  /** The application, for `app.request()` and for embedding. Streams need a real server: `listen`. */
  readonly app: Hono<never>;
  readonly database: Database;
  /** The address after `listen`, such as `http://localhost:8787`. */
  readonly url: string;
  /**
   * Starts to listen and returns the address. Port 0 selects a free port. Default: port 8787, on this machine
   * only; hostname `0.0.0.0` accepts connections from other machines. Rejects with a clear message when the
   * port is in use.
   */
  listen(port?: number, hostname?: string): Promise<string>;
  /** Ends streams with `bye`, finishes running calls, closes the database. */
  close(): Promise<void>;
  /**
   * Number of topics with subscribers, of open streams and held long polls, and of files that are sent or
   * read. All are 0 when nothing leaked.
   */
  stats(): { topics: number; streams: number; files: number };
}

/** Opens the database and creates a host on it. The host serves requests once `listen` is called. */
export async function createHost(options: HostOptions = {}): Promise<Host> {
  const { clock = Date.now, logger = console, postgresUrl } = options;
  const kindsModule = options.kindsModule === undefined ? null : moduleUrl(options.kindsModule);
  // Fail before anything is opened. Each thread that runs flows loads the module itself.
  await loadKinds(kindsModule);
  const database = options.database ?? (await openDatabase(options, kindsModule));
  const after = options.after ?? onTimer;
  const hub = createHub(after);
  const access = createAccessWatch({ database, clock, after, random: Math.random, logger });
  const limits = options.limits === false ? null : { ...defaultLimits, ...options.limits };
  const limiter = createRateLimiter(clock);
  const misses = limits && { limiter, rate: limits.missesPerAddress };
  const lookups = createLookupCache(database, clock, misses);
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
    jwt: { signToken, verifyToken, isSignedBy },
    secret: await database.run('hostSecret', undefined),
    limits,
    limiter,
    slowDown: createSlowDown(
      limits && limiter,
      (ms) => new Promise<void>((resolve) => void after(ms, resolve)),
    ),
    misses,
    streams: createConcurrencyLimiter(),
    filePlaces: createFilePlaces(limits),
    files: limitOperations(database, { atOnce: 1, isPaced: true }),
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
  database.listen((hostEvent) => {
    if (hostEvent.kind === 'settings') lookups.forget();
    if (hostEvent.kind === 'jobs') jobs.wake();
    access.onHostEvent(hostEvent);
    hub.publish(hostEvent);
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
    // A keep-alive connection would delay the close until it is cut off.
    if (closing && response !== RESPONSE_ALREADY_SENT) response.headers.set('Connection', 'close');
    return response;
  });

  async function close(): Promise<void> {
    services.presence.stop();
    access.stop();
    hub.endAll();
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
      // Limits slow senders; a file may take longer. Streams are responses, so these timeouts do not apply to
      // them.
      server.headersTimeout = 20_000;
      server.requestTimeout = 300_000;
      server.keepAliveTimeout = 65_000;
      await startListening(server, port, hostname);
      // For example, no free file descriptor for another connection. Without a listener this would end the
      // process.
      server.on('error', (error) => logger.error('A connection could not be accepted', error));
      const shown = hostname === LOOPBACK ? 'localhost' : hostname.includes(':') ? `[${hostname}]` : hostname;
      url = `http://${shown}:${(server.address() as AddressInfo).port}`;
      return url;
    },
    close: () => (closing ??= close()),
    stats: () => ({
      topics: hub.size(),
      streams: services.streams.size(),
      files: services.filePlaces.size(),
    }),
  };
}

function openDatabase(options: HostOptions, kindsModule: string | null): Promise<Database> {
  const { clock = Date.now, logger = console, dataDir = null, postgresUrl } = options;
  const shared = { clock, logger, kindsModule };
  if (postgresUrl)
    return openPostgres({
      ...shared,
      url: postgresUrl,
      connections: options.postgresConnections,
      timeouts: options.postgresTimeouts,
    });
  const { onFatal, markerFile, lease } = options;
  return openPGlite({ ...shared, dataDir, onFatal, markerFile, lease });
}

function startListening(server: Server, port: number, hostname: string): Promise<void> {
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

/** Maximum time for running calls when the host closes. */
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
