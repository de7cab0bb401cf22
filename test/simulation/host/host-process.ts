import type { ServerResponse } from 'node:http';
import { authenticateVisitor } from '../../../packages/host/src/http/authenticate.ts';
import { createHealthCheck } from '../../../packages/host/src/http/health.ts';
import { createFilePlaces } from '../../../packages/host/src/http/file-places.ts';
import { createConcurrencyLimiter } from '../../../packages/host/src/http/concurrency-limiter.ts';
import { createRateLimiter } from '../../../packages/host/src/http/rate-limit.ts';
import type { Answer } from '../../../packages/host/src/http/handlers.ts';
import { createLookupCache } from '../../../packages/host/src/http/lookup-cache.ts';
import type { Services } from '../../../packages/host/src/http/services.ts';
import { HostProblem, isHostProblem } from '../../../packages/host/src/problem.ts';
import { widgetHandlers } from '../../../packages/host/src/routes/widget.ts';
import { createAccessWatch } from '../../../packages/host/src/streams/access-watch.ts';
import { createHub } from '../../../packages/host/src/streams/hub.ts';
import { createSharedReads } from '../../../packages/host/src/streams/shared-reads.ts';
import type { Owner, World } from '../world.ts';
import { simulatedJwt } from './simulated-jwt.ts';
import { openMemoryDatabase, type DatabaseClient, type Store } from './memory-database.ts';

/** One call that reaches the host. */
export interface HostCall {
  method: string;
  /** Path and query, from the root. */
  address: string;
  header(name: string): string | undefined;
  body: string | undefined;
  /** Aborts when the caller closes the connection. */
  signal: AbortSignal;
  /** The response that a stream is written to. */
  outgoing: ServerResponse;
}

/** The host's response; null when a stream was opened. */
export interface HostAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

type Handle = (services: Services, call: unknown) => Promise<Answer | null>;

/** The visitor API: handler names by method and path after the inbox. */
const DOOR: Record<string, keyof typeof widgetHandlers> = {
  'GET config': 'getWidgetConfig',
  'POST visitors': 'createVisitor',
  'POST visitors/refresh': 'refreshVisitor',
  'GET conversation': 'getVisitorConversation',
  'POST turns': 'submitTurn',
  'GET events': 'listVisitorEvents',
  'GET stream': 'streamVisitorEvents',
  'POST typing': 'sendVisitorTyping',
  'POST read': 'markVisitorRead',
  'POST rating': 'rateSession',
  'POST end': 'endSession',
};
const OPEN = new Set(['getWidgetConfig', 'getPublicFlow', 'createVisitor', 'refreshVisitor']);
const SECRET = 'a secret of the simulated host, long enough';

/** One process of the host: the shipped routes, operations and streams, on a store in memory. */
export class HostProcess implements Owner {
  isDead = false;
  isFrozen = false;
  readonly waiting = [];
  readonly database: DatabaseClient;
  readonly #services: Services;

  constructor(world: World, store: Store) {
    this.database = openMemoryDatabase(store, this);
    const clock = () => world.now;
    const after = (ms: number, action: () => void) => world.after(ms, action, this);
    const hub = createHub(after);
    const logger = {
      info() {},
      warn() {},
      error: (_: string, error: unknown) => store.options.onDefect(error),
    };
    // Nothing is revoked here without a host event, so the regular check of credentials is left out. Expiry
    // is not.
    const afterLong: typeof after = (ms, action) => (ms < 60_000 ? () => {} : after(ms, action));
    // Uses no numbers of the seed, so that the seed's scenario does not change.
    const random = () => 0.5;
    const access = createAccessWatch({ database: this.database, clock, after: afterLong, random, logger });
    const lookups = createLookupCache(this.database, clock);
    this.database.listen((hostEvent) => {
      if (hostEvent.kind === 'settings') lookups.forget();
      access.onHostEvent(hostEvent);
      hub.publish(hostEvent);
    });
    this.#services = {
      database: this.database,
      health: createHealthCheck(this.database),
      hub,
      lookups,
      clock,
      after,
      logger,
      random,
      access,
      jwt: simulatedJwt,
      secret: SECRET,
      limits: null,
      limiter: createRateLimiter(clock),
      slowDown: async () => {},
      streams: createConcurrencyLimiter(),
      filePlaces: createFilePlaces(null),
      // No visitor of the simulation sends a file.
      files: this.database,
      images: { clean: async () => null, close() {} },
      misses: null,
      reads: createSharedReads(this.database),
      presence: { enter: () => () => {}, stop() {} },
      clientAddress: () => 'simulated',
    };
  }

  enter(): void {}

  /** Number of open streams. */
  get lines(): number {
    return this.#services.hub.size();
  }

  /** Sends `bye` on every stream. */
  sayBye(): void {
    this.#services.hub.endAll();
  }

  /** Ends immediately, in the middle of its work. */
  die(): void {
    this.isDead = true;
    this.database.die();
  }

  /** Responds to a call; null when it became a stream. */
  async answer(call: HostCall): Promise<HostAnswer | null> {
    try {
      const answer = await this.#handle(call);
      if (!answer) return null;
      const { status, headers = {}, body } = answer;
      return { status, headers, body: body === undefined ? '' : JSON.stringify(body) };
    } catch (error) {
      return problemAnswer(error);
    }
  }

  async #handle(call: HostCall): Promise<Answer | null> {
    const url = new URL(call.address, 'http://host');
    const [, , , inboxId = '', ...rest] = url.pathname.split('/');
    const path = rest.join('/');
    const [, flowId, version] = /^flows\/([^/]+)\/versions\/(\d+)$/.exec(path) ?? [];
    const id = flowId === undefined ? DOOR[`${call.method} ${path}`] : 'getPublicFlow';
    if (!id) throw new HostProblem('not_found', `There is no ${call.method} ${path} here.`);
    const query: Record<string, string | number> = Object.fromEntries(url.searchParams);
    for (const name of ['limit', 'before', 'wait']) if (name in query) query[name] = Number(query[name]);
    const handle = widgetHandlers[id] as unknown as Handle;
    return handle(this.#services, {
      path: { inboxId, flowId, version: Number(version) },
      query,
      body: call.body === undefined ? undefined : JSON.parse(call.body),
      caller: OPEN.has(id)
        ? null
        : await authenticateVisitor(this.#services, call.header('Authorization'), inboxId),
      address: 'simulated',
      context: {
        req: { header: call.header, raw: { signal: call.signal } },
        env: { outgoing: call.outgoing },
        get: () => ({}),
      },
    });
  }
}

/** Returns an error as problem details. */
export function problemAnswer(error: unknown): HostAnswer {
  const problem = isHostProblem(error) ? error : new HostProblem('internal', String(error));
  const { retryAfter, ...members } = problem.members;
  return {
    status: problem.status,
    headers: retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) },
    body: JSON.stringify({ code: problem.code, status: problem.status, detail: problem.message, ...members }),
  };
}
