/**
 * Measures what a visitor downloads, against the budgets: `npm run size` at the root. Opens the chat in a
 * real browser, with a host that never responds, and counts every requested file until the composer accepts
 * text. Brotli at the highest level, as a CDN serves it. Exits with 1 when a budget is exceeded, or when the
 * panel's files load in more than one wave.
 *
 * @module
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { launchChromium } from '../../../test/support/chromium.ts';
import { watchLoading } from '../../../test/support/watch-loading.ts';
import { BUDGET, weigh } from './budget.ts';
import { buildCdn, CDN_FOLDER } from './build-cdn.ts';

const { entry } = await buildCdn();
const browser = await launchChromium();
const { waves } = await watchLoading(browser, CDN_FOLDER);
await browser.close();

const loaded = waves.flat();
const onNeed = (await readdir(CDN_FOLDER)).filter(
  (file) => file.endsWith('.js') && file !== entry && !loaded.includes(file),
);
const rows = await Promise.all([
  row('until the launcher shows', waves[0]!, BUDGET.launcher),
  row('until the composer takes text', loaded, BUDGET.panel, `${waves.length - 1} wave after the launcher`),
  ...onNeed.map((file) => row('on need', [file])),
]);
for (const { what, bytes, budget, note, parts } of rows) {
  const limit = budget ? ` of ${String(budget).padStart(5)}` : '         ';
  const over = budget && bytes > budget ? '  OVER BUDGET' : '';
  console.log(
    `${what.padEnd(30)} ${String(bytes).padStart(5)}${limit} bytes  ${parts.join(' + ')}${note}${over}`,
  );
}
if (waves.length > 2)
  console.log(`\nThe panel comes in ${waves.length - 1} waves: ${JSON.stringify(waves.slice(1))}`);
if (waves.length > 2 || rows.some(({ bytes, budget }) => budget && bytes > budget)) process.exitCode = 1;

async function row(what: string, files: string[], budget?: number, note?: string) {
  const sizes = await Promise.all(
    files.map(async (file) => [file, await weigh(join(CDN_FOLDER, file))] as const),
  );
  return {
    what: budget ? what : `${what}: ${files[0]!.replace(/-\w+\.js$/, '')}`,
    bytes: sizes.reduce((sum, [, size]) => sum + size, 0),
    budget,
    note: note ? `; ${note}` : '',
    parts: sizes.map(([file, size]) => `${file} ${size}`),
  };
}
