/**
 * Finds a Chromium: `ALUR_CHROMIUM` if set, else one the system has, else the one from npm (`@sparticuz/chromium`, Linux x64),
 * so that a clean clone needs no browser installed by hand.
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

/** Containers often run as root, where Chromium's own sandbox cannot start; the rest keeps it from calling home. */
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
  /** What its process has to find in its environment; the one from npm needs libraries and fonts of its own. */
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
 * Where Chromium is and the flags it needs there.
 *
 * @throws Error when neither the system nor npm has one that runs here.
 */
export async function findChromium(): Promise<ChromiumInstall> {
  const wanted = process.env['ALUR_CHROMIUM'];
  if (wanted === 'npm') return (fromNpm ??= unpack());
  if (wanted) {
    if (!isExecutable(wanted)) throw new Error(`ALUR_CHROMIUM is "${wanted}", which cannot be executed.`);
    return { executablePath: wanted, args: BASE_ARGS, env: environment(), from: 'system' };
  }
  const system = SYSTEM_PATHS.find(isExecutable);
  return system
    ? { executablePath: system, args: BASE_ARGS, env: environment(), from: 'system' }
    : (fromNpm ??= unpack());
}

let fromNpm: Promise<ChromiumInstall> | undefined;

async function unpack(): Promise<ChromiumInstall> {
  // The package sets variables of this process for its Chromium. They must not reach anything else that is started from here:
  // other browsers would read its fonts.
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
