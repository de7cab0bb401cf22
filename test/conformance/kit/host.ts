import type { Contract, Operation } from './contract.ts';
import { NotRun } from './expect.ts';

/** One answer of the host, read whole. */
export interface Answer {
  status: number;
  headers: Headers;
  /** Media type without parameters, lower-cased; '' when there is none. */
  type: string;
  text: string;
  bytes: Uint8Array;
  /** The parsed body; undefined when it is not JSON. */
  body: unknown;
}

export interface Request {
  path?: Record<string, string | number>;
  query?: Record<string, string | number | undefined>;
  headers?: Record<string, string>;
  /** A bearer token; null: none. Default: the token that the operation's door wants, where the kit has one. */
  token?: string | null;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is instead of `body`. */
  rawBody?: string | Uint8Array<ArrayBuffer>;
  signal?: AbortSignal;
}

/** What was wrong with the answers of one operation, or null when it was not called. */
export interface Seen {
  count: number;
  wrong: Set<string>;
}

/** How long one call waits in all for a host that says 429 or 503. */
const PATIENCE_MS = 20_000;

/**
 * The host under test, reached over HTTP only. Every answer is held against the contract as it comes in; what is wrong
 * with its form is kept by operation and reported on its own, so that a check fails only for what it is about.
 */
export class Host {
  readonly base: string;
  readonly contract: Contract;
  readonly seen = new Map<string, Seen>();
  /** Answers that broke a rule for all answers: cookies, for one. */
  readonly strays = new Set<string>();
  /** How many answers were 429. */
  limited = 0;
  readonly #token: string;

  constructor(base: string, token: string, contract: Contract) {
    this.base = base.replace(/\/+$/, '');
    this.contract = contract;
    this.#token = token;
  }

  operation(id: string): Operation {
    const operation = this.contract.operations.get(id);
    if (!operation) throw new Error(`The contract has no operation ${id}`);
    return operation;
  }

  /** Calls an operation of the contract by its id. 429 and 503 are waited out as `Retry-After` says. */
  async call(id: string, request: Request = {}): Promise<Answer> {
    const operation = this.operation(id);
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const answer = await this.send(operation.method, this.pathOf(operation, request), {
        ...request,
        token: request.token === undefined && operation.door === 'dashboard' ? this.#token : request.token,
      });
      this.#look(operation, answer);
      const wait = Number(answer.headers.get('retry-after') ?? Number.NaN) * 1000;
      if ((answer.status !== 429 && answer.status !== 503) || !(wait >= 0)) return answer;
      if (Date.now() + wait > deadline) {
        if (answer.status === 429)
          throw new NotRun(
            `the host limits ${id} (Retry-After ${wait / 1000} s): raise its limits for the kit`,
          );
        return answer;
      }
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }

  /** Sends any request at all, and does not hold the answer against an operation. */
  async send(method: string, path: string, request: Request = {}): Promise<Answer> {
    const response = await this.open(method, path, request);
    const bytes = new Uint8Array(await response.arrayBuffer());
    const text = new TextDecoder().decode(bytes);
    const type = (response.headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase();
    if (response.headers.has('set-cookie')) this.strays.add(`${method} ${path} sets a cookie`);
    return { status: response.status, headers: response.headers, type, text, bytes, body: parseJson(text) };
  }

  /** Sends a request and hands over the answer unread. */
  open(method: string, path: string, request: Request = {}): Promise<Response> {
    const headers = new Headers(request.headers);
    if (request.token) headers.set('authorization', `Bearer ${request.token}`);
    const body = request.rawBody ?? (request.body === undefined ? undefined : JSON.stringify(request.body));
    if (body !== undefined && !headers.has('content-type')) headers.set('content-type', 'application/json');
    return fetch(this.base + path, {
      method,
      headers,
      redirect: 'manual',
      ...(body !== undefined && { body }),
      signal: request.signal ?? AbortSignal.timeout(60_000),
    });
  }

  /** The path and query of a request to an operation. */
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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
