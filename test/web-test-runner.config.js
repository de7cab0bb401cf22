/**
 * Browser tests: `packages/<name>/src/**\/*.browser.test.ts`, each file in its own browser, in the engines of
 * `ALUR_ENGINES` (default: Chromium) and {@link EVERY_ENGINE}. Workspace packages resolve to their TypeScript
 * sources, so nothing is built first.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defaultReporter } from '@web/test-runner';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { engineCommands, engineLauncher } from './support/engines/engine-launcher.ts';
import { BROWSER_FILES } from './run/test-files.ts';
import { findEngines } from './support/engines/find-engines.ts';

/**
 * Files that run in every engine: those about differences of engines, which are storage, tabs, page
 * lifecycle, focus, keyboard, composition (IME) and clipboard. All other files (rendering, states, galleries,
 * accessibility by axe) run in Chromium only, so that Firefox and WebKit have time for the whole job of a
 * visitor in `test/pages`. A file named with `--files` runs in every engine.
 */
const EVERY_ENGINE = [
  'packages/client/src/**/*.browser.test.ts',
  'packages/livechat-widget/src/{launcher,session}/**/*.browser.test.ts',
  'packages/livechat-widget/src/panel/{livechat-panel,consent}/**/*.browser.test.ts',
  'packages/livechat-widget/src/panel/fit-to-view.browser.test.ts',
  'packages/flow-editor/src/elements/flow-editor/flow-editor.browser.test.ts',
  'packages/**/*{focus,keyboard,clipboard,composition,storage}*.browser.test.ts',
];

/** Stacks of some engines begin with the message. */
function reasonOf({ message = '', stack = '' } = {}) {
  return stack.includes(message) ? stack : `${message}\n${stack}`;
}

/** Writes the counts and the failures into `.test/browser.json` for the end of `npm test`. */
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

const engines = findEngines().found;
const chromium = engines.filter(({ name }) => name === 'chromium');
/** Groups of files and engines. A group without an engine or a file is left out. */
const groups = [
  { name: 'every engine', files: EVERY_ENGINE, browsers: engines },
  {
    name: 'Chromium',
    files: [BROWSER_FILES, ...EVERY_ENGINE.map((pattern) => `!${pattern}`)],
    browsers: chromium,
  },
].flatMap(({ browsers, ...group }) =>
  browsers.length > 0 ? [{ ...group, browsers: browsers.map(engineLauncher) }] : [],
);
const isNamed = process.argv.includes('--files');

export default {
  rootDir: fileURLToPath(new URL('..', import.meta.url)),
  ...(isNamed ? { browsers: engines.map(engineLauncher) } : { groups }),
  nodeResolve: { exportConditions: ['development', 'browser'] },
  middleware: [engineCommands],
  plugins: [
    esbuildPlugin({
      ts: true,
      target: 'es2022',
      tsconfig: fileURLToPath(new URL('../tsconfig.json', import.meta.url)),
    }),
  ],
  // Bundlers replace `process.env.NODE_ENV`, which nanostores reads. These modules are not bundled.
  testRunnerHtml: (testFramework) => `<!doctype html>
    <body>
      <script>globalThis.process = { env: { NODE_ENV: 'production' } };</script>
      <script type="module" src="${testFramework}"></script>
    </body>`,
  reporters: [defaultReporter({ reportTestResults: true, reportTestProgress: false }), countingReporter()],
  // One page at a time: a page in the background gets no animation frames, which rendering tests need.
  concurrency: 1,
  // One engine at a time: in parallel on two cores, each waits for the others for longer than a test takes.
  concurrentBrowsers: 1,
  testFramework: { config: { ui: 'bdd', timeout: 60_000 } },
  // WebKit is started a second time after half a minute without a response.
  browserStartTimeout: 120_000,
  testsFinishTimeout: 300_000,
};
