/**
 * Writes `docs/rest-api.html` from `openapi.yaml` with Redoc. With `--check`, only reports whether it is
 * stale (exit code 1). The page is one self-contained file: it is built without a network and loads nothing
 * when it is opened (docs/decisions/0007-rendered-reference.md).
 *
 * Run by `npm run docs:api`, and with `--check` by `npm test`.
 *
 * @module
 */
import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const target = here('../../../docs/rest-api.html');
const redocly = here('../node_modules/@redocly/cli/bin/cli.js');

const folder = await mkdtemp(join(tmpdir(), 'alur-reference-'));
try {
  const made = join(folder, 'rest-api.html');
  await promisify(execFile)(
    process.execPath,
    [
      redocly,
      'build-docs',
      here('../openapi.yaml'),
      '--inlineBundle',
      '--template',
      here('reference.hbs'),
      '--output',
      made,
    ],
    {
      cwd: folder,
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
    },
  );
  if (!process.argv.includes('--check')) await copyFile(made, target);
  else if (!(await readFile(made)).equals(await readFile(target).catch(() => Buffer.alloc(0)))) {
    console.error('docs/rest-api.html is stale: run `npm run docs:api`.');
    process.exitCode = 1;
  }
} finally {
  await rm(folder, { recursive: true });
}
