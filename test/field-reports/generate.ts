/**
 * Writes the section "Faults found by trial" of docs/field-reports.md. `--check` writes nothing and fails
 * when the page is not up to date.
 *
 * @module
 */
import { readFile, writeFile } from 'node:fs/promises';
import { withFaults, type Fault } from './fault-table.ts';

const PAGE = new URL('../../docs/field-reports.md', import.meta.url);

const faults = JSON.parse(await readFile(new URL('faults.json', import.meta.url), 'utf8')) as Fault[];
const page = await readFile(PAGE, 'utf8');
const wanted = withFaults(page, faults);
if (!process.argv.includes('--check')) await writeFile(PAGE, wanted);
else if (page !== wanted) {
  console.error('docs/field-reports.md is out of date: run node test/field-reports/generate.ts');
  process.exitCode = 1;
}
