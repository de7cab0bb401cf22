/**
 * Writes `docs/rest-api.md` from `openapi.yaml`; with `--check` only says whether it is stale (exit 1). Plain Markdown: it
 * reads in any editor and on any forge, fetches nothing, and a change of the contract shows in its diff.
 *
 * Run by `npm run docs:api`, and with `--check` by `npm test`.
 *
 * @module
 */
import { readFile, writeFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { renderReference, type Node } from './generate-reference-text.ts';

const contract = new URL('../openapi.yaml', import.meta.url);
const target = new URL('../../../docs/rest-api.md', import.meta.url);

const wanted = renderReference(parse(await readFile(contract, 'utf8')) as Node);
if (process.argv.includes('--check')) {
  const present = await readFile(target, 'utf8').catch(() => '');
  if (present !== wanted) {
    console.error('docs/rest-api.md is stale: run `npm run docs:api`.');
    process.exitCode = 1;
  }
} else {
  await writeFile(target, wanted);
}
