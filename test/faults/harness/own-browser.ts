/**
 * A Chromium in a process of its own, with a profile on the disk that is kept when the process ends.
 *
 * @module
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';
import { findChromium } from '../../support/chromium.ts';
import type { Harness } from './harness.ts';

/** A running browser. */
export interface OwnBrowser {
  readonly context: BrowserContext;
  /** Kills its process without a warning, as the kernel does when memory runs out. */
  kill(): Promise<void>;
}

/** Creates an empty profile. It is removed at the end of the row. */
export async function makeProfile({ later }: Pick<Harness, 'later'>): Promise<string> {
  const profile = await mkdtemp(join(tmpdir(), 'alur-profile-'));
  // The processes of a killed browser can still write for a moment.
  later(() => rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));
  return profile;
}

/** Starts a browser with an empty profile for this row. `args` are added to its own arguments. */
export async function ownBrowser(
  harness: Pick<Harness, 'later'>,
  args?: readonly string[],
): Promise<OwnBrowser> {
  const browser = await startBrowser(await makeProfile(harness), args);
  harness.later(() => browser.kill());
  return browser;
}

/** Starts a browser with a profile that no other browser uses. `args` are added to its own arguments. */
export async function startBrowser(profile: string, args: readonly string[] = []): Promise<OwnBrowser> {
  const { executablePath, args: needed, env } = await findChromium();
  const own = [`--user-data-dir=${profile}`, '--headless', '--remote-debugging-port=0', 'about:blank'];
  const child = spawn(executablePath, [...needed, ...args, ...own], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const gone = once(child, 'exit');
  let said = '';
  const address = await new Promise<string>((resolve, reject) => {
    child.stderr.on('data', (chunk: Buffer) => {
      said += String(chunk);
      const [, found] = /DevTools listening on (ws:\S+)/.exec(said) ?? [];
      if (found) resolve(found);
    });
    gone.then(() => reject(new Error(`Chromium ended: ${said.slice(-500)}`)), reject);
  });
  // Without defaults: those of tests make every tab visible and focused.
  const browser = await chromium.connectOverCDP(address, { noDefaults: true });
  return {
    context: browser.contexts()[0]!,
    async kill() {
      child.kill('SIGKILL');
      await gone;
      await browser.close();
    },
  };
}
