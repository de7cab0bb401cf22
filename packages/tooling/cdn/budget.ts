import { readFile } from 'node:fs/promises';
import { brotliCompressSync, constants } from 'node:zlib';

const KB = 1024;
/**
 * What a visitor may have to download, in bytes: until the launcher shows, and until the composer takes text.
 */
export const BUDGET = { launcher: 6 * KB, panel: 42 * KB };

/** How many bytes of a file travel: brotli at its best, as a CDN serves it. */
export async function weigh(file: string): Promise<number> {
  const code = await readFile(file);
  return brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}
