import { createRequire } from 'node:module';
import type { StaticFile } from './served.ts';

const { resolve } = createRequire(import.meta.url);

/** Returns a file of a library from npm, to be served as a script. */
export function library(file: string): StaticFile {
  return { file: resolve(file), type: '.js' };
}
