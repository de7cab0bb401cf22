/**
 * Builds the widget for one script tag into `packages/livechat-widget/dist/cdn/`: `npm run build:widget`.
 * `livechat.js` is a classic script; `integrity.json` lists all files with their hashes, and a tag to copy.
 *
 * @module
 */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type InlineConfig, type Rolldown } from 'vite';
import { scriptTagRelease } from './script-tag-release.ts';

const WIDGET = join(dirname(fileURLToPath(import.meta.url)), '../../livechat-widget');
/** Default folder of the release. */
export const CDN_FOLDER = join(WIDGET, 'dist/cdn');

/** Modules that the entry itself loads, under the names that `src/cdn.ts` uses. */
const FIRST_WAVE = { panel: 'panel/index.ts', en: 'strings/en.ts', id: 'strings/id.ts' };

/** Published names of the built files. */
export interface CdnFiles {
  entry: string;
  /** Published names by source name: `panel`, `en`, `id`, and the lazy modules. */
  lazy: Map<string, string>;
}

/** Returns the Vite configuration of the release. */
export async function cdnConfig(outDir: string = CDN_FOLDER): Promise<InlineConfig> {
  const manifest = JSON.parse(await readFile(join(WIDGET, 'package.json'), 'utf8')) as { version: string };
  const { version } = manifest;
  return {
    root: WIDGET,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    define: {
      LIVECHAT_VERSION: JSON.stringify(version),
      'process.env.NODE_ENV': '"production"',
    },
    plugins: [
      scriptTagRelease({
        entry: join(WIDGET, 'src/cdn.ts'),
        firstWave: Object.keys(FIRST_WAVE),
        standalone: { doctor: join(WIDGET, 'src/panel/doctor/examine.ts') },
        version,
      }),
    ],
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: false,
      reportCompressedSize: false,
      lib: {
        entry: Object.fromEntries(
          Object.entries(FIRST_WAVE).map(([name, file]) => [name, join(WIDGET, 'src', file)]),
        ),
        formats: ['es'],
        fileName: (_format, name) => `${name}.js`,
      },
      rolldownOptions: {
        // Lazy modules import shared code from the panel.
        preserveEntrySignatures: 'allow-extension',
        // Vite leaves white space in ES modules of a library.
        output: { chunkFileNames: '[name].js', minify: true },
      },
    },
  };
}

/** Builds the release into a folder. */
export async function buildCdn(folder?: string): Promise<CdnFiles> {
  const [{ output }] = (await build(await cdnConfig(folder))) as [Rolldown.RolldownOutput];
  const scripts = output.map(({ fileName }) => fileName).filter((file) => file.endsWith('.js'));
  const entry = scripts.find((file) => file.startsWith('livechat-'))!;
  const lazy = scripts.filter((file) => !file.startsWith('livechat'));
  return { entry, lazy: new Map(lazy.map((file) => [file.replace(/-\w+\.js$/, ''), file])) };
}

if (import.meta.main) await buildCdn();
