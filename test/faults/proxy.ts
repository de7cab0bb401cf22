/**
 * A TCP proxy that simulates network faults. The browser's offline switch does not affect open streams, and a
 * stub of `fetch` has no sockets. This proxy loses, holds, delays or cuts the bytes themselves.
 *
 * @module
 */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { createAnswerBuffer } from './answer-buffer.ts';
import { createDirection, type Passage } from './line.ts';
import { createRequestReader, type SeenRequest } from './request-reader.ts';

export type { SeenRequest } from './request-reader.ts';

/** Conditions of all connections, including open ones. */
export interface Weather {
  toHost: Passage;
  toClient: Passage;
  /** Added to each direction, in milliseconds. A round trip takes twice as much. */
  latencyMs: number;
  /** Limit for each direction of each connection. */
  bytesPerSecond: number;
  /** Responses are passed on in chunks of this many bytes, or when they are complete. */
  bufferBytes: number;
  /** Refuses new connections. Setting it also closes open connections. */
  refuses: boolean;
}

/** No faults. */
export const FAIR: Weather = {
  toHost: 'pass',
  toClient: 'pass',
  latencyMs: 0,
  bytesPerSecond: Infinity,
  bufferBytes: 0,
  refuses: false,
};

/** The fault of one request. `reset` ends the connection with a RST, as a crash or a changed network does. */
export type Fault =
  /** The host never receives it: the connection breaks immediately, or stays silent. */
  | { lose: 'request'; by: 'reset' | 'silence' }
  /** The host handles it, and not a byte of its response arrives. */
  | { lose: 'answer'; by: 'reset' | 'silence' }
  /** The host receives this many bytes of the request, then the connection breaks. */
  | { cutRequestAfter: number }
  /** The client receives this many bytes of the response, then the connection breaks. */
  | { cutAnswerAfter: number }
  /** An intermediary responds instead of the host. */
  | { answer: number; headers?: Record<string, string>; body?: string };

/** A running proxy. */
export interface FaultProxy {
  /** For example `http://127.0.0.1:40123`. */
  readonly url: string;
  /** Every request, in order of arrival. */
  readonly requests: readonly SeenRequest[];
  /** Number of open connections. */
  readonly lines: number;
  /** Changes the conditions of open and new connections. */
  set(change: Partial<Weather>): void;
  /** Sets a function that decides the fault of every request; null for no faults. */
  fault(decide: ((request: SeenRequest) => Fault | undefined) | null): void;
  /** Breaks open connections: all, or those whose last request matches. Returns how many. */
  reset(fits?: (last: SeenRequest | undefined) => boolean): number;
  /**
   * Drops bytes of the currently open connections in one direction, or both. New connections are not
   * affected.
   */
  halfOpen(direction: 'toHost' | 'toClient' | 'both'): void;
  /** Removes conditions, faults and records. Connections stay open. */
  clear(): void;
  close(): Promise<void>;
}

interface Line {
  last: SeenRequest | undefined;
  drops: { toHost: boolean; toClient: boolean };
  reset(): void;
  changed(): void;
}

/**
 * Starts a proxy on a free port of the loopback address. `target` is called for every new connection, because
 * a host can move.
 */
export async function startFaultProxy(target: () => string): Promise<FaultProxy> {
  let weather = FAIR;
  let decide: ((request: SeenRequest) => Fault | undefined) | null = null;
  let requests: SeenRequest[] = [];
  const lines = new Set<Line>();

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    if (weather.refuses) return resetSocket(client);
    const { hostname, port } = new URL(target());
    const host = connect({ host: hostname, port: Number(port), allowHalfOpen: true, noDelay: true });
    openLine(client, host);
  });

  function openLine(client: Socket, host: Socket): void {
    const { toHost, toClient, line, end } = directions(client, host);
    const reader = createRequestReader();
    let answering: Fault | null = null;
    let answered = 0;
    const buffer = createAnswerBuffer(
      () => weather.bufferBytes,
      (bytes) => toClient.send(bytes),
    );

    function take(request: SeenRequest): void {
      line.last = request;
      answered = 0;
      const fault = decide?.(request) ?? null;
      answering = fault;
      if (fault && 'lose' in fault && fault.lose === 'request') {
        if (fault.by === 'reset') line.reset();
      } else if (fault && 'cutRequestAfter' in fault) {
        host.write(request.raw.subarray(0, fault.cutRequestAfter), () => line.reset());
      } else if (fault && 'answer' in fault) toClient.send(answerOf(fault));
      else toHost.send(request.raw);
    }
    client.on('data', (chunk) => {
      for (const request of reader.push(chunk)) {
        const seen = { ...request, index: requests.length, at: performance.now() };
        requests.push(seen);
        take(seen);
      }
    });
    host.on('data', (bytes) => {
      if (answering && 'lose' in answering) {
        if (answering.by === 'reset') line.reset();
        return;
      }
      if (answering && 'cutAnswerAfter' in answering) {
        const left = answering.cutAnswerAfter - answered;
        answered += bytes.length;
        if (answered >= answering.cutAnswerAfter) {
          client.write(bytes.subarray(0, Math.max(0, left)), () => line.reset());
          return;
        }
      }
      buffer.push(bytes);
    });
    client.on('end', () => toHost.end());
    host.on('end', () => {
      // A dropped response includes its end.
      if (answering && 'lose' in answering) return;
      buffer.flush();
      toClient.end();
    });
    for (const [socket, other] of [
      [client, host],
      [host, client],
    ] as const) {
      socket.on('error', () => {
        // A direction that drops bytes does not report the close of the other side either.
        if (!dropsBytes(socket === client ? 'toHost' : 'toClient', line)) resetSocket(other);
      });
      socket.on('close', () => {
        if (client.destroyed && host.destroyed) end();
      });
    }
  }

  function directions(client: Socket, host: Socket) {
    const drops = { toHost: false, toClient: false };
    const at = (direction: 'toHost' | 'toClient') => () => ({
      passage: drops[direction] ? ('lose' as const) : weather[direction],
      latencyMs: weather.latencyMs,
      bytesPerSecond: weather.bytesPerSecond,
    });
    const toHost = createDirection(client, host, at('toHost'));
    const toClient = createDirection(host, client, at('toClient'));
    const line: Line = {
      last: undefined,
      drops,
      reset() {
        toHost.cut();
        toClient.cut();
        resetSocket(client);
        resetSocket(host);
        end();
      },
      changed() {
        toHost.changed();
        toClient.changed();
      },
    };
    lines.add(line);
    const end = () => {
      toHost.cut();
      toClient.cut();
      lines.delete(line);
    };
    return { toHost, toClient, line, end };
  }

  function dropsBytes(direction: 'toHost' | 'toClient', line: Line): boolean {
    return line.drops[direction] || weather[direction] === 'lose';
  }

  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  function set(change: Partial<Weather>): void {
    weather = { ...weather, ...change };
    if (change.refuses) for (const line of lines) line.reset();
    for (const line of lines) line.changed();
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get requests() {
      return requests;
    },
    get lines() {
      return lines.size;
    },
    set,
    fault(next) {
      decide = next;
    },
    reset(fits = () => true) {
      const broken = [...lines].filter(({ last }) => fits(last));
      for (const line of broken) line.reset();
      return broken.length;
    },
    halfOpen(direction) {
      for (const { drops } of lines) {
        if (direction !== 'toClient') drops.toHost = true;
        if (direction !== 'toHost') drops.toClient = true;
      }
    },
    clear() {
      set(FAIR);
      decide = null;
      requests = [];
    },
    async close() {
      const closed = new Promise<void>((done) => server.close(() => done()));
      for (const line of lines) line.reset();
      await closed;
    },
  };
}

const broken = new WeakSet<Socket>();

/**
 * Ends a connection with a RST, once. A connection that is already ending is closed instead: Node keeps the
 * handle of a socket open for ever when it is reset during its shutdown.
 */
function resetSocket(socket: Socket): void {
  if (broken.has(socket)) return;
  broken.add(socket);
  if (socket.destroyed || socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}

function answerOf({ answer, headers = {}, body = '' }: Extract<Fault, { answer: number }>): Buffer {
  const all = { 'Content-Type': 'text/html', ...headers, 'Content-Length': Buffer.byteLength(body) };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`HTTP/1.1 ${answer} Fault\r\n${head.join('')}\r\n${body}`);
}
