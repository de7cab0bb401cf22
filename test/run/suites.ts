/**
 * The suites of `npm test`, in the order in which they run.
 *
 * @module
 */
import type { Figure } from '../faults/figures.ts';
import { isFull } from '../support/run-size.ts';
import { runNodeTests } from './node-tests.ts';
import { sum, type Outcome } from './outcome.ts';
import { bin, runProgram, runWithReport } from './programs.ts';
import { filesOf, type NodeSuite } from './test-files.ts';

/** Runs a suite. Passes the result so far to `keep`; it counts when the suite is stopped. */
export type Suite = (keep: (outcome: Outcome) => void) => Promise<Outcome>;

const node = (...args: string[]): Promise<Outcome> => runProgram(process.execPath, args);

const nodeSuite =
  (name: NodeSuite, concurrency = 1): Suite =>
  (keep) =>
    runNodeTests(filesOf(name), concurrency, keep);

/** The fault matrix with moderate counts. `npm run faults` runs it with full ones. */
const faultMatrix = (): Promise<Outcome> => {
  const read = (text: string): Outcome => {
    const figures = JSON.parse(text) as Figure[];
    const failed = figures.filter(({ passed }) => !passed);
    return {
      passed: figures.length - failed.length,
      failures: failed.map(({ row, with: by, unit, figures }) => `row ${row}, ${by}, ${unit}\n${figures}`),
    };
  };
  return runWithReport('.test/faults-moderate.json', read, process.execPath, [
    'test/faults/run.ts',
    '--moderate',
  ]);
};

/**
 * The product behind a proxy that rewrites, compresses, buffers and cuts: the conformance kit, then journeys.
 * `npm test` runs the journey of a conflicting save, `.ci/run` the whole main job.
 */
const hostile: Suite = async (keep) => {
  const kit = await runNodeTests(filesOf('hostile'), 1, keep);
  process.env['ALUR_TEST_PROXY'] = 'hostile';
  const [file, options] = isFull
    ? ['test/journeys/main-job.test.ts', {}]
    : ['test/journeys/bad-input.test.ts', { testNamePatterns: [/a save based on an older version/] }];
  return sum(kit, await runNodeTests([file], 1, (more) => keep(sum(kit, more)), options));
};

/** The installed Chromium and the one in npm have differed in these tests, so they run in both. */
const systemChromium: Suite = async (keep) => {
  process.env['ALUR_CHROMIUM'] = 'system';
  process.env['ALUR_ENGINES'] = 'chromium';
  const files = [...filesOf('pages'), ...filesOf('faults')];
  const first = await runNodeTests(files, 1, keep);
  const bundles = await runNodeTests(filesOf('packages'), 1, (more) => keep(sum(first, more)), {
    testNamePatterns: [/bundler/, /components for React/],
  });
  return sum(first, bundles);
};

/** Suites of `.ci/run` that `npm test` runs only by name. */
export const CI_ONLY: readonly string[] = ['system-chromium'];

/** Suites that run two files at once build first what both files serve. */
export const suites: Record<string, Suite> = {
  generated: async () =>
    sum(
      await node('packages/protocol/src/generate.ts', '--check'),
      await node('packages/tooling/manifest/generate.ts', '--check'),
      await node('test/field-reports/generate.ts', '--check'),
    ),
  types: () => runProgram(bin('tsc'), ['--noEmit']),
  lint: () => node('test/run/tracked-files.ts', 'oxlint', '--quiet'),
  format: () => node('test/run/tracked-files.ts', 'oxfmt', '--check'),
  // The visitor's downloads and the flow engine, against their budgets.
  size: async () => sum(await node('packages/tooling/cdn/size.ts'), await node('packages/flow/size.ts')),
  // Runs alone: it builds files that other suites serve.
  packages: nodeSuite('packages'),
  node: nodeSuite('node', 2),
  conformance: nodeSuite('conformance', 2),
  simulation: nodeSuite('simulation', 2),
  browser: () =>
    runWithReport('.test/browser.json', JSON.parse, bin('wtr'), [
      '--config',
      'test/web-test-runner.config.js',
    ]),
  pages: nodeSuite('pages'),
  faults: async (keep) => {
    await (await import('../../demo/build.ts')).buildWidget();
    const small = await runNodeTests(filesOf('faults'), 2, keep);
    return isFull ? sum(small, await faultMatrix()) : small;
  },
  hostile,
  journeys: async (keep) => {
    await (await import('../../demo/build.ts')).buildAll();
    return runNodeTests(filesOf('journeys'), 2, keep);
  },
  'system-chromium': systemChromium,
};
