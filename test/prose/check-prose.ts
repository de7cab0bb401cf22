/**
 * `npm run prose -- [path …]`: lists banned words in comments, texts and Markdown, and lines of prose over 110
 * columns. Without paths it checks every tracked file.
 *
 * @module
 */
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { findProse } from './find-prose.ts';

const MAX_COLUMNS = 110;
/** Written by programs, or kept as they were released. */
const LEFT_OUT = /generated|CHANGELOG|packages\/protocol\/released|docs\/field-reports\.md|^test\/prose/;

const words = JSON.parse(await readFile(new URL('./banned-words.json', import.meta.url), 'utf8')) as Record<
  string,
  string
>;
const pattern = new RegExp(`(?<![\\w-])(${Object.keys(words).join('|')})(?![\\w-])`, 'gi');

/** Returns what is wrong in the files, one line each. */
export async function checkProse(files: readonly string[]): Promise<string[]> {
  const faults = await Promise.all(
    files.map(async (file) =>
      (await findProse(file)).flatMap(({ line, text, columns }) => {
        const found = [...text.matchAll(pattern)].map(
          ([word]) => `${file}:${line} "${word}": write ${words[word.toLowerCase()]}`,
        );
        if (columns > MAX_COLUMNS)
          found.push(`${file}:${line} has ${columns} columns, at most ${MAX_COLUMNS}`);
        return found;
      }),
    ),
  );
  return faults.flat();
}

/** Returns the tracked files under `paths` that contain prose. */
export function proseFiles(paths: readonly string[] = []): string[] {
  return execFileSync('git', ['ls-files', ...paths], { encoding: 'utf8' })
    .split('\n')
    .filter((file) => /\.(ts|md)$/.test(file) && !LEFT_OUT.test(file));
}

if (import.meta.main) {
  const faults = await checkProse(proseFiles(process.argv.slice(2)));
  for (const fault of faults) console.log(fault);
  console.log(`${faults.length} faults`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
