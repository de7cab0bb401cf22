/**
 * A TCP proxy that does to a line what networks do to it. The browser's offline switch leaves open streams
 * alone, and a stub of `fetch` knows nothing of sockets; here the bytes themselves are lost, held, delayed or
 * cut.
 *
 * @module
 */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { createAnswerBuffer } from './answer-buffer.ts';
import { createDirection, type Passage } from './line.ts';
import { createRequestReader, type SeenRequest } from './request-reader.ts';

export type { SeenRequest } from './request-reader.ts';

/** What holds for all lines, those that are open too. */
export interface Weather {
  toHost: Passage;
  toClient: Passage;
  /** Added to each direction, in milliseconds: a round trip takes twice as much. */
  latencyMs: number;
  /** For each direction of each line. */
  bytesPerSecond: number;
  /** Answers are passed on in lumps of this many bytes, or when they are whole. */
  bufferBytes: number;
  /** Nobody gets in, and whoever is in is thrown out when this is set. */
  refuses: boolean;
}

/** Nothing is wrong. */
export const FAIR: Weather = {
  toHost: 'pass',
  toClient: 'pass',
  latencyMs: 0,
  bytesPerSecond: Infinity,
  bufferBytes: 0,
  refuses: false,
};

/**
 * What goes wrong with one request. `reset` ends the line with a RST, as a crash or a changed network does.
 */
export type Fault =
  /** The host never hears of it: the line breaks at once, or stays mute. */
  | { lose: 'request'; by: 'reset' | 'silence' }
  /** The host does it, and not a byte of its answer arrives. */
  | { lose: 'answer'; by: 'reset' | 'silence' }
  /** The host gets this many bytes of the request, and then the line breaks. */
  | { cutRequestAfter: number }
  /** The client gets this many bytes of the answer, and then the line breaks. */
  | { cutAnswerAfter: number }
  /** Something between client and host answers in the host's place. */
  | { answer: number; headers?: Record<string, string>; body?: string };

/** A running proxy. */
export interface FaultProxy {
  /** Such as `http://127.0.0.1:40123`. */
  readonly url: string;
  /** Every request, in the order in which it came. */
  readonly requests: readonly SeenRequest[];
  /** Lines that are open now. */
  readonly lines: number;
  /** Changes the weather for open lines and for new ones. */
  set(change: Partial<Weather>): void;
  /** Asked for every request; null: nothing goes wrong with any. */
  fault(decide: ((request: SeenRequest) => Fault | undefined) | null): void;
  /** Breaks lines that are open: all, or those whose last request fits. Gives how many. */
  reset(fits?: (last: SeenRequest | undefined) => boolean): number;
  /** Makes the lines that are open now deaf in one direction, or both; new ones are not touched. */
  halfOpen(direction: 'toHost' | 'toClient' | 'both'): void;
  /** Fair weather, no faults, nothing remembered; lines stay as they are. */
  clear(): void;
  close(): Promise<void>;
}

interface Line {
  last: SeenRequest | undefined;
  deaf: { toHost: boolean; toClient: boolean };
  reset(): void;
  changed(): void;
}

/**
 * Starts a proxy on a free port of the loopback address. `target` is asked at every new line, as a host may
 * move.
 */
export async function startFaultProxy(target: () => string): Promise<FaultProxy> {
  let weather = FAIR;
  let decide: ((request: SeenRequest) => Fault | undefined) | null = null;
  let requests: SeenRequest[] = [];
  const lines = new Set<Line>();

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    if (weather.refuses) return breakOff(client);
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
      // Who swallows an answer swallows its end.
      if (answering && 'lose' in answering) return;
      buffer.flush();
      toClient.end();
    });
    for (const [socket, other] of [
      [client, host],
      [host, client],
    ] as const) {
      socket.on('error', () => {
        // Who is deaf is not told that the other side is gone either.
        if (!isDeafTo(socket === client ? 'toHost' : 'toClient', line)) breakOff(other);
      });
      socket.on('close', () => {
        if (client.destroyed && host.destroyed) end();
      });
    }
  }

  function directions(client: Socket, host: Socket) {
    const deaf = { toHost: false, toClient: false };
    const at = (direction: 'toHost' | 'toClient') => () => ({
      passage: deaf[direction] ? ('lose' as const) : weather[direction],
      latencyMs: weather.latencyMs,
      bytesPerSecond: weather.bytesPerSecond,
    });
    const toHost = createDirection(client, host, at('toHost'));
    const toClient = createDirection(host, client, at('toClient'));
    const line: Line = {
      last: undefined,
      deaf,
      reset() {
        toHost.cut();
        toClient.cut();
        breakOff(client);
        breakOff(host);
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

  function isDeafTo(direction: 'toHost' | 'toClient', line: Line): boolean {
    return line.deaf[direction] || weather[direction] === 'lose';
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
      for (const { deaf } of lines) {
        if (direction !== 'toClient') deaf.toHost = true;
        if (direction !== 'toHost') deaf.toClient = true;
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
 * Ends a connection with a RST, once. One that is ending already is closed instead: Node leaves the handle of
 * a socket open for ever when it is reset while it shuts down.
 */
function breakOff(socket: Socket): void {
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
