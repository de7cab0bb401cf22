import { Account } from './account.ts';
import type { Check, Kit } from './check.ts';
import type { KitOptions } from './kit-options.ts';
import { loadContract, type Contract } from './contract.ts';
import { NotRun, show, showAnswer, Unmet } from './expect.ts';
import { Host } from './host.ts';
import { Visitor } from './visitor.ts';

/** Result of one check. */
export interface Outcome {
  id: string;
  rule: string;
  title: string;
  result: 'passed' | 'failed' | 'not-run';
  /** For a failure: the requirement of the contract. */
  expected?: string;
  /** For a failure: the response of the host. For a check that was not run: the reason. */
  came?: string;
  ms: number;
}

export interface Report {
  base: string;
  contract: string;
  outcomes: Outcome[];
  passed: number;
  failed: number;
  notRun: number;
}

export interface RunOptions extends KitOptions {
  /** Only checks whose id begins with one of these prefixes. Default: all. */
  only?: string[];
  /** Stops the run immediately, in the middle of a check. The inbox is still restored, within two seconds. */
  signal?: AbortSignal;
  /** Called with each outcome. */
  heard?: (outcome: Outcome) => void;
}

/**
 * Maximum time in milliseconds in which a stopped run restores the inbox, and for which it first waits for
 * pending changes.
 */
const LAST_MS = 2000;
const SETTLE_MS = 500;

const CONTRACT = new URL(import.meta.resolve('@alur/protocol/openapi.yaml'));
/** Read and compiled once per process. */
let contractLoad: Promise<Contract> | undefined;

/**
 * Tests a host against the contract.
 *
 * @throws Error when the run cannot begin: the base URL is not valid, no check matches `only`, the host does
 * not respond, the token is rejected, or the account lacks something that the kit needs. The message names
 * the reason.
 */
export async function runConformance(checks: readonly Check[], options: RunOptions): Promise<Report> {
  const contract = await (contractLoad ??= loadContract(CONTRACT));
  refuseOtherThanHttp(options.base);
  const host = new Host(options.base, options.token, contract, options.signal);
  const wanted = wantedOf([...checks, ...formChecks(host)], options.only);
  const health = await host.call('getHealth');
  const wrong = contract.violations(host.operation('getHealth'), health);
  if (health.status !== 200 || wrong.length > 0)
    throw new Error(
      `No Alur host answers at ${host.base}: GET /v1/health gives ${showAnswer(health)} ${wrong.join('; ')}`,
    );
  const account = await Account.open(host, options);
  const kit: Kit = {
    host,
    account,
    options,
    visitor: () => Visitor.create(host, account.inbox.id),
  };
  const outcomes: Outcome[] = [];
  const report = (outcome: Outcome): void => {
    outcomes.push(outcome);
    options.heard?.(outcome);
  };
  const stopped = new Promise<null>((resolve) => {
    options.signal?.addEventListener('abort', () => resolve(null), { once: true });
  });
  try {
    await account.prepare();
    for (const one of wanted) {
      if (options.signal?.aborted) break;
      host.refillPatience();
      const outcome = await Promise.race([stopped, make(one, kit)]);
      // A failure because of the stop is not a failure of the host.
      if (outcome && !options.signal?.aborted) report(outcome);
    }
  } finally {
    await putInOrder(account, host, options);
  }
  const count = (result: Outcome['result']): number => outcomes.filter((one) => one.result === result).length;
  return {
    base: host.base,
    contract: contract.version,
    outcomes,
    passed: count('passed'),
    failed: count('failed'),
    notRun: count('not-run'),
  };
}

/**
 * Throws for a base that is not HTTP. `localhost:8787` is a URL of the scheme `localhost:`, and `fetch` has
 * no useful error for it.
 */
function refuseOtherThanHttp(base: string): void {
  if (/^https?:\/\//i.test(base) && URL.canParse(base)) return;
  const rest = base.replace(/^([a-z][\w+.-]*:)?\/\//i, '');
  throw new Error(
    `"${base}" is no base URL of a host. It begins with http:// or https://: write http://${rest}, for instance`,
  );
}

/**
 * Returns the selected checks. A prefix without a match is an error, because the intended check would not
 * run.
 */
function wantedOf(checks: readonly Check[], only?: readonly string[]): readonly Check[] {
  if (!only) return checks;
  const idle = only.filter((prefix) => !checks.some(({ id }) => id.startsWith(prefix)));
  if (idle.length > 0) {
    const groups = [...new Set(checks.map(({ id }) => id.split('/')[0]))];
    throw new Error(
      `No check matches --only ${idle.join(', --only ')}. An id begins with one of: ${groups.join(', ')}`,
    );
  }
  return checks.filter(({ id }) => only.some((prefix) => id.startsWith(prefix)));
}

async function putInOrder(account: Account, host: Host, { base, token, signal }: RunOptions): Promise<void> {
  try {
    host.refillPatience();
    await account.putBack();
    return await account.deleteFlows();
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
  await host.settle(SETTLE_MS);
  const last = new Host(base, token, host.contract, AbortSignal.timeout(LAST_MS - SETTLE_MS), false);
  await account.putBack(last);
  // Deletes as many as the time allows. The next run deletes the others.
  await account.deleteFlows(last).catch(() => undefined);
}

async function make({ id, rule, title, run }: Check, kit: Kit): Promise<Outcome> {
  const began = performance.now();
  const done = (rest: Pick<Outcome, 'result' | 'expected' | 'came'>): Outcome => ({
    id,
    rule,
    title,
    ...rest,
    ms: Math.round(performance.now() - began),
  });
  try {
    await run(kit);
    return done({ result: 'passed' });
  } catch (error) {
    if (error instanceof NotRun) return done({ result: 'not-run', came: error.message });
    if (error instanceof Unmet) return done({ result: 'failed', expected: error.expected, came: error.came });
    return done({ result: 'failed', expected: 'an answer that can be read', came: readable(error) });
  }
}

/** Describes a broken connection, or a response that could not be read. */
function readable(error: unknown): string {
  const { message, cause, stack } = error as Error;
  const where = stack?.split('\n')[1]?.trim() ?? '';
  return show(`${message ?? String(error)}${cause ? ` (${String(cause)})` : ''} ${where}`);
}

/** Returns one check for the form of each operation's responses, over all its calls. */
function formChecks(host: Host): Check[] {
  const forms = [...host.contract.operations.values()].map(({ id, method, path, answers }): Check => ({
    id: `form/${id}`,
    rule: id,
    title: `answers of ${method} ${path} are as openapi.yaml says`,
    async run() {
      const seen = host.seen.get(id);
      const streams = [...answers.values()].some((content) =>
        content?.some(({ type }) => type === 'text/event-stream'),
      );
      if (!seen)
        throw new NotRun(streams ? 'opened as a stream, see streams/' : 'no check that was made asks for it');
      if (seen.wrong.size > 0)
        throw new Unmet('status, content type and body of the contract', [...seen.wrong].join('; '));
    },
  }));
  const cookies: Check = {
    id: 'form/no-cookies',
    rule: 'info',
    title: 'no answer sets a cookie',
    async run() {
      if (host.strays.size > 0) throw new Unmet('no Set-Cookie anywhere', [...host.strays].join('; '));
    },
  };
  return [...forms, cookies];
}
