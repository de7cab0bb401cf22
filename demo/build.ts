/**
 * Builds what browsers load: the widget's `cdn/` folder and the dashboard's pages. Does nothing when no
 * source has changed since the last build, so that a second start is quick.
 *
 * @module
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';
import { build } from 'vite';

const run = promisify(execFile);
const compress = promisify(brotliCompress);
const DEMO = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(DEMO);
const PACKAGES = join(ROOT, 'packages');

/** The folder of the built dashboard: `dashboard/`, `agent-inbox/` and `assets/`. */
export const PAGES_FOLDER = join(DEMO, 'dist');
/** The folder of the built widget: `livechat.js` and the files that it loads. */
export const CDN_FOLDER = join(PACKAGES, 'livechat-widget', 'dist', 'cdn');

const WIDGET_SOURCES = ['protocol', 'flow', 'client', 'livechat-widget', 'tooling/cdn'].map((name) =>
  join(PACKAGES, name),
);
const PAGES_SOURCES = [
  ...['protocol', 'flow', 'client', 'livechat-widget', 'flow-editor'].map((name) => join(PACKAGES, name)),
  join(ROOT, 'vite.config.ts'),
  ...['styles', 'shared', 'dashboard', 'agent-inbox', 'embeds'].map((name) => join(DEMO, name)),
];

/** Called before a build, with its name. */
export type OnBuild = (what: 'widget' | 'dashboard') => void;

/** Builds the widget and the pages, each only when its sources have changed. */
export async function buildAll(onBuild: OnBuild = () => undefined): Promise<void> {
  await Promise.all([buildWidget(onBuild), buildPages(onBuild)]);
}

/** Builds the widget's `cdn/` folder when its sources have changed. */
export function buildWidget(onBuild: OnBuild = () => undefined): Promise<void> {
  return buildOnce(join(CDN_FOLDER, '..', 'cdn.stamp'), WIDGET_SOURCES, async () => {
    onBuild('widget');
    await run(process.execPath, [join(PACKAGES, 'tooling', 'cdn', 'build-cdn.ts')]);
    await precompress(CDN_FOLDER);
  });
}

function buildPages(onBuild: OnBuild): Promise<void> {
  return buildOnce(join(PAGES_FOLDER, 'pages.stamp'), PAGES_SOURCES, async () => {
    onBuild('dashboard');
    await build({ configFile: join(ROOT, 'vite.config.ts'), mode: 'demo', logLevel: 'warn' });
    await precompress(join(PAGES_FOLDER, 'assets'));
  });
}

/** Writes a `.br` file beside each script and style sheet. */
async function precompress(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!/\.(js|css)$/.test(name)) continue;
    const file = join(folder, name);
    await writeFile(`${file}.br`, await compress(await readFile(file)));
  }
}

/** Runs `work` unless the stamp has the fingerprint of the same sources. */
async function buildOnce(stamp: string, sources: string[], work: () => Promise<unknown>): Promise<void> {
  const currentFingerprint = await fingerprint([...sources, join(ROOT, 'pnpm-lock.yaml')]);
  if ((await readFile(stamp, 'utf8').catch(() => '')) === currentFingerprint) return;
  await work();
  await mkdir(dirname(stamp), { recursive: true });
  await writeFile(stamp, currentFingerprint);
}

/** Returns one hash of the names and contents of all source files. */
async function fingerprint(paths: string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of await sourcesIn(path))
      hash
        .update(file.slice(ROOT.length))
        .update('\0')
        .update(await readFile(file));
  }
  return hash.digest('hex');
}

async function sourcesIn(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => null);
  if (!entries) return [path];
  const nested = await Promise.all(
    entries
      .filter(({ name }) => !['node_modules', 'dist'].includes(name) && !name.includes('.test.'))
      .map((entry) => (entry.isDirectory() ? sourcesIn(join(path, entry.name)) : [join(path, entry.name)])),
  );
  return nested.flat().toSorted();
}
