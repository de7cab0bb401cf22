/**
 * Builds the widget's modules for npm into `dist/`: `npm run build` at the root. Dependencies stay imports.
 *
 * @module
 */
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const ROOT = dirname(fileURLToPath(import.meta.url));
const SOURCES = join(ROOT, 'src');
const DIST = join(ROOT, 'dist');

/** Builds the modules into `dist/`. */
export async function buildModules(): Promise<void> {
  const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  await mkdir(DIST, { recursive: true });
  for (const file of await readdir(DIST)) if (file.endsWith('.js')) await rm(join(DIST, file));
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    define: { LIVECHAT_VERSION: JSON.stringify(version) },
    build: {
      outDir: DIST,
      emptyOutDir: false,
      target: 'es2022',
      minify: false,
      lib: {
        entry: { index: join(SOURCES, 'index.ts'), define: join(SOURCES, 'define.ts') },
        formats: ['es'],
      },
      rolldownOptions: {
        external: /^(lit|nanostores|@alur)(\/|$)/,
        output: { chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
}
