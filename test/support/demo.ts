/**
 * The demo as `npm start` runs it, on free ports and in its own folder, for journeys in a real browser.
 *
 * @module
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startDemo, type Demo, type DemoOptions } from '../../demo/start-demo.ts';
import { startHostileProxy, type HostileProxy } from '../hostile/hostile-proxy.ts';
import { launchChromium } from './chromium.ts';

/**
 * Journeys search for free ports from here, away from those of `npm start`. Files that run at the same time
 * have ports of their own, below those that the system gives to connections.
 */
const PORT_BASE = 20_000 + (process.pid % 1_000) * 10;

export interface RunningDemo extends Demo {
  browser: Browser;
  /** Opens a page in a new browser context that shares nothing with the others. */
  person(options?: { width?: number; height?: number }): Promise<{ page: Page; context: BrowserContext }>;
  /** Errors and warnings of pages, as `origin: text`. A journey must end with none. */
  complaints: string[];
  end(): Promise<void>;
}

/**
 * Starts host, dashboard, shop and a Chromium. `end` closes all of them and removes the data. With
 * `ALUR_TEST_PROXY=hostile` pages reach the host through a proxy that rewrites, compresses, buffers and cuts.
 */
export async function runDemo(options: Pick<DemoOptions, 'develop'> = {}): Promise<RunningDemo> {
  const folder = await mkdtemp(join(tmpdir(), 'alur-journey-'));
  let proxy: HostileProxy | undefined;
  const putInFront = async (hostUrl: string): Promise<string> => {
    proxy = await startHostileProxy(() => hostUrl, { etags: 'suffixed', idleMs: 5_000 });
    return proxy.url;
  };
  const demo = await startDemo({
    dataDir: folder,
    fresh: true,
    portBase: PORT_BASE,
    ...options,
    ...(process.env['ALUR_TEST_PROXY'] === 'hostile' && { putInFront }),
  });
  const browser = await launchChromium().catch(async (error: unknown) => {
    await demo.close();
    await proxy?.close();
    throw error;
  });
  const complaints: string[] = [];
  return {
    ...demo,
    browser,
    complaints,
    async person({ width = 1280, height = 900 } = {}) {
      const context = await browser.newContext({ viewport: { width, height }, locale: 'id-ID' });
      context.setDefaultTimeout(8000);
      const page = await context.newPage();
      page.on('pageerror', (error) => complaints.push(`${new URL(page.url()).origin}: ${error.message}`));
      page.on('console', (message) => {
        // A cut network is part of some journeys. The browser itself reports each failed request.
        if (message.type() !== 'error' || message.text().startsWith('Failed to load resource')) return;
        complaints.push(`${new URL(page.url()).origin}: ${message.text()}`);
      });
      return { page, context };
    },
    async end() {
      await browser.close();
      await demo.close();
      await proxy?.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
