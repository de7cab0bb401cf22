/**
 * A Chromium in a process of its own, with a profile on the disk that outlives it.
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
import type { Lab } from './lab.ts';

/** A browser that runs. */
export interface OwnBrowser {
  readonly context: BrowserContext;
  /** Ends its process as the kernel does when memory runs out: without a word. */
  kill(): Promise<void>;
}

/** Makes an empty profile, which goes at the end of the row. */
export async function makeProfile({ later }: Pick<Lab, 'later'>): Promise<string> {
  const profile = await mkdtemp(join(tmpdir(), 'alur-profile-'));
  // What is left of a killed browser may still write for a moment.
  later(() => rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));
  return profile;
}

/** A browser on an empty profile, for the time of the row. `args` are added to its own. */
export async function ownBrowser(lab: Pick<Lab, 'later'>, args?: readonly string[]): Promise<OwnBrowser> {
  const browser = await startBrowser(await makeProfile(lab), args);
  lab.later(() => browser.kill());
  return browser;
}

/** Starts a browser on a profile that no other browser uses. `args` are added to its own. */
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
  // As it is: with what tests usually have set, every tab is one that somebody looks at.
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
