/**
 * Browser tests: `packages/<name>/src/**\/*.browser.test.ts`, each file in its own page of a real Chromium.
 * Workspace packages resolve to their TypeScript sources, so nothing is built first.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { defaultReporter } from '@web/test-runner';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { engineLauncher } from './support/engines/engine-launcher.ts';
import { findEngines } from './support/engines/find-engines.ts';

const mswWorker = await readFile(createRequire(import.meta.url).resolve('msw/mockServiceWorker.js'), 'utf8');

/** msw's service worker has to come from the root of the page's origin. */
function serveMswWorker(context, next) {
  if (context.path !== '/mockServiceWorker.js') return next();
  context.type = 'text/javascript';
  context.body = mswWorker;
  return undefined;
}

/** Leaves the counts in `.test/browser.json` for the closing line of `npm test`. */
function countingReporter() {
  const count = (suite, outcome) => {
    for (const test of suite?.tests ?? []) if (!test.skipped) outcome[test.passed ? 'passed' : 'failed']++;
    for (const inner of suite?.suites ?? []) count(inner, outcome);
    return outcome;
  };
  return {
    async stop({ sessions }) {
      const outcome = { passed: 0, failed: 0 };
      for (const session of sessions) {
        count(session.testResults, outcome);
        if (session.errors.length > 0) outcome.failed++;
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
  middleware: [serveMswWorker],
  browsers: findEngines('chromium').found.map(engineLauncher),
  reporters: [defaultReporter({ reportTestResults: true, reportTestProgress: false }), countingReporter()],
  // One page at a time: a page in the background gets no animation frames, and tests of what is seen need them.
  concurrency: 1,
  testFramework: { config: { ui: 'bdd', timeout: 20_000 } },
  testsFinishTimeout: 300_000,
};
