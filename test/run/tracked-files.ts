/**
 * Runs a command on the files that git tracks, so that untracked files in the checkout are not checked: `node
 * test/run/tracked-files.ts oxfmt --check`. Outside of a repository (an unpacked archive) it runs on all
 * files.
 *
 * @module
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import { bin, runProgram } from './programs.ts';
import { ROOT } from './test-files.ts';

/** Extensions that formatter and linter support. */
const EXTENSIONS = ['.css', '.html', '.js', '.json', '.jsx', '.mjs', '.ts', '.tsx', '.yaml', '.yml'];

/**
 * Returns the existing tracked files with one of the extensions, relative to the folder; `['.']` without git.
 */
export function trackedFiles(folder = ROOT): string[] {
  try {
    const list = execFileSync('git', ['ls-files', '-z'], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return list
      .split('\0')
      .filter((path) => EXTENSIONS.includes(extname(path)) && existsSync(`${folder}/${path}`));
  } catch {
    return ['.'];
  }
}

if (import.meta.main) {
  const [command = '', ...args] = process.argv.slice(2);
  const { failures } = await runProgram(bin(command), [...args, ...trackedFiles()]);
  process.exitCode = failures.length > 0 ? 1 : 0;
}
