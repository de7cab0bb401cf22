import { readFile } from 'node:fs/promises';

const ROOT = new URL('../../', import.meta.url);
/**
 * A link from a page in docs/ to a file of the repository, and the names of its tests after it in quotation
 * marks.
 */
const LINK = /\[[^\]]+\]\(\.\.\/([^)#]+)\)((?:,? "[^"]+")*)/g;

/** A file named in a page, with names of its tests. */
export interface Named {
  file: string;
  names: string[];
}

/** Returns the files in `line` of a page in docs/, with their tests. */
export function namedIn(line: string): Named[] {
  return [...line.matchAll(LINK)].map(([, file = '', quoted = '']) => ({
    file,
    names: [...quoted.matchAll(/"([^"]+)"/g)].map(([, name = '']) => name),
  }));
}

/**
 * Returns what does not exist of `named`: a file that cannot be read, or a full name that no test in it has.
 */
export async function missingOf({ file, names }: Named): Promise<string[]> {
  const source = await readFile(new URL(file, ROOT), 'utf8').catch(() => null);
  if (source === null) return [file];
  const there = testNamesIn(file, source);
  return names.filter((name) => !there.has(name)).map((name) => `${file} "${name}"`);
}

/**
 * Returns the names of the tests in `source`, the text of `file`: of tests and suites, of a hostile page, of
 * a row of the fault matrix, of a check of the conformance kit. Placeholders of a template literal stay as in
 * the source: `${name}`.
 */
export function testNamesIn(file: string, source: string): Set<string> {
  const declared = file.includes('/hostile-pages/')
    ? 'name: *'
    : file.includes('/faults/cases/')
      ? 'fault: *'
      : file.includes('/checks/')
        ? 'check\\(\\s*'
        : '(?:test|it|describe)\\(\\s*';
  const pattern = new RegExp(`(?<![.\\w])${declared}(['"\`])((?:(?!\\1)[^\\\\]|\\\\.)*)\\1`, 'g');
  return new Set([...source.matchAll(pattern)].map(([, , name = '']) => name));
}
