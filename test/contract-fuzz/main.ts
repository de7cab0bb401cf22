/**
 * `npm run fuzz:contract`: sends random requests to a host for a minute, 1,500 from each seed. `--seed N`
 * repeats one seed. `--seconds N` sets the duration. With `ALUR_TEST_POSTGRES_URL` it runs on that database.
 *
 * @module
 */
import { parseArgs } from 'node:util';
import { fuzzContract } from './fuzz-contract.ts';

const { values } = parseArgs({
  options: { seed: { type: 'string' }, seconds: { type: 'string', default: '60' } },
});
const EACH = 1_500;
const until = performance.now() + Number(values.seconds) * 1000;
let requests = 0;
let failed = 0;
let seed = values.seed === undefined ? Math.floor(Math.random() * 1_000_000) : Number(values.seed);
do {
  const report = await fuzzContract(seed, EACH, process.env['ALUR_TEST_POSTGRES_URL']);
  requests += report.requests;
  failed += report.failures.length;
  console.log(
    `seed ${seed}: ${report.requests} requests, ${report.failures.length} failures`,
    report.statuses,
  );
  for (const failure of report.failures.slice(0, 20)) console.log(`  ${failure}`);
  seed += 1;
} while (values.seed === undefined && failed === 0 && performance.now() < until);
console.log(`\n${requests} requests, ${failed} failures`);
process.exitCode = failed > 0 ? 1 : 0;
