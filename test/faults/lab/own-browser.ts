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

/** A browser that runs. */
export interface OwnBrowser {
  readonly context: BrowserContext;
  /** Ends its process as the kernel does when memory runs out: without a word. */
  kill(): Promise<void>;
}

/** Makes an empty profile. */
export function makeProfile(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'alur-profile-'));
}

/** Removes a profile; what is left of a killed browser may still write for a moment. */
export function removeProfile(profile: string): Promise<void> {
  return rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
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
