/**
 * `npm run size:flow`: what `@alur/flow/run` costs the visitor's page, bundled, minified and compressed; at
 * most 6 KB.
 */
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { build, type Rollup } from 'vite';

const BUDGET = 6 * 1024;

const results = await build({
  configFile: false,
  logLevel: 'error',
  build: {
    write: false,
    target: 'es2022',
    minify: true,
    // A format whose white space Vite minifies too, unlike that of ES libraries.
    lib: { entry: fileURLToPath(new URL('src/run.ts', import.meta.url)), formats: ['iife'], name: 'a' },
  },
});
const { output } = (results as Rollup.RollupOutput[])[0]!;
const { code } = output[0];
const compressed = brotliCompressSync(code).length;
console.log(`@alur/flow/run: ${code.length} bytes minified, ${compressed} with brotli; budget ${BUDGET}`);
if (compressed > BUDGET) process.exitCode = 1;
