#!/usr/bin/env node
/**
 * The command: `ALUR_TOKEN=<dashboard token> alur-conformance <base url>`. Exits with 0 when nothing failed,
 * 1 when something failed or nothing passed, 2 when the run could not begin or the inbox could not be
 * restored, and 129, 130 or 143 when a signal stopped it.
 *
 * @module
 */
import { parseArgs } from 'node:util';
import { loadChecks } from './checks/index.ts';
import { NotPutBack } from './kit/account.ts';
import { runConformance, type Outcome, type RunOptions } from './kit/run.ts';
import { stopOnSignals } from './kit/stop-signals.ts';

const USAGE = `ALUR_TOKEN=<dashboard token> alur-conformance <base url> [options]

  <base url>              where the host listens, such as http://localhost:8787
  --token <token>         an API key, or a JWT with the role admin, of an account for tests (default: ALUR_TOKEN of the
                          environment, where neither npm nor a list of processes shows it)
  --inbox <id>            the web-livechat inbox to work on (default: the first)
  --other-inbox <id>      another inbox of the account (default: a whatsapp one)
  --foreign-token <token> a dashboard token of another account: tenancy across accounts
  --identity-key <key>    the inbox's identity key: verified visitors
  --account <id> --signing-key <key>  the account's id and signing key: dashboard JWTs
  --vectors <folder>      flow vectors to replay (default: those of @alur/flow)
  --only <prefix>         only checks whose id begins so; may be given again
  --fast                  leave out the checks that must wait
  --json                  the report as JSON on standard output
`;

const MARKS: Record<Outcome['result'], string> = {
  passed: 'ok      ',
  failed: 'FAILED  ',
  'not-run': 'not run ',
};

function line({ result, id, rule, title, expected, came }: Outcome): string {
  const head = `${MARKS[result]}${id}  [${rule}]  ${title}`;
  if (result === 'failed') return `${head}\n          expected: ${expected}\n          came:     ${came}`;
  return result === 'not-run' ? `${head}\n          ${came}` : head;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      token: { type: 'string' },
      inbox: { type: 'string' },
      'other-inbox': { type: 'string' },
      'foreign-token': { type: 'string' },
      'identity-key': { type: 'string' },
      account: { type: 'string' },
      'signing-key': { type: 'string' },
      vectors: { type: 'string' },
      only: { type: 'string', multiple: true },
      fast: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const base = positionals.find((argument) => argument !== '--');
  const token = values.token ?? process.env['ALUR_TOKEN'];
  if (values.help || !base || !token) {
    process.stderr.write(USAGE);
    return values.help ? 0 : 2;
  }
  const options: RunOptions = {
    base,
    signal: stop.signal,
    token,
    slow: !values.fast,
    ...(values.inbox && { inbox: values.inbox }),
    ...(values['other-inbox'] && { otherInbox: values['other-inbox'] }),
    ...(values['foreign-token'] && { foreignToken: values['foreign-token'] }),
    ...(values['identity-key'] && { identityKey: values['identity-key'] }),
    ...(values.account && { accountId: values.account }),
    ...(values['signing-key'] && { signingKey: values['signing-key'] }),
    ...(values.only && { only: values.only }),
    ...(!values.json && { heard: (outcome: Outcome) => void process.stdout.write(`${line(outcome)}\n`) }),
  };
  const report = await runConformance(await loadChecks(values.vectors), options);
  if (values.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else {
    const notRun = report.notRun > 0 ? `${report.notRun} not run, for the reasons above\n` : '';
    process.stdout.write(`\n${notRun}${report.passed} passed, ${report.failed} failed\n`);
  }
  return report.failed > 0 || report.passed === 0 ? 1 : 0;
}

const stop = stopOnSignals();
try {
  process.exitCode = await main();
} catch (error) {
  const { message, cause } = error as Error;
  const isLost = error instanceof NotPutBack;
  if (isLost || !stop.by())
    process.stderr.write(
      `${isLost ? '' : 'The kit could not begin: '}${message}${cause ? ` (${String(cause)})` : ''}\n`,
    );
  process.exitCode = 2;
}
const by = stop.by();
if (by) {
  process.stderr.write(`Stopped by ${by.name}.\n`);
  // Do not wait for the current check.
  process.exit(by.code);
}
