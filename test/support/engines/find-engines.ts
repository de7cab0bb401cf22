/**
 * Which engines this machine has. Chromium always: from the system or from npm. Firefox and WebKitGTK when they are installed
 * (Debian: `firefox-esr`; `webkit2gtk-driver` and `xvfb`). `ALUR_ENGINES=firefox,webkit` wants exactly those.
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

/**
 * The engines that tests run in here, and what to say of the others.
 *
 * @throws Error when `ALUR_ENGINES` names one that is not here, or that does not exist.
 */
export function findEngines(wanted = process.env['ALUR_ENGINES']): {
  found: FoundEngine[];
  missing: string[];
} {
  const all: [EngineName, FoundEngine['launch'] | null][] = [
    ['chromium', launchChromiumEngine],
    ['firefox', firefox()],
    ['webkit', webkit()],
  ];
  const names = wanted?.split(',').map((name) => name.trim());
  for (const name of names ?? []) {
    if (!(name in MISSING)) throw new Error(`ALUR_ENGINES: no engine is called "${name}".`);
  }
  const found: FoundEngine[] = [];
  const missing: string[] = [];
  for (const [name, launch] of all) {
    if (names && !names.includes(name)) continue;
    if (launch) found.push({ name, launch });
    else if (names) throw new Error(`ALUR_ENGINES wants ${MISSING[name]}, which is not installed.`);
    else missing.push(MISSING[name]);
  }
  return { found, missing };
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
