/**
 * The built widget on a page in a real Chromium, used like a visitor.
 *
 * @module
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { buildWidget, CDN_FOLDER } from '../../../demo/build.ts';
import type { FaultProxy } from '../proxy.ts';
import { launchChromium } from '../../support/chromium.ts';
import { serve, type TestOrigin } from '../../support/serve.ts';
import { ChatDriver, until } from '@alur/tooling/testing';
import { createHostView, type HostView } from './host-view.ts';
import { INBOX } from './workspace.ts';

/** Number of the last messages that the list shows without scrolling. */
const SHOWN = 40;

/** Options of a page. */
export interface PageSetup {
  /** A page in the same browser. This page becomes another tab. */
  beside?: WidgetPage;
  /** A browser context of the row. */
  within?: BrowserContext;
  /**
   * Host name of the page's site. The browser has to resolve it. Default: the loopback address, which is a
   * secure context.
   */
  site?: string;
  /** Default: the inbox of most rows. */
  inboxId?: string;
  context?: BrowserContextOptions;
  /** Called before the first page is loaded. */
  prepare?(context: BrowserContext, page: Page, url: string): Promise<unknown>;
}

export interface WidgetPage extends HostView {
  readonly page: Page;
  readonly context: BrowserContext;
  /** The page's address. */
  readonly url: string;
  /** Texts that the visitor sent here, in order. */
  readonly said: string[];
  readonly log: Locator;
  /** Errors and warnings of the page. */
  readonly complaints: string[];
  /** Whether the tab was killed. */
  crashed(): boolean;
  /** Returns the visitor's newest token. */
  token(): string;
  /** Opens the panel and waits for the composer. */
  open(): Promise<void>;
  /** Opens the panel, sends the first message and waits until it is shown as sent. */
  begin(): Promise<void>;
  /** Whether the panel is open. */
  isOpen(): Promise<boolean>;
  /**
   * Opens the panel of a new visitor and waits until the device has the flow and the engine. Before that only
   * the host evaluates the flow.
   */
  openWithFlow(): Promise<void>;
  /** Starts another visitor on this page, without the earlier visitor's texts. */
  anew(): void;
  /** Reloads the page. The panel opens by itself if it was open. */
  reload(): Promise<void>;
  /** Types and sends like a user. */
  type(text: string): Promise<void>;
  /** Sends through the widget's method. Resolves when the message is stored on the device. */
  send(text: string): Promise<void>;
  /** Returns the texts of the last bubbles, oldest first. */
  bubbles(): Promise<string[]>;
  /** Returns the texts that the host received from the visitor, in its order. */
  heard(): Promise<string[]>;
  /**
   * Checks the universal invariants after everything is sent. Waits at most `ms` milliseconds of real time.
   */
  check(ms?: number): Promise<void>;
  /** Kills the tab's process. Resolves when it has ended. */
  crash(): Promise<void>;
  close(): Promise<void>;
}

/** The server of pages with the widget, and the browser that opens them. Both start on first use. */
export interface Site {
  openPage(setup?: PageSetup): Promise<WidgetPage>;
  close(): Promise<void>;
}

export function createSite(proxy: FaultProxy, hostUrl: string): Site {
  let started: Promise<{ origin: TestOrigin; browser: Browser }> | null = null;

  async function start() {
    await buildWidget();
    const origin = await serve(async (path, response, request) => {
      if (path === '/') {
        const inboxId = new URL(request.url ?? '', 'http://localhost').searchParams.get('inbox') ?? '';
        return void response.writeHead(200, { 'Content-Type': 'text/html' }).end(pageOf(inboxId, proxy.url));
      }
      const file = await readFile(join(CDN_FOLDER, path.slice('/cdn/'.length)));
      response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(file);
    });
    return { origin, browser: await launchChromium() };
  }

  return {
    async openPage({ inboxId = INBOX, context: options = {}, prepare, beside, within, site } = {}) {
      const { origin, browser } = await (started ??= start());
      const context =
        beside?.context ?? within ?? (await browser.newContext({ locale: 'id-ID', ...options }));
      context.setDefaultTimeout(15_000);
      const page = await context.newPage();
      const url = site ? origin.url.replace('127.0.0.1', site) : origin.url;
      await prepare?.(context, page, url);
      return openWidgetPage(context, page, url, { inboxId, proxy, hostUrl, beside });
    },
    async close() {
      const { origin, browser } = (await started?.catch(() => null)) ?? {};
      await browser?.close();
      origin?.close();
    },
  };
}

/** Returns the HTML of a shop's page with the chat. */
function pageOf(inboxId: string, hostUrl: string): string {
  const script = `<script async src="/cdn/livechat.js" data-inbox="${inboxId}" data-host="${hostUrl}" data-lang="id"></script>`;
  return `<!doctype html><meta charset="utf-8"><title>Toko</title><link rel="icon" href="data:,">${script}<h1>Toko</h1>`;
}

interface Surroundings {
  inboxId: string;
  proxy: FaultProxy;
  hostUrl: string;
  beside: WidgetPage | undefined;
}

async function openWidgetPage(
  context: BrowserContext,
  page: Page,
  url: string,
  { inboxId, proxy, hostUrl, beside }: Surroundings,
): Promise<WidgetPage> {
  const said: string[] = [];
  const complaints: string[] = [];
  let firstRequest = proxy.requests.length;
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // The browser reports every failed request. Failing requests are the purpose of these rows.
    if (message.type() !== 'error' || message.text().startsWith('Failed to load resource')) return;
    // The same for responses of a proxy without the host's CORS headers.
    if (message.text().includes('blocked by CORS policy')) return;
    complaints.push(message.text());
  });
  let isCrashed = false;
  page.on('crash', () => (isCrashed = true));
  const chat = new ChatDriver(page);
  const { log } = chat;

  /** Returns the visitor's newest token from the page's requests. */
  function token(): string {
    const own = proxy.requests.slice(firstRequest).filter(({ target }) => target.startsWith('/v1/widget/'));
    return (
      own
        .findLast(({ headers }) => headers.has('authorization'))
        ?.headers.get('authorization')
        ?.slice('Bearer '.length) ?? ''
    );
  }
  const { hostView, hostMessages } = createHostView(hostUrl, inboxId, token);
  const heard = async () =>
    (await hostMessages()).filter(({ author }) => author.kind === 'visitor').map(({ text }) => text);
  const opened = () => chat.composer.waitFor();
  async function open(): Promise<void> {
    await chat.launcher.waitFor();
    // The panel opens by itself after a reload, and next to a tab in which it is open. A click in that moment
    // would close it.
    const follows = beside && !beside.crashed() && (await beside.isOpen());
    await (follows ? opened() : chat.open());
  }

  async function type(text: string): Promise<void> {
    said.push(text);
    await chat.type(text);
  }

  await page.goto(`${url}/?inbox=${inboxId}`);
  return {
    page,
    context,
    url,
    said,
    log,
    complaints,
    crashed: () => isCrashed,
    token,
    open,
    async begin() {
      await open();
      await type('vip');
      await log.getByText('Terkirim').waitFor();
    },
    isOpen: () => chat.isOpen(),
    async openWithFlow() {
      const flow = page.waitForResponse(/\/flows\/[^/]+\/versions\//);
      const engine = page.waitForResponse(/flow-engine/);
      await open();
      await (await flow).finished();
      // Resolves when the page has evaluated the module. It handles the flow before its own next task.
      await page.evaluate(
        (url) => import(url).then(() => new Promise((next) => setTimeout(next))),
        (await engine).url(),
      );
    },
    anew() {
      firstRequest = proxy.requests.length;
      said.length = 0;
    },
    async reload() {
      await page.reload();
      await opened();
    },
    type,
    async send(text) {
      said.push(text);
      await page.evaluate(
        (words) =>
          (globalThis as unknown as { livechat: (...all: string[]) => unknown }).livechat(
            'sendMessage',
            words,
          ),
        text,
      );
    },
    bubbles: () => chat.bubbles(),
    hostMessages,
    hostView,
    heard,
    async check(ms = 30_000) {
      await until(async () => (await hostView('limit=1')).seq >= said.length, 'the host had everything', ms);
      assert.deepEqual(await heard(), said, 'the host has every message once, in the visitor’s order');
      const there = (await hostMessages()).slice(-SHOWN).map(({ text }) => text);
      let seen: string[] = [];
      const isSame = async () => {
        seen = (await chat.bubbles()).slice(-SHOWN);
        return JSON.stringify(seen) === JSON.stringify(there);
      };
      await until(isSame, 'the screen showed what the host has', ms).catch(() =>
        assert.deepEqual(seen, there, 'the screen shows what the host has'),
      );
      assert.deepEqual(complaints, [], 'nothing goes wrong on the page');
    },
    async crash() {
      const crash = page.waitForEvent('crash');
      const session = await context.newCDPSession(page);
      session.send('Page.crash').catch(() => {});
      await crash;
    },
    close: () => context.close(),
  };
}
