import { Account } from './account.ts';
import type { Check, Kit, KitOptions } from './check.ts';
import { loadContract } from './contract.ts';
import { NotRun, show, showAnswer, Unmet } from './expect.ts';
import { Host } from './host.ts';
import { Visitor } from './visitor.ts';

/** What came of one check. */
export interface Outcome {
  id: string;
  rule: string;
  title: string;
  result: 'passed' | 'failed' | 'not-run';
  /** For a failure, what the contract asks. */
  expected?: string;
  /** For a failure, what the host did; for a check that was not run, why. */
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
  /** Only checks whose id begins with one of these. Default: all. */
  only?: string[];
  /** Ends the run after the check under way; the account is put in order all the same. */
  signal?: AbortSignal;
  /** Hears of each outcome as it comes. */
  heard?: (outcome: Outcome) => void;
}

const CONTRACT = new URL(import.meta.resolve('@alur/protocol/openapi.yaml'));

/**
 * Holds a host against the contract. Throws only when it cannot begin at all: nothing answers, the token is refused, the
 * account lacks what the kit needs; and then says which.
 */
export async function runConformance(checks: readonly Check[], options: RunOptions): Promise<Report> {
  const contract = await loadContract(CONTRACT);
  const host = new Host(options.base, options.token, contract);
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
  const wanted = (id: string): boolean =>
    !options.only || options.only.some((prefix) => id.startsWith(prefix));
  const outcomes: Outcome[] = [];
  const hear = (outcome: Outcome): void => {
    outcomes.push(outcome);
    options.heard?.(outcome);
  };
  try {
    for (const one of [...checks, ...formChecks(host)]) {
      if (options.signal?.aborted) break;
      if (wanted(one.id)) hear(await make(one, kit));
    }
  } finally {
    await account.close();
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

/** A connection that broke, or an answer so unlike the contract that reading it failed. */
function readable(error: unknown): string {
  const { message, cause, stack } = error as Error;
  const where = stack?.split('\n')[1]?.trim() ?? '';
  return show(`${message ?? String(error)}${cause ? ` (${String(cause)})` : ''} ${where}`);
}

/** One check for the form of each operation's answers, over everything that was asked of it. */
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
