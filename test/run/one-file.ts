/**
 * Runs one test file, in Node or in a browser: `npm run test:file -- <path> [options]`. Options go to Node's
 * test runner (`--test-name-pattern`, `--watch`) or to `wtr` (`--watch`).
 *
 * @module
 */
import { bin, runProgram } from './programs.ts';

const [path = '', ...options] = process.argv.slice(2).filter((argument) => argument !== '--');
const isBrowserTest = path.endsWith('.browser.test.ts');
if (!path.endsWith('.test.ts')) {
  console.error('Name a test file: npm run test:file -- packages/flow/src/vectors.test.ts');
  process.exit(2);
}
const { failures } = isBrowserTest
  ? await runProgram(bin('wtr'), ['--config', 'test/web-test-runner.config.js', '--files', path, ...options])
  : await runProgram(process.execPath, ['--test', ...options, path]);
process.exitCode = failures.length > 0 ? 1 : 0;
