import { readFile } from 'node:fs/promises';
import { brotliCompressSync, constants } from 'node:zlib';

const KB = 1024;
/**
 * Maximum download of a visitor, in bytes: until the launcher is visible, and until the composer accepts
 * text.
 */
export const BUDGET = { launcher: 6 * KB, panel: 42 * KB };

/** Returns the transfer size of a file in bytes: brotli at the highest level, as a CDN serves it. */
export async function weigh(file: string): Promise<number> {
  const code = await readFile(file);
  return brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}
