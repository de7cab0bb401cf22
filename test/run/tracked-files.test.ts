import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { trackedFiles } from './tracked-files.ts';

test('format and lint read only files that git tracks', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'alur-tracked-'));
  t.after(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'data2'));
  for (const path of ['kept.ts', 'gone.ts', 'data2/own.json', 'picture.png'])
    await writeFile(join(folder, path), '');
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder });
  git('init', '--quiet');
  git('add', 'kept.ts', 'gone.ts', 'picture.png');
  await rm(join(folder, 'gone.ts'));
  assert.deepEqual(trackedFiles(folder), ['kept.ts']);
});
