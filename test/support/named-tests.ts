import { readFile } from 'node:fs/promises';

const ROOT = new URL('../../', import.meta.url);
/**
 * A link from a page in docs/ to a file beside it, and the tests in that file that stand behind it in
 * quotation marks.
 */
const LINK = /\[[^\]]+\]\(\.\.\/([^)#]+)\)((?:,? "[^"]+")*)/g;

/** A file that a page names, with tests that it is said to have. */
export interface Named {
  file: string;
  names: string[];
}

/** The files that `line` of a page in docs/ names, and their tests. */
export function namedIn(line: string): Named[] {
  return [...line.matchAll(LINK)].map(([, file = '', quoted = '']) => ({
    file,
    names: [...quoted.matchAll(/"([^"]+)"/g)].map(([, name = '']) => name),
  }));
}

/** What of `named` is not there: a file that cannot be read, or a name that no test in it has, in full. */
export async function missingOf({ file, names }: Named): Promise<string[]> {
  const source = await readFile(new URL(file, ROOT), 'utf8').catch(() => null);
  if (source === null) return [file];
  const there = testNamesIn(file, source);
  return names.filter((name) => !there.has(name)).map((name) => `${file} "${name}"`);
}

/**
 * The names of the tests that `source`, the text of `file`, declares: of tests and suites, of a hostile page,
 * of a row of the fault matrix, of a check of the conformance kit. What a template literal fills in stands
 * there as it is written: `${name}`.
 */
export function testNamesIn(file: string, source: string): Set<string> {
  const declared = file.includes('/settings/')
    ? 'name: *'
    : file.includes('/rows/')
      ? 'fault: *'
      : file.includes('/checks/')
        ? 'check\\(\\s*'
        : '(?:test|it|describe)\\(\\s*';
  const pattern = new RegExp(`(?<![.\\w])${declared}(['"\`])((?:(?!\\1)[^\\\\]|\\\\.)*)\\1`, 'g');
  return new Set([...source.matchAll(pattern)].map(([, , name = '']) => name));
}
