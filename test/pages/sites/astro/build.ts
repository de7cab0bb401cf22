/**
 * Builds this site into `dist/`: `node test/pages/sites/astro/build.ts`. Astro and its dependencies are
 * large, so they are not part of `npm install`. The test page runs where the site has been built.
 *
 * @module
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const cwd = fileURLToPath(new URL('.', import.meta.url));
const env = { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' };
const run = (command: string, ...args: string[]): void =>
  void execFileSync(command, args, { cwd, env, stdio: 'inherit' });

run('npx', '--yes', 'pnpm@12', 'install', '--frozen-lockfile', '--prefer-offline');
run(process.execPath, 'node_modules/astro/bin/astro.mjs', 'build');
