/**
 * Writes `generated/openapi.ts` from `openapi.yaml`. With `--check`, only reports whether it is stale (exit
 * code 1). Run by `npm run generate` and, with `--check`, by `npm test`.
 *
 * @module
 */
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const contract = new URL('../openapi.yaml', import.meta.url);
const target = new URL('./generated/openapi.ts', import.meta.url);
const banner = '/** Generated from openapi.yaml by `npm run generate`. Do not edit. */\n\n';

const wanted = banner + astToString(await openapiTS(contract));
if (process.argv.includes('--check')) {
  const present = await readFile(target, 'utf8').catch(() => '');
  if (present !== wanted) {
    console.error('packages/protocol/src/generated/openapi.ts is stale: run `npm run generate`.');
    process.exitCode = 1;
  }
} else {
  await writeFile(target, wanted);
}
