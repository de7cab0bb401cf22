import type { QueuedTurn } from '@alur/client';
import { compileFlow, type PublicFlow } from '@alur/flow/run';
import { http, HttpResponse, type RequestHandler } from 'msw';
import { createFakeHost, type FakeHost } from './fake-host.ts';
import { askingFlow } from './flows.ts';
import { createPageNetwork } from './page-network.ts';

const network = createPageNetwork();

/** Starts msw between the page and the network. */
export function startNetwork(): void {
  network.start();
}
/** Stops msw. */
export function stopNetwork(): void {
  network.stop();
}

/** URL of the tests' host. */
export const HOST = 'https://host.test';

/** One inbox on the network, with a conversation for each visitor. */
export interface FakeInbox {
  id: string;
  /** The conversation of the newest visitor. */
  readonly host: FakeHost;
  /**
   * Returns the conversation of an identified visitor, or of an anonymous one by its number in order of
   * creation.
   */
  hostOf(who: string | number): FakeHost | undefined;
  /** Method and path of every request, in order. */
  calls: string[];
  /** Every turn as it was sent, in order. */
  turns: QueuedTurn[];
  /** The identity of each new visitor. */
  identities: (string | null)[];
  /** Ids of the visitors that were erased. */
  erased: string[];
  /** Response to all turns while it is set. */
  turnsAnswer: (() => Response) | null;
  /** Whether all requests fail. */
  unreachable: boolean;
  /** Whether visitors with an identity are refused. */
  refusesIdentities: boolean;
  /** Forgets all visitors: their tokens become invalid. */
  forgetVisitors(): void;
  /** Stops refusing. */
  welcome(): void;
  /** Sends new events of the log to open streams. */
  flush(): void;
  /** Sends a frame that is not in the log. */
  send(event: string, data: unknown): void;
  /** Number of open streams. */
  readonly streams: number;
}

let count = 0;

/** Creates an inbox with its own id, so that nothing stored by another test belongs to it. */
export function serveInbox(options: { flow?: PublicFlow; config?: object; refuse?: string } = {}): FakeInbox {
  count += 1;
  const id = `inb_${Date.now()}_${count}`;
  const flow = options.flow ?? askingFlow('Hello!');
  const pin = { id: flow.id, version: 1 };
  const compiled = compileFlow(flow);
  const streams = new Map<
    ReadableStreamDefaultController<Uint8Array>,
    { host: FakeHost; sentCount: number }
  >();
  // The first visitor gets the host that a test has prepared.
  let latest = createFakeHost(compiled, pin);
  const hosts = new Map<string, FakeHost>();
  const admit = (who: string): string => {
    const known = hosts.get(who);
    latest = known ?? (hosts.size === 0 ? latest : createFakeHost(compiled, pin));
    hosts.set(who, latest);
    return who;
  };
  let anonymousCount = 0;
  const inbox: FakeInbox = {
    id,
    get host() {
      return latest;
    },
    hostOf: (who) => hosts.get(String(who)),
    calls: [],
    turns: [],
    identities: [],
    erased: [],
    turnsAnswer: null,
    unreachable: false,
    refusesIdentities: false,
    forgetVisitors: () => hosts.clear(),
    welcome() {
      delete options.refuse;
    },
    flush() {
      for (const [controller, { host, sentCount }] of streams) {
        for (const event of host.log.slice(sentCount)) write(controller, 'event', event, event.cursor);
        streams.set(controller, { host, sentCount: host.log.length });
      }
    },
    send(event, data) {
      for (const controller of streams.keys()) write(controller, event, data);
    },
    get streams() {
      return streams.size;
    },
  };
  function write(
    controller: ReadableStreamDefaultController<Uint8Array>,
    event: string,
    data: unknown,
    cursor = '',
  ) {
    const frame = `event: ${event}\n${cursor && `id: ${cursor}\n`}data: ${JSON.stringify(data)}\n\n`;
    try {
      controller.enqueue(new TextEncoder().encode(frame));
    } catch {
      streams.delete(controller);
    }
  }
  const base = `${HOST}/v1/widget/${id}`;
  const on = (
    method: 'get' | 'post' | 'delete',
    path: string,
    act: (request: Request) => Response | Promise<Response>,
  ): RequestHandler =>
    http[method](`${base}/${path}`, ({ request }) => {
      inbox.calls.push(
        `${method.toUpperCase()} ${new URL(request.url).pathname.slice(`/v1/widget/${id}/`.length)}`,
      );
      if (options.refuse && path !== 'config') {
        // For a page of another origin, a refusal of its origin looks like a network error. Every other
        // refusal is readable.
        return options.refuse === 'origin_not_allowed' ? HttpResponse.error() : problem(409, options.refuse);
      }
      return inbox.unreachable ? HttpResponse.error() : act(request);
    });
  const json = (body: object, status = 200) => HttpResponse.json(body as Record<string, unknown>, { status });
  const problem = (status: number, code: string) =>
    json({ type: 'about:blank', title: code, status, code }, status);
  const serverTime = () => new Date().toISOString();
  // Every token is the visitor's id, so that it gives access to that visitor's conversation only.
  const tokens = (visitorId: string) => ({
    visitorId,
    token: visitorId,
    refreshToken: visitorId,
    expiresIn: 900,
    serverTime: serverTime(),
  });
  const hostFor = (request: Request) => {
    const host = hosts.get(request.headers.get('Authorization')?.replace('Bearer ', '') ?? '');
    // An erased visitor gets the response of a real host.
    if (!host) throw problem(401, 'unauthenticated');
    return host;
  };

  network.use(
    on('get', 'config', () =>
      options.refuse
        ? problem(409, options.refuse)
        : json({
            inbox: { id, name: 'Shop' },
            appearance: {},
            flow: pin,
            zones: {},
            serverTime: serverTime(),
            ...options.config,
          }),
    ),
    on('get', `flows/${flow.id}/versions/1`, () => json(flow)),
    on('post', 'visitors', async (request) => {
      const { identity = null } = (await request.json()) as { identity?: string };
      if (identity && inbox.refusesIdentities) return problem(401, 'unauthenticated');
      inbox.identities.push(identity);
      const who = identity ? subjectOf(identity) : String((anonymousCount += 1));
      return json(tokens(admit(who)), 201);
    }),
    on('post', 'visitors/refresh', async (request) => {
      const { refreshToken } = (await request.json()) as { refreshToken: string };
      return hosts.has(refreshToken) ? json(tokens(admit(refreshToken))) : problem(401, 'unauthenticated');
    }),
    on('get', 'conversation', (request) => json(hostFor(request).snapshot())),
    on('delete', 'visitor', (request) => {
      const who = request.headers.get('Authorization')!.replace('Bearer ', '');
      hosts.delete(who);
      inbox.erased.push(who);
      return new HttpResponse(null, { status: 204 });
    }),
    on('post', 'typing', () => new HttpResponse(null, { status: 204 })),
    on('post', 'read', () => new HttpResponse(null, { status: 204 })),
    on('post', 'turns', async (request) => {
      if (inbox.turnsAnswer) return inbox.turnsAnswer();
      const turn = (await request.json()) as QueuedTurn;
      inbox.turns.push(turn);
      const result = hostFor(request).take(turn);
      inbox.flush();
      return json(result);
    }),
    on('get', 'stream', (request) => {
      const after = Number(request.headers.get('Last-Event-ID') ?? 0);
      let controller!: ReadableStreamDefaultController<Uint8Array>;
      const body = new ReadableStream<Uint8Array>({
        start(made) {
          controller = made;
          streams.set(controller, { host: hostFor(request), sentCount: after });
          write(controller, 'hello', {
            cursor: String(after),
            serverTime: serverTime(),
            heartbeatSeconds: 15,
          });
          inbox.flush();
        },
        cancel: () => void streams.delete(controller),
      });
      return new HttpResponse(body, { headers: { 'Content-Type': 'text/event-stream' } });
    }),
  );
  return inbox;
}
/**
 * Returns the names of everything that this browser stores for an inbox, except the mark of an open panel.
 */
export async function tracesOf(inboxId: string): Promise<string[]> {
  const databases = (await indexedDB.databases()).map(({ name }) => name!);
  return [...databases, ...Object.keys(localStorage), ...Object.keys(sessionStorage), document.cookie].filter(
    (name) => name.includes(inboxId) && !name.endsWith('|open'),
  );
}

/** Returns an unsigned token with subject `sub`. */
export function tokenOf(sub: string, claims: object = {}): string {
  return `h.${btoa(JSON.stringify({ sub, ...claims }))}.s`;
}

function subjectOf(identity: string): string {
  return (JSON.parse(atob(identity.split('.')[1]!)) as { sub: string }).sub;
}

/** Returns a problem response for `turnsAnswer`. */
export function refuseTurn(status: number, code: string): () => Response {
  return () => HttpResponse.json({ type: 'about:blank', title: code, status, code }, { status });
}
