/**
 * Browser tests: `packages/<name>/src/**\/*.browser.test.ts`, each file at a browser of its own, in the engines that
 * `ALUR_ENGINES` names (default: Chromium).
 * Workspace packages resolve to their TypeScript sources, so nothing is built first.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defaultReporter } from '@web/test-runner';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { engineLauncher } from './support/engines/engine-launcher.ts';
import { findEngines } from './support/engines/find-engines.ts';

/** Stacks of some engines begin with the message. */
function reasonOf({ message = '', stack = '' } = {}) {
  return stack.includes(message) ? stack : `${message}\n${stack}`;
}

/** Leaves the counts and what failed in `.test/browser.json` for the end of `npm test`. */
function countingReporter() {
  const count = (suite, outcome, names) => {
    for (const { name, passed, skipped, error } of suite?.tests ?? []) {
      if (skipped) continue;
      if (passed) outcome.passed++;
      else outcome.failures.push(`${[...names, name].join(' › ')}\n${reasonOf(error)}`);
    }
    for (const inner of suite?.suites ?? []) count(inner, outcome, [...names, inner.name]);
  };
  return {
    async stop({ sessions }) {
      const outcome = { passed: 0, failures: [] };
      for (const { browser, testFile, testResults, errors } of sessions) {
        const names = [browser.name, relative('.', testFile ?? '')];
        count(testResults, outcome, names);
        if (errors.length > 0) outcome.failures.push([names.join(' › '), ...errors.map(reasonOf)].join('\n'));
      }
      await mkdir(new URL('../.test/', import.meta.url), { recursive: true });
      await writeFile(new URL('../.test/browser.json', import.meta.url), JSON.stringify(outcome));
    },
  };
}

export default {
  rootDir: fileURLToPath(new URL('..', import.meta.url)),
  files: 'packages/*/src/**/*.browser.test.ts',
  nodeResolve: { exportConditions: ['development', 'browser'] },
  plugins: [
    esbuildPlugin({
      ts: true,
      target: 'es2022',
      tsconfig: fileURLToPath(new URL('../tsconfig.json', import.meta.url)),
    }),
  ],
  browsers: findEngines().found.map(engineLauncher),
  reporters: [defaultReporter({ reportTestResults: true, reportTestProgress: false }), countingReporter()],
  // One page at a time: a page in the background gets no animation frames, and tests of what is seen need them.
  concurrency: 1,
  // And one engine: side by side on two cores each waits for the others longer than a test does.
  concurrentBrowsers: 1,
  testFramework: { config: { ui: 'bdd', timeout: 60_000 } },
  // WebKit is started a second time when the first one has not answered for half a minute.
  browserStartTimeout: 120_000,
  testsFinishTimeout: 300_000,
};
