/**
 * Builds the widget: `node packages/livechat-widget/build.ts` (`npm run build:widget` at the root).
 *
 * - `dist/cdn/` for one script tag: `livechat.js`, a classic script, and what it loads. `integrity.json` lists all files with their
 *   hashes, and a tag to copy (docs/decisions/0006-script-tag-files.md);
 * - `dist/*.js` for npm: modules whose dependencies stay imports.
 *
 * @module
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type InlineConfig, type Rolldown } from 'vite';
import { INTERNAL_NAMES } from './internal-names.ts';
import { minifyCode } from './minify-code.ts';
import { minifyStyles } from './minify-styles.ts';
import { minifyTemplates } from './minify-templates.ts';
import { leanLit } from './lean-lit.ts';
import { noGlobals } from './no-globals.ts';
import { integrityOf, sealFiles, type SealedFile } from './seal-files.ts';

const ROOT = dirname(fileURLToPath(import.meta.url));
const SOURCES = join(ROOT, 'src');
const DIST = join(ROOT, 'dist');
/** Where the files for a script tag go. */
export const CDN_FOLDER = join(DIST, 'cdn');

/** What the entry loads by itself, by the names that `src/cdn.ts` knows. */
const LAZY = { panel: 'panel/index.ts', en: 'strings/en.ts', id: 'strings/id.ts' };

const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { version: string };
const common: InlineConfig = {
  root: ROOT,
  configFile: false,
  logLevel: 'warn',
  define: { LIVECHAT_VERSION: JSON.stringify(version) },
};

/** What `integrity.json` says of a release. */
export interface Release {
  version: string;
  /** The entry under a name of its own for each content; `livechat.js` is the same under one that stays. */
  entry: string;
  /** The tag for a page. CDN, INBOX and HOST are to be filled in. */
  snippet: string;
  /** Every script of the folder, with what goes into `integrity`. */
  files: Record<string, string>;
}

/** The published names of what was built into `dist/cdn/`. */
export interface CdnFiles {
  entry: string;
  /** By the names in the sources: `panel`, `en`, `id`, and whatever these load on need. */
  lazy: Map<string, string>;
}

/** Builds `dist/cdn/`, or the same in another folder. */
export async function buildCdn(folder: string = CDN_FOLDER): Promise<CdnFiles> {
  const { release, sealed } = sealFiles(await buildLazyFiles(), Object.keys(LAZY));
  const entryCode = await buildEntry(release, sealed);
  const entry = `livechat-${integrityOf(entryCode, 'sha256')
    .replaceAll(/\W|^sha256-/g, '')
    .slice(0, 8)}.js`;
  const contents = new Map([
    ['livechat.js', entryCode],
    [entry, entryCode],
    ...[...sealed.values()].map(({ file, code }): [string, string] => [file, code]),
  ]);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const [file, code] of contents) await writeFile(join(folder, file), code);
  await writeRelease(folder, entry, contents);
  return { entry, lazy: new Map([...sealed].map(([name, { file }]) => [name, file])) };
}

async function buildLazyFiles() {
  const entry = Object.fromEntries(Object.entries(LAZY).map(([name, file]) => [name, join(SOURCES, file)]));
  const chunks = await buildChunks({
    lib: { entry, formats: ['es'], fileName: (_, name) => `${name}.js` },
    rolldownOptions: {
      // What a file that is loaded on need has in common with one that is there before it, it takes from there.
      preserveEntrySignatures: 'allow-extension',
      output: { chunkFileNames: '[name].js' },
    },
  });
  const nameOf = (file: string): string => file.replace(/\.js$/, '');
  return Promise.all(
    chunks.map(async ({ fileName, code, imports }) => {
      const name = nameOf(fileName);
      if (name !== 'panel') refuseInternalNames(name, code);
      return {
        name,
        code: await minifyCode(code, true, name === 'panel' ? INTERNAL_NAMES : []),
        imports: imports.map(nameOf),
      };
    }),
  );
}

function refuseInternalNames(file: string, code: string): void {
  const name = INTERNAL_NAMES.find((name) => new RegExp(`\\b${name}\\b`).test(code));
  if (name) throw new Error(`"${name}" is in ${file} as well: take it out of internal-names.ts.`);
}

async function buildEntry(release: string, sealed: Map<string, SealedFile>): Promise<string> {
  // The minifier counts letters to choose its names: what is random goes in afterwards, or the size would change with every hash.
  const values = new Map([
    ['%release%', release],
    ...Object.keys(LAZY).map((name): [string, string] => [
      `%${name}%`,
      sealed.get(name)!.integrity.slice('sha256-'.length),
    ]),
  ]);
  const hashes = Object.fromEntries(Object.keys(LAZY).map((name) => [name, `%${name}%`]));
  const [chunk] = await buildChunks(
    { lib: { entry: join(SOURCES, 'cdn.ts'), formats: ['iife'], name: 'livechatEntry' } },
    { LIVECHAT_RELEASE: JSON.stringify('%release%'), LIVECHAT_HASHES: JSON.stringify(hashes) },
  );
  refuseInternalNames('livechat', chunk!.code);
  const code = await minifyCode(chunk!.code, false);
  return code.replaceAll(/%\w+%/g, (place) => values.get(place) ?? place);
}

async function buildChunks(
  options: NonNullable<InlineConfig['build']>,
  define: Record<string, string> = {},
): Promise<Rolldown.OutputChunk[]> {
  const outputs = (await build({
    ...common,
    plugins: [leanLit(), minifyStyles(), minifyTemplates(), noGlobals()],
    // What is left to the page's bundler in a library; here there is none.
    define: { ...common.define, 'process.env.NODE_ENV': '"production"', ...define },
    build: { write: false, target: 'es2022', minify: false, ...options },
  })) as Rolldown.RolldownOutput[];
  return outputs.flatMap(({ output }) => output.filter((part) => part.type === 'chunk'));
}

async function writeRelease(folder: string, entry: string, contents: Map<string, string>): Promise<void> {
  const files = Object.fromEntries([...contents].map(([file, code]) => [file, integrityOf(code)]));
  const snippet = `<script async src="CDN/${entry}" integrity="${files[entry]}" crossorigin data-inbox="INBOX" data-host="HOST"></script>`;
  const release: Release = { version, entry, snippet, files };
  await writeFile(join(folder, 'integrity.json'), `${JSON.stringify(release, null, 2)}\n`);
}

/** Builds the modules for npm into `dist/`. */
export async function buildModules(): Promise<void> {
  await mkdir(DIST, { recursive: true });
  for (const file of await readdir(DIST)) if (file.endsWith('.js')) await rm(join(DIST, file));
  await build({
    ...common,
    plugins: [minifyStyles()],
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
        external: /^(lit|@alur)(\/|$)/,
        output: { chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
}

if (import.meta.main) {
  await buildCdn();
  await buildModules();
}
