/**
 * Assigns each test file to exactly one suite (`test-files.test.ts` checks it). A Node test (`*.test.ts`)
 * belongs to the first suite of {@link NODE_SUITES} that names it, else to `node`. A browser test
 * (`*.browser.test.ts`) next to the source of a package belongs to `browser`.
 *
 * @module
 */
import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The suites of Node tests with their folders or files. `node` runs the rest. */
export const NODE_SUITES = {
  packages: ['test/packages/**'],
  conformance: ['test/conformance/**'],
  simulation: ['test/simulation/**'],
  pages: ['test/pages/**', 'test/manners/**'],
  faults: ['test/faults/{faults,tabs}.test.ts'],
  hostile: ['test/hostile/**'],
  journeys: ['test/journeys/**'],
  node: ['{packages,test,demo}/**'],
} as const satisfies Record<string, readonly string[]>;

export type NodeSuite = keyof typeof NODE_SUITES;

/** The files that `test/web-test-runner.config.js` runs. */
export const BROWSER_FILES = 'packages/*/src/**/*.browser.test.ts';

/**
 * Returns the paths of files in the repository that match a pattern, without installed packages and generated
 * files.
 */
export function findFiles(patterns: string | readonly string[]): string[] {
  const isOutside = (name: string): boolean => name === 'node_modules' || name === 'dist' || name === '.git';
  return globSync(patterns as string[], {
    cwd: ROOT,
    exclude: (path) => path.split(/[/\\]/).some(isOutside),
  }).toSorted();
}

/** Returns the test files of a suite, relative to the repository. */
export function filesOf(suite: NodeSuite): string[] {
  const named = new Set<string>();
  for (const [name, folders] of Object.entries(NODE_SUITES)) {
    const found = findFiles(
      folders.map((folder) => (folder.endsWith('/**') ? `${folder}/*.test.ts` : folder)),
    );
    const own = found.filter((path) => !path.endsWith('.browser.test.ts') && !named.has(path));
    if (name === suite) return own;
    for (const path of own) named.add(path);
  }
  return [];
}
