import { setTimeout } from 'node:timers/promises';
import type { Answer } from './answer.ts';
import type { Contract, Operation } from './contract.ts';
import { NotRun } from './expect.ts';

export interface Request {
  path?: Record<string, string | number>;
  query?: Record<string, string | number | undefined>;
  headers?: Record<string, string>;
  /** A bearer token; null for none. Default: the kit's token for the operation's API, if there is one. */
  token?: string | null;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent unchanged instead of `body`. */
  rawBody?: string | Uint8Array<ArrayBuffer>;
  signal?: AbortSignal;
}

/** Faults in the responses of one operation, or null when it was not called. */
export interface Seen {
  count: number;
  wrong: Set<string>;
}

/** Maximum time that one check waits in total for 429 and 503, in milliseconds. */
const PATIENCE_MS = 60_000;

/**
 * The host under test, over HTTP only. Compares every response with the contract. Faults of form are stored
 * by operation and reported separately, so that a check fails only for its own requirement.
 */
export class Host {
  readonly base: string;
  readonly contract: Contract;
  readonly seen = new Map<string, Seen>();
  /** Faults that apply to all responses, for example cookies. */
  readonly strays = new Set<string>();
  /** Number of responses with 429. */
  limited = 0;
  readonly #token: string;
  readonly #signal: AbortSignal | undefined;
  readonly #changes = new Set<Promise<Answer>>();
  #patience = PATIENCE_MS;
  #waitingUntil = 0;

  readonly #hearsOut: boolean;

  /**
   * `signal` ends every wait and every call immediately. It also ends changes of the account, unless
   * `hearsOut` is set.
   */
  constructor(base: string, token: string, contract: Contract, signal?: AbortSignal, hearsOut = true) {
    this.base = base.replace(/\/+$/, '');
    this.contract = contract;
    this.#token = token;
    this.#signal = signal;
    this.#hearsOut = hearsOut;
  }

  operation(id: string): Operation {
    const operation = this.contract.operations.get(id);
    if (!operation) throw new Error(`The contract has no operation ${id}`);
    return operation;
  }

  /** Calls an operation of the contract by its id. Waits for 429 and 503 as `Retry-After` says. */
  async call(id: string, request: Request = {}): Promise<Answer> {
    const operation = this.operation(id);
    const path = this.pathOf(operation, request);
    const token = request.token === undefined && operation.door === 'dashboard' ? this.#token : request.token;
    const isChange = this.#hearsOut && operation.door === 'dashboard' && operation.method !== 'get';
    return this.#withRetries(id, async () => {
      const asked = this.#ask(operation.method, path, { ...request, token }, isChange);
      if (isChange) this.#hearOut(asked);
      const answer = await asked;
      this.#look(operation, answer);
      return answer;
    });
  }

  /** Sends any request. The response is not compared with an operation. Waits like `call`. */
  send(method: string, path: string, request: Request = {}): Promise<Answer> {
    return this.#withRetries(`${method} ${path.split('?')[0]}`, () => this.#ask(method, path, request));
  }

  /** Opens a stream and returns it unread. Waits like `call`. */
  openStream(path: string, request: Request): Promise<Response> {
    return this.#withRetries(`GET ${path.split('?')[0]}`, () => this.open('GET', path, request));
  }

  /** Waits. Rejects as soon as the run is stopped or `signal` aborts. */
  async pause(ms: number, signal?: AbortSignal): Promise<void> {
    const ends = [signal, this.#signal].filter((one) => one !== undefined);
    await setTimeout(ms, undefined, { signal: AbortSignal.any(ends) });
  }

  /** Resets the waiting time at the start of a check. */
  refillPatience(): void {
    this.#patience = PATIENCE_MS;
  }

  /** Waits until the account's pending changes have responses, at most `ms` milliseconds. */
  async settle(ms: number): Promise<void> {
    const enough = new AbortController();
    const signal = enough.signal;
    await Promise.race([Promise.allSettled(this.#changes), setTimeout(ms, undefined, { signal })]);
    enough.abort();
  }

  /** Repeats a call after 429 or 503 with `Retry-After`, within the check's waiting time. */
  async #withRetries<T extends Pick<Answer, 'status' | 'headers'>>(
    what: string,
    ask: () => Promise<T>,
  ): Promise<T> {
    for (;;) {
      const answer = await ask();
      const wait = retryAfter(answer);
      if (wait === null) return answer;
      if (!this.#useWaitingTime(wait)) {
        if (answer.status === 503) return answer;
        throw new NotRun(
          `the host limits ${what} (Retry-After ${wait / 1000} s), and one check waits ${PATIENCE_MS / 1000} s in all: raise its limits for the kit`,
        );
      }
      await this.pause(wait);
    }
  }

  /** Subtracts a wait from the check's waiting time. Simultaneous waits count once. */
  #useWaitingTime(ms: number): boolean {
    const now = Date.now();
    const more = Math.max(0, now + ms - Math.max(now, this.#waitingUntil));
    if (more > this.#patience) return false;
    this.#patience -= more;
    this.#waitingUntil = Math.max(this.#waitingUntil, now + ms);
    return true;
  }

  #hearOut(asked: Promise<Answer>): void {
    this.#changes.add(asked);
    void Promise.allSettled([asked]).then(() => this.#changes.delete(asked));
  }

  async #ask(method: string, path: string, request: Request, isChange = false): Promise<Answer> {
    const response = await this.open(method, path, request, isChange);
    const bytes = new Uint8Array(await response.arrayBuffer());
    const text = new TextDecoder().decode(bytes);
    const type = (response.headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase();
    if (response.headers.has('set-cookie')) this.strays.add(`${method} ${path} sets a cookie`);
    return { status: response.status, headers: response.headers, type, text, bytes, body: parseJson(text) };
  }

  /**
   * Sends a request and returns the response unread. A change of the account is completed even when the run
   * is stopped: it must not take effect after the account was restored.
   */
  async open(method: string, path: string, request: Request = {}, isChange = false): Promise<Response> {
    this.#signal?.throwIfAborted();
    const own = request.signal ?? AbortSignal.timeout(60_000);
    const headers = new Headers(request.headers);
    if (request.token) headers.set('authorization', `Bearer ${request.token}`);
    const body = request.rawBody ?? (request.body === undefined ? undefined : JSON.stringify(request.body));
    if (body !== undefined && !headers.has('content-type')) headers.set('content-type', 'application/json');
    return fetch(this.base + path, {
      method,
      headers,
      redirect: 'manual',
      ...(body !== undefined && { body }),
      signal: this.#signal && !isChange ? AbortSignal.any([own, this.#signal]) : own,
    });
  }

  /** Returns the path and query of a request to an operation. */
  pathOf(operation: Operation, { path = {}, query = {} }: Request): string {
    const filled = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const value = path[name];
      if (value === undefined) throw new Error(`${operation.id} wants ${name} in its path`);
      return encodeURIComponent(String(value));
    });
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) search.set(name, String(value));
    return search.size > 0 ? `${filled}?${search}` : filled;
  }

  #look(operation: Operation, answer: Answer): void {
    let seen = this.seen.get(operation.id);
    if (!seen) this.seen.set(operation.id, (seen = { count: 0, wrong: new Set() }));
    seen.count++;
    if (answer.status === 429) this.limited++;
    for (const wrong of this.contract.violations(operation, answer))
      if (seen.wrong.size < 5) seen.wrong.add(`${answer.status}: ${wrong}`);
  }
}

/** Returns the wait that the host requests in milliseconds; null for none. */
function retryAfter({ status, headers }: Pick<Answer, 'status' | 'headers'>): number | null {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return (status === 429 || status === 503) && seconds >= 0 ? seconds * 1000 : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
