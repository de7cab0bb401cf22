/**
 * Finds the browser engines for tests: Chromium by default, or those in `ALUR_ENGINES`
 * (`ALUR_ENGINES=chromium,firefox,webkit`). Firefox and WebKitGTK have to be installed (Debian:
 * `firefox-esr`; `webkit2gtk-driver` and `xvfb`).
 *
 * @module
 */
import { accessSync, constants, globSync } from 'node:fs';
import { launchChromiumEngine } from './chromium-engine.ts';
import type { Engine, EngineName } from './engine.ts';
import { launchFirefoxEngine } from './firefox-engine.ts';
import { launchWebKitEngine } from './webkit-engine.ts';

export interface FoundEngine {
  name: EngineName;
  launch(): Promise<Engine>;
}

const MISSING: Record<EngineName, string> = {
  chromium: 'Chromium',
  firefox: 'Firefox (Debian: firefox-esr)',
  webkit: 'WebKitGTK (Debian: webkit2gtk-driver, xvfb)',
};

const FIREFOX = ['/usr/bin/firefox-esr', '/usr/bin/firefox'];

/** Launch function of each engine; null when it is not installed. */
export type Installed = Record<EngineName, FoundEngine['launch'] | null>;

/** The engines for tests, and those that are missing. */
export interface Engines {
  found: FoundEngine[];
  missing: string[];
}

/**
 * Returns the engines for tests.
 *
 * @throws Error when `ALUR_ENGINES` names one that is not installed, or that does not exist.
 */
export function findEngines(wanted = process.env['ALUR_ENGINES']): Engines {
  const engines = lookForEngines(wanted);
  if (engines.missing.length > 0)
    throw new Error(`ALUR_ENGINES wants ${engines.missing.join(' and ')}, which is not installed.`);
  return engines;
}

/**
 * Like `findEngines`, but returns the engines in `ALUR_ENGINES` that are not installed under `missing`.
 *
 * @throws Error when it names one that does not exist.
 */
export function lookForEngines(
  wanted = process.env['ALUR_ENGINES'],
  installed: Installed = { chromium: launchChromiumEngine, firefox: firefox(), webkit: webkit() },
): Engines {
  const all = Object.keys(installed) as EngineName[];
  const names = (wanted ?? 'chromium').split(',').map((name) => name.trim());
  for (const name of names) {
    if (!Object.hasOwn(MISSING, name)) throw new Error(`ALUR_ENGINES: no engine is called "${name}".`);
  }
  const engines: Engines = { found: [], missing: [] };
  for (const name of all.filter((name) => names.includes(name))) {
    const launch = installed[name];
    if (launch) engines.found.push({ name, launch });
    else engines.missing.push(MISSING[name]);
  }
  return engines;
}

function firefox(): FoundEngine['launch'] | null {
  const path = FIREFOX.find(isExecutable);
  return path ? () => launchFirefoxEngine(path) : null;
}

function webkit(): FoundEngine['launch'] | null {
  const driver = ['/usr/bin/WebKitWebDriver'].find(isExecutable);
  const xvfb = ['/usr/bin/Xvfb'].find(isExecutable);
  const miniBrowser = globSync('/usr/lib/*/webkit2gtk-4.*/MiniBrowser').find(isExecutable);
  return driver && xvfb && miniBrowser ? () => launchWebKitEngine({ driver, xvfb, miniBrowser }) : null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
