/**
 * Tests the published packages with the frameworks themselves: `npm run test:frameworks`. Installs them into
 * this folder first (130 MB, so `npm test` leaves this out). Then each framework's own checker reads valid
 * and invalid templates, and a page with React 18 opens. The newest React is part of `npm test`.
 *
 * @module
 */
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { checkReactPage } from '../packages/react-page.ts';
import { createScratchProject, type ScratchProject } from '../packages/scratch-project.ts';

const run = promisify(execFile);
const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const manifest = JSON.parse(await readFile(join(FOLDER, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
};

const common = {
  target: 'ES2022',
  module: 'Preserve',
  moduleResolution: 'Bundler',
  lib: ['ES2023', 'DOM', 'DOM.Iterable'],
  types: [],
  strict: true,
  noEmit: true,
  skipLibCheck: true,
};

describe('the frameworks', { timeout: 600_000 }, () => {
  let project: ScratchProject;

  before(async () => {
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'], {
      cwd: FOLDER,
      stdio: 'inherit',
    });
    project = await createScratchProject();
    for (const name of Object.keys(manifest.dependencies)) await project.link(name, FOLDER);
  });
  after(() => project?.remove());

  /** Runs a checker. Returns its errors, else an empty string. */
  async function check(tool: string, args: string[]): Promise<string> {
    const bin = join(FOLDER, 'node_modules', '.bin', tool);
    return run(bin, args, { cwd: project.folder }).then(
      () => '',
      (error: { stdout: string; stderr: string; message: string }) =>
        error.stdout + error.stderr || error.message,
    );
  }
  const config = (folder: string, options: object): Promise<string> =>
    project.write(`${folder}/tsconfig.json`, JSON.stringify(options));
  const bring = (folder: string): Promise<void> =>
    cp(join(FOLDER, folder), join(project.folder, folder), { recursive: true });

  test('the types compile in React 18', async () => {
    await cp(join(FOLDER, '../packages/uses/react.tsx'), join(project.folder, 'react/use.tsx'));
    const file = await config('react', { compilerOptions: { ...common, jsx: 'react-jsx' } });
    assert.equal(await check('tsc', ['-p', file]), '');
  });

  test('React 18 runs the components', () => checkReactPage(project));

  test('Vue compiles templates with the elements, and reports wrong ones', async () => {
    await bring('vue');
    const file = await config('vue', { compilerOptions: { ...common, jsx: 'preserve' }, include: ['*.vue'] });
    assert.equal(await check('vue-tsc', ['-p', file]), '');
  });

  test('Svelte compiles templates with the elements, and reports wrong ones', async () => {
    await bring('svelte');
    const file = await config('svelte', { compilerOptions: common, include: ['*.svelte'] });
    const said = await check('svelte-check', ['--tsconfig', file, '--output', 'machine']);
    const errors = said.split('\n').filter((line) => line.includes(' ERROR '));
    assert.deepEqual(
      errors.map((line) => /"svelte\/(\w+\.svelte)"/.exec(line)?.[1]),
      ['Wrong.svelte', 'Wrong.svelte', 'Wrong.svelte'],
      said,
    );
  });

  test('Angular compiles templates with the events, and reports wrong handlers', async () => {
    await bring('angular');
    const options = {
      compilerOptions: { ...common, experimentalDecorators: true },
      angularCompilerOptions: { strictTemplates: true },
    };
    const file = await config('angular', { ...options, files: ['app.ts'] });
    assert.equal(await check('ngc', ['-p', file]), '');
    const wrong = await config('angular', { ...options, files: ['wrong.ts'] });
    assert.match(await check('ngc', ['-p', wrong]), /wrong\.ts.*error.*not assignable/s);
  });
});
