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
  if (wanted === 'npm') return fromNpm();
  if (wanted) {
    if (!isExecutable(wanted)) throw new Error(`ALUR_CHROMIUM is "${wanted}", which cannot be executed.`);
    return { executablePath: wanted, args: BASE_ARGS, from: 'system' };
  }
  const system = SYSTEM_PATHS.find(isExecutable);
  return system ? { executablePath: system, args: BASE_ARGS, from: 'system' } : fromNpm();
}

async function fromNpm(): Promise<ChromiumInstall> {
  // The package unpacks its libraries for the cloud function it was made for only when it believes to be in one.
  process.env['AWS_LAMBDA_JS_RUNTIME'] ??= 'nodejs22.x';
  const require = createRequire(import.meta.url);
  const { default: bundled } = (await import(require.resolve('@sparticuz/chromium'))) as {
    default: { executablePath(): Promise<string> };
  };
  // Its own list of flags switches web security off; the journeys need it on.
  return { executablePath: await bundled.executablePath(), args: [...BASE_ARGS, '--no-zygote'], from: 'npm' };
}

/** Starts the Chromium that {@link findChromium} finds, headless unless told otherwise. */
export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  const { executablePath, args } = await findChromium();
  return chromium.launch({
    headless: true,
    ...options,
    executablePath,
    args: [...args, ...(options.args ?? [])],
  });
}
