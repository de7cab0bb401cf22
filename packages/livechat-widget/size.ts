/**
 * Weighs what a visitor downloads, against the budgets: `npm run size` at the root. Brotli at its best, as a CDN serves it.
 * Exits with 1 when a budget is overrun.
 *
 * @module
 */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { buildCdn, CDN_FOLDER } from './build.ts';

const KB = 1024;
/** In bytes. */
const BUDGET = { launcher: 4 * KB, panel: 32 * KB };

const { lazy } = await buildCdn();
const launcher = await weigh(['livechat.js']);
const panel = await weigh(['livechat.js', lazy.get('panel')!, lazy.get('en')!]);

let over = false;
for (const [name, { bytes, files }, budget] of [
  ['until the launcher shows', launcher, BUDGET.launcher],
  ['until the composer takes text', panel, BUDGET.panel],
] as const) {
  over ||= bytes > budget;
  console.log(`${name}: ${bytes} of ${budget} bytes brotli${bytes > budget ? '  OVER BUDGET' : ''}`);
  for (const [file, size] of files) console.log(`  ${String(size).padStart(6)}  ${file}`);
}
if (over) process.exitCode = 1;

/** The compressed size of `entries` and of everything they import statically. */
async function weigh(entries: string[]): Promise<{ bytes: number; files: Map<string, number> }> {
  const files = new Map<string, number>();
  const queue = [...entries];
  for (const file of queue) {
    if (files.has(file)) continue;
    const code = await readFile(join(CDN_FOLDER, file));
    files.set(file, brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length);
    for (const [, specifier] of String(code).matchAll(
      /(?:^|[;}])(?:import|export)\s*(?:[^"'()]*?from)?\s*["'](\.[^"']+)["']/g,
    )) {
      queue.push(join(dirname(file), specifier!));
    }
  }
  return { bytes: [...files.values()].reduce((sum, size) => sum + size, 0), files };
}
