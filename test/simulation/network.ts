import type { ServerResponse } from 'node:http';
import { HostProblem } from '../../packages/host/src/problem.ts';
import { problemAnswer, type HostAnswer, type HostCall, type HostProcess } from './host/host-process.ts';
import { Line } from './line.ts';
import type { Owner, World } from './world.ts';

/** Probabilities of faults for each call. */
export interface Weather {
  /** Time of one direction, in milliseconds. */
  latency: readonly [number, number];
  /** It never arrives. */
  lost: number;
  /** It arrives and is handled, but the response is lost. */
  answerLost: number;
  /** Neither a response nor an error comes back. */
  hangs: number;
  /** The response takes up to half a minute. */
  slow: number;
  /** A gateway responds with 5xx instead of the host, before or after the host was called. */
  gateway: number;
  /** 429 with Retry-After. */
  tooMany: number;
  /** The token is rejected although it is valid. */
  expired: number;
  /** It arrives twice. */
  twice: number;
  /** A stream is cut after a while, or goes silent without being cut. */
  cut: number;
  silent: number;
}

/** No faults. */
export const FINE: Weather = {
  latency: [2, 20],
  lost: 0,
  answerLost: 0,
  hangs: 0,
  slow: 0,
  gateway: 0,
  tooMany: 0,
  expired: 0,
  twice: 0,
  cut: 0,
  silent: 0,
};

/** The caller at this end of the network. */
export interface Caller extends Owner {
  readonly name: string;
  /** Whether the caller has no network. */
  isOffline(): boolean;
}

/** The surroundings of the network. */
export interface NetworkOptions {
  world: World;
  /** Returns a process that accepts calls now; null when the host is down. */
  host(): HostProcess | null;
  /** Returns a refusal of the network for a call with this content; null for none. */
  refuse(address: string, body: string | undefined): HostProblem | null;
}

/** A pending call. */
interface Open {
  caller: Caller;
  process: HostProcess | null;
  isKept: boolean;
  hasArrived: boolean;
  /** Whether it was lost with its page before it arrived. */
  isDropped: boolean;
  /** Breaks the caller's end. */
  fail(): void;
  /** Called when the caller has closed the connection. */
  hangUp(): void;
  line: Line | null;
  /** Whether the stream's head has arrived, so that it can be read. */
  hasHead: boolean;
}

/** A call that leaves a tab. */
export interface CallSeen {
  caller: Caller;
  address: string;
  body: string | undefined;
  /** Resolves with the response that the tab got, or with null when it got none. */
  done: Promise<HostAnswer | null>;
}

/** The network between tabs and host. */
export class Network {
  weather: Weather = FINE;
  readonly #options: NetworkOptions;
  readonly #open = new Set<Open>();
  /** Called with each call that leaves a tab. The rules about calls use it. */
  onCall: (call: CallSeen) => void = () => {};

  constructor(options: NetworkOptions) {
    this.#options = options;
  }

  /** Returns `fetch` for `caller`. */
  fetchFor(caller: Caller): typeof fetch {
    return ((url: string, init: RequestInit = {}) =>
      new Promise<unknown>((resolve, reject) =>
        this.#call(caller, url, init, resolve, reject),
      )) as typeof fetch;
  }

  /** A process crashed: its callers notice after a delay. */
  cutProcess(process: HostProcess): void {
    for (const open of this.#open) if (open.process === process) open.fail();
  }

  /** A tab crashed. Calls that it has sent can still arrive. */
  cutCaller(caller: Caller): void {
    for (const open of this.#open) if (open.caller === caller) open.hangUp();
  }

  /** Handles the loss or the return of a device's network. */
  deviceChanged(isOffline: boolean, belongs: (caller: Caller) => boolean): void {
    const { random } = this.#options.world;
    for (const open of this.#open) {
      if (!belongs(open.caller)) continue;
      if (isOffline && random.chance(0.5)) open.fail();
      else open.line?.setStalled(isOffline);
    }
  }

  #latency(): number {
    const [low, high] = this.weather.latency;
    return this.#options.world.random.between(low, high);
  }

  #call(
    caller: Caller,
    url: string,
    init: RequestInit,
    resolve: (response: unknown) => void,
    reject: (error: unknown) => void,
  ): void {
    const { world, host, refuse } = this.#options;
    const { random } = world;
    const { weather } = this;
    const address = url.slice(url.indexOf('/', 8));
    const body = init.body as string | undefined;
    const headers = init.headers as Record<string, string>;
    const isStream = address.endsWith('/stream');
    const gone = new AbortController();
    let finish = (_answer: HostAnswer | null) => {};
    const done = new Promise<HostAnswer | null>((end) => (finish = end));
    world.note(caller.name, `-> ${init.method ?? 'GET'} ${address} ${body?.slice(0, 60) ?? ''}`);
    this.onCall({ caller, address, body, done });

    const open: Open = {
      caller,
      process: null,
      isKept: init.keepalive === true,
      hasArrived: false,
      isDropped: false,
      line: null,
      hasHead: false,
      fail: () => {
        this.#open.delete(open);
        gone.abort();
        if (open.hasHead) return open.line?.cut(this.#latency());
        open.line?.leave(this.#latency());
        world.after(this.#latency(), () => failed(), caller);
      },
      hangUp: () => {
        this.#open.delete(open);
        finish(null);
        // A call of a page can be on its way, or be lost with the page.
        open.isDropped = !open.hasArrived && !open.isKept && random.chance(0.5);
        world.after(this.#latency(), () => gone.abort());
        open.line?.leave(this.#latency());
      },
    };
    const weatherOf = () => this.weather;
    const isOpen = () => this.#open.has(open);
    const forget = () => this.#open.delete(open);
    const failed = () => {
      this.#open.delete(open);
      finish(null);
      world.note(caller.name, `no answer ${address}`);
      reject(new TypeError('Failed to fetch'));
    };
    init.signal?.addEventListener('abort', () => {
      open.hangUp();
      reject(init.signal!.reason);
    });
    if (caller.isOffline()) return void world.after(this.#latency(), failed, caller);
    this.#open.add(open);

    const answered = (answer: HostAnswer) => {
      if (!this.#open.has(open)) return;
      if (caller.isOffline()) return failed();
      this.#open.delete(open);
      finish(answer);
      world.note(caller.name, `${answer.status} ${address}`);
      resolve(responseOf(answer));
    };
    const answerLater = (answer: HostAnswer, ms: number) => world.after(ms, () => answered(answer), caller);

    const fate = random();
    let bound = 0;
    const is = (probability: number) => fate < (bound += probability);
    if (is(weather.lost)) {
      world.note(caller.name, `lost ${address}`);
      return void world.after(this.#latency() * 2, failed, caller);
    }
    if (is(weather.hangs)) {
      world.note(caller.name, `hangs ${address}`);
      if (random.chance(0.5)) return;
      // It arrives late, when its caller no longer waits.
      return void world.after(random.between(100, 40_000), () => arrive(() => {}));
    }
    if (is(weather.tooMany)) {
      const retryAfter = random.pick([1, 2, 5, 20]);
      return void answerLater(
        problemAnswer(new HostProblem('rate_limited', 'Too many calls.', { retryAfter })),
        this.#latency(),
      );
    }
    if (is(weather.expired) && headers['Authorization'])
      return void answerLater(
        problemAnswer(new HostProblem('token_expired', 'The token has expired.')),
        this.#latency(),
      );
    const refusal = refuse(address, body);
    if (refusal) return void answerLater(problemAnswer(refusal), this.#latency());
    if (is(weather.gateway)) {
      const gateway = { status: random.pick([500, 502, 503, 504]), headers: {}, body: '<html>' };
      if (random.chance(0.5)) return void answerLater(gateway, this.#latency());
      return void world.after(this.#latency(), () => arrive(() => answerLater(gateway, this.#latency())));
    }
    if (is(weather.answerLost))
      return void world.after(this.#latency(), () =>
        arrive(() => {
          world.note(caller.name, `answer lost ${address}`);
          if (random.chance(0.7)) world.after(this.#latency(), failed, caller);
        }),
      );
    if (is(weather.twice) && !isStream) {
      world.note(caller.name, `twice ${address}`);
      world.after(this.#latency() + random.between(0, 20_000), () => arrive(() => {}));
    }
    const delay = is(weather.slow) ? random.between(1_000, 30_000) : 0;
    world.after(this.#latency(), () => arrive((answer) => answerLater(answer, delay + this.#latency())));

    /** Passes on the host's response. Ends a stream after a while. */
    async function serve(
      process: HostProcess,
      seen: HostCall,
      line: Line | null,
      hand: (answer: HostAnswer) => void,
    ): Promise<void> {
      const answer = await process.answer(seen);
      if (answer) return hand(answer);
      const { cut, silent } = weatherOf();
      if (random.chance(cut)) world.after(random.between(200, 30_000), () => line!.cut(0));
      else if (random.chance(silent)) world.after(random.between(0, 20_000), () => line!.fallSilent());
    }
    /** Passes the call to the host, and its response to `hand`. */
    function arrive(hand: (answer: HostAnswer) => void): void {
      if (open.isDropped) return;
      open.hasArrived = true;
      const process = host();
      if (!process) return hand({ status: 502, headers: {}, body: '' });
      open.process = process;
      const line = isStream ? new Line(world, caller, () => weatherOf().latency) : null;
      open.line = line;
      if (!isOpen()) line?.leave(0);
      const call: HostCall = {
        method: init.method ?? 'GET',
        address,
        header: (name) => headers[name],
        body,
        signal: gone.signal,
        outgoing: line as unknown as ServerResponse,
      };
      void serve(process, call, line, hand);
      if (!line) return;
      line.onHead = () => {
        if (!isOpen()) return line.leave(0);
        open.hasHead = true;
        finish(null);
        world.note(caller.name, `stream ${headers['Last-Event-ID'] ?? ''}`);
        resolve(line.response);
      };
      line.onGone = () => forget();
    }
  }
}

/** Returns the members of a response that client code reads. */
function responseOf({ status, headers, body }: HostAnswer): unknown {
  return {
    ok: status >= 200 && status < 300,
    status,
    statusText: '',
    headers: { get: (name: string) => headers[name] ?? null },
    json: async () => JSON.parse(body) as unknown,
    text: async () => body,
    body: null,
  };
}
