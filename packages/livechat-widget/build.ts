/**
 * Builds the widget: `node packages/livechat-widget/build.ts` (`npm run build:widget` at the root).
 *
 * - `dist/cdn/` for one script tag: `livechat.js`, a classic script under a stable name, and hashed files that it loads;
 * - `dist/*.js` for npm: modules whose dependencies stay imports.
 *
 * @module
 */
import { readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type InlineConfig, type Rolldown } from 'vite';
import { minifyStyles } from './minify-styles.ts';

const ROOT = dirname(fileURLToPath(import.meta.url));
const SOURCES = join(ROOT, 'src');
const DIST = join(ROOT, 'dist');
/** Where the files for a script tag go. */
export const CDN_FOLDER = join(DIST, 'cdn');

const common: InlineConfig = {
  root: ROOT,
  configFile: false,
  logLevel: 'warn',
  plugins: [minifyStyles()],
};

/** The lazily loaded entries and the files they were built into, next to `livechat.js`. */
export interface Chunks {
  panel: string;
  en: string;
  id: string;
}

/** Builds `dist/cdn/` and tells the names of the lazily loaded entries. */
export async function buildCdn(): Promise<Chunks> {
  await rm(CDN_FOLDER, { recursive: true, force: true });
  const chunks = await buildChunks();
  await build({
    ...common,
    define: { LIVECHAT_CHUNKS: JSON.stringify(chunks) },
    build: {
      outDir: CDN_FOLDER,
      emptyOutDir: false,
      target: 'es2022',
      lib: {
        entry: join(SOURCES, 'cdn.ts'),
        formats: ['iife'],
        name: 'livechatEntry',
        fileName: () => 'livechat.js',
      },
      rolldownOptions: { output: { extend: true } },
    },
  });
  return chunks;
}

async function buildChunks(): Promise<Chunks> {
  const output = (await build({
    ...common,
    build: {
      outDir: CDN_FOLDER,
      emptyOutDir: false,
      target: 'es2022',
      modulePreload: false,
      minify: true,
      rolldownOptions: {
        input: {
          panel: join(SOURCES, 'panel/index.ts'),
          en: join(SOURCES, 'strings/en.ts'),
          id: join(SOURCES, 'strings/id.ts'),
        },
        preserveEntrySignatures: 'strict',
        output: { entryFileNames: '[name]-[hash].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  })) as Rolldown.RolldownOutput;
  const fileOf = (name: string) => {
    const file = output.output.find(
      (chunk) => chunk.type === 'chunk' && chunk.isEntry && chunk.name === name,
    );
    if (!file) throw new Error(`The build made no file for "${name}".`);
    return file.fileName;
  };
  return { panel: fileOf('panel'), en: fileOf('en'), id: fileOf('id') };
}

/** Builds the modules for npm into `dist/`. */
export async function buildModules(): Promise<void> {
  for (const file of await readdir(DIST)) if (file.endsWith('.js')) await rm(join(DIST, file));
  await build({
    ...common,
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
        external: /^(lit|nanostores|@nanostores|@alur)(\/|$)/,
        output: { chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
}

if (import.meta.main) {
  await buildCdn();
  await buildModules();
}
