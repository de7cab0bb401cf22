/**
 * Sends random requests to a host and compares every response with the contract: never a 5xx, always a known
 * problem code, bodies that match their schema. Everything depends on a seed.
 *
 * @module
 */
import { Agent, request as send } from 'node:http';
import { loadContract, readContract, type Contract, type Node } from '@alur/conformance/contract';
import { randomFrom } from '../simulation/random.ts';
import { startFuzzHost } from './fuzz-host.ts';
import { readOperations, requestFor, type FuzzOperation, type FuzzRequest } from './requests.ts';

const CONTRACT = new URL('../../packages/protocol/openapi.yaml', import.meta.url);
/** Maximum wait for a long poll, in milliseconds. After it, the request is abandoned. */
const HELD_MS = 250;

/** Result of a run. */
export interface FuzzReport {
  requests: number;
  /** Number of responses by status. */
  statuses: Record<number, number>;
  /** Operations with at least one successful response. */
  succeeded: Set<string>;
  /** Every broken rule, with the request that broke it. */
  failures: string[];
}

/** Sends `count` requests made from `seed`. `postgresUrl` is the database to use. Default: in memory. */
export async function fuzzContract(seed: number, count: number, postgresUrl?: string): Promise<FuzzReport> {
  const document = await readContract(CONTRACT);
  const contract = await loadContract(CONTRACT);
  const resolve = (reference: string): Node =>
    reference
      .slice(2)
      .split('/')
      .reduce<Node>((node, step) => node[step] as Node, document);
  const operations = readOperations(document, resolve);
  const { host, url, errors, contextFor, note } = await startFuzzHost(postgresUrl);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const report: FuzzReport = { requests: 0, statuses: {}, succeeded: new Set(), failures: [] };
  try {
    for (let number = 0; number < count; number++) {
      const random = randomFrom(seed * 1_000_003 + number);
      // Every operation is called in turn, so that none is left out.
      const operation = operations[number % operations.length]!;
      const context = { ...contextFor(operation.id, number, random), resolve };
      const request = requestFor(operation, random, context);
      const answer = await ask(url, request, agent);
      report.requests += 1;
      if (!answer) continue;
      report.statuses[answer.status] = (report.statuses[answer.status] ?? 0) + 1;
      if (answer.status < 300 && request.method === operation.method) {
        report.succeeded.add(operation.id);
        note(operation.id, parseJson(answer.text));
      }
      for (const wrong of wrongIn(contract, operation, request, answer))
        report.failures.push(`request ${number}, ${operation.id}: ${wrong}\n  ${describe(request)}`);
      for (const error of errors.splice(0))
        report.failures.push(
          `request ${number}, ${operation.id}: logged ${String(error)}\n  ${describe(request)}`,
        );
    }
  } finally {
    agent.destroy();
    await host.close();
  }
  return report;
}

interface RawAnswer {
  status: number;
  headers: Headers;
  text: string;
}

function wrongIn(
  contract: Contract,
  operation: FuzzOperation,
  { method }: FuzzRequest,
  { status, headers, text }: RawAnswer,
): string[] {
  if (status >= 500) return [`${status}: ${text.slice(0, 300)}`];
  const type = (headers.get('content-type') ?? '').split(';')[0]!.toLowerCase();
  if (status === 400 && type === '' && text === '') return [];
  // Another method belongs to another operation, or to none.
  if (method !== operation.method && status < 400) return [];
  if (method === 'HEAD') return [];
  const parsed = parseJson(text);
  const answer = { status, headers, type, text, bytes: new Uint8Array(), body: parsed };
  const code = (parsed as { code?: string } | undefined)?.code;
  const isKnown = status < 400 || contract.schemaErrors('ProblemCode', code).length === 0;
  return [
    ...contract.violations(contract.operations.get(operation.id)!, answer),
    ...(isKnown ? [] : [`${status} with the unknown code ${JSON.stringify(code)}`]),
  ].map((wrong) => `${status}: ${wrong}`);
}

/** Sends a request unchanged, without corrections of a client. Resolves with null for a held long poll. */
function ask(
  url: string,
  { method, path, headers, body }: FuzzRequest,
  agent: Agent,
): Promise<RawAnswer | null> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const length = body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) };
    const outgoing = send(
      { hostname, port, method, path, headers: { ...headers, ...length }, agent },
      (response) => {
        const found = new Headers();
        for (const [name, value] of Object.entries(response.headers)) found.set(name, String(value));
        const status = response.statusCode ?? 0;
        if (found.get('content-type')?.startsWith('text/event-stream')) {
          resolve({ status, headers: found, text: '' });
          response.destroy();
          return;
        }
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve({ status, headers: found, text: Buffer.concat(chunks).toString() }));
        response.on('error', reject);
      },
    );
    if (/[?&]wait=/.test(path))
      outgoing.setTimeout(HELD_MS, () => {
        resolve(null);
        outgoing.destroy();
      });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function describe({ method, path, headers, body }: FuzzRequest): string {
  const sent = body === undefined ? '' : JSON.stringify(body.toString()).slice(0, 600);
  return `${method} ${path.slice(0, 400)} ${JSON.stringify(headers).slice(0, 500)} ${sent}`;
}
