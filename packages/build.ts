/**
 * Builds what the packages publish (`npm run build`): JavaScript and types into each `dist/`, the widget's
 * script-tag files, and a look whether everything that a `publishConfig.exports` promises is there.
 *
 * @module
 */
import { spawnSync } from 'node:child_process';
import { access, cp, readFile, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildModules } from './livechat-widget/build.ts';
import { buildCdn } from './tooling/cdn/build-cdn.ts';

const root = fileURLToPath(new URL('.', import.meta.url));
/** The folders of what is published. */
const FOLDERS = ['flow', 'protocol', 'client', 'livechat-widget', 'flow-editor', 'host', 'conformance'].map(
  (name) => root + name,
);

type Exports = Record<string, string | Record<string, string>>;

/** Files that a package promises to those who install it and that are not there. */
async function missingFiles(folder: string): Promise<string[]> {
  const manifest = JSON.parse(await readFile(`${folder}/package.json`, 'utf8')) as {
    publishConfig: { exports?: Exports; bin?: Record<string, string> };
  };
  const { exports = {}, bin = {} } = manifest.publishConfig;
  const files = [...Object.values(exports), bin].flatMap((target) =>
    typeof target === 'string' ? [target] : Object.values(target),
  );
  const missing: string[] = [];
  for (const file of files) {
    const path = `${folder}/${file.replace('/*', '')}`;
    await access(path).catch(() => missing.push(`${basename(folder)}: ${file}`));
  }
  return missing;
}

// What is left of sources that are gone must not be published.
await Promise.all(FOLDERS.map((folder) => rm(`${folder}/dist`, { recursive: true, force: true })));
const tsc = fileURLToPath(new URL('../node_modules/.bin/tsc', import.meta.url));
const { status } = spawnSync(tsc, ['-b', '--force', ...FOLDERS], {
  stdio: 'inherit',
});
if (status !== 0) process.exit(1);
await cp(`${root}host/src/workspace.schema.json`, `${root}host/dist/workspace.schema.json`);
await cp(`${root}host/src/database/migrations`, `${root}host/dist/database/migrations`, { recursive: true });
await buildCdn();
await buildModules();

const missing = (await Promise.all(FOLDERS.map(missingFiles))).flat();
if (missing.length > 0) {
  console.error(`The build lacks what these packages promise:\n  ${missing.join('\n  ')}`);
  process.exit(1);
}
