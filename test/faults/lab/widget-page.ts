/**
 * The built widget on a page in a real Chromium, as a visitor has it.
 *
 * @module
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Message, VisitorConversation } from '@alur/client';
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { buildWidget, CDN_FOLDER } from '../../../demo/build.ts';
import type { FaultProxy } from '../proxy.ts';
import { launchChromium } from '../../support/chromium.ts';
import { serve, type TestOrigin } from '../../support/serve.ts';
import { until } from './until.ts';
import { INBOX } from './workspace.ts';

/** How many of the last messages the list shows without scrolling. */
const SHOWN = 40;

/** What a row may want of the browser. */
export interface PageSetup {
  /** Another tab of the same browser. */
  beside?: WidgetPage;
  /** A browser of the row's own. */
  within?: BrowserContext;
  /**
   * The name of the page's site; the browser has to know it. Default: the loopback address, which counts as
   * safe.
   */
  site?: string;
  /** Default: the inbox of most rows. */
  inboxId?: string;
  context?: BrowserContextOptions;
  /** Called before the first page is loaded. */
  prepare?(context: BrowserContext, page: Page, url: string): Promise<unknown>;
}

export interface WidgetPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** The page's address. */
  readonly url: string;
  /** What the visitor said here, in order. */
  readonly said: string[];
  readonly log: Locator;
  /** What the page complained about. */
  readonly complaints: string[];
  /** Whether the tab was killed. */
  crashed(): boolean;
  /** The visitor's newest token. */
  token(): string;
  /** Opens the panel and waits for the composer. */
  open(): Promise<void>;
  /** Opens the panel, says the first word and waits until it is shown as sent. */
  begin(): Promise<void>;
  /** Whether the panel is open. */
  isOpen(): Promise<boolean>;
  /**
   * Opens the panel at a new visitor's and waits until the device has the flow: before that the host alone
   * answers.
   */
  openWithFlow(): Promise<void>;
  /** From here on another visitor is at this page: what was said before is not hers. */
  anew(): void;
  /** Loads the page again; the panel opens by itself if it was open. */
  reload(): Promise<void>;
  /** Types and sends, as a person does. */
  type(text: string): Promise<void>;
  /** Sends through the widget's verb; resolves when it is safe on the device. */
  send(text: string): Promise<void>;
  /** What the last bubbles say, oldest first. */
  bubbles(): Promise<string[]>;
  /** Everything that the host shows this visitor. */
  hostMessages(): Promise<Message[]>;
  hostView(query?: string): Promise<VisitorConversation>;
  /** What the host heard from the visitor, in its order. */
  heard(): Promise<string[]>;
  /** The universal invariants, once everything is sent. `ms` of real time. */
  check(ms?: number): Promise<void>;
  /** Kills the tab's process; resolves when it is gone. */
  crash(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Where pages with the widget come from, and the browser that opens them. Both start when they are first
 * needed.
 */
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

/** A shop's page, as far as the chat is concerned. */
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
    // The browser itself reports every request that fails; failing requests are what this is about.
    if (message.type() !== 'error' || message.text().startsWith('Failed to load resource')) return;
    // So it does for answers that a proxy gave without the host's cross-origin headers.
    if (message.text().includes('blocked by CORS policy')) return;
    complaints.push(message.text());
  });
  let isCrashed = false;
  page.on('crash', () => (isCrashed = true));
  const widget = page.locator('livechat-widget');
  const log = widget.getByRole('log');
  const composer = widget.getByRole('textbox');

  /** The visitor's newest token, from what its page sent. */
  function token(): string {
    const own = proxy.requests.slice(firstRequest).filter(({ target }) => target.startsWith('/v1/widget/'));
    return (
      own
        .findLast(({ headers }) => headers.has('authorization'))
        ?.headers.get('authorization')
        ?.slice('Bearer '.length) ?? ''
    );
  }
  async function hostView(query = 'limit=200'): Promise<VisitorConversation> {
    await until(token, 'the page had a visitor');
    const response = await fetch(`${hostUrl}/v1/widget/${inboxId}/conversation?${query}`, {
      headers: { Authorization: `Bearer ${token()}` },
    });
    assert.equal(response.status, 200, 'the host shows its conversation');
    return (await response.json()) as VisitorConversation;
  }
  async function hostMessages(): Promise<Message[]> {
    let view = await hostView();
    let messages = view.messages;
    while (view.more) {
      view = await hostView(`limit=200&before=${messages[0]!.seq}`);
      messages = [...view.messages, ...messages];
    }
    return messages;
  }
  const heard = async () =>
    (await hostMessages()).filter(({ author }) => author.kind === 'visitor').map(({ text }) => text);
  const bubbles = () =>
    log.locator('[part~="bubble"]').evaluateAll((all) => all.map(({ textContent }) => textContent!.trim()));
  const opened = () => composer.waitFor();
  const isOpen = async () => (await widget.getAttribute('open')) !== null;
  async function open(): Promise<void> {
    const launcher = widget.getByRole('button').first();
    await launcher.waitFor();
    // It opens by itself after a reload, and beside a tab in which it is open: a click in that very moment
    // would close it.
    const follows = beside && !beside.crashed() && (await beside.isOpen());
    if (!follows && !(await isOpen())) await launcher.click();
    await opened();
  }

  async function type(text: string): Promise<void> {
    said.push(text);
    await composer.fill(text);
    await composer.press('Enter');
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
    isOpen,
    async openWithFlow() {
      const flow = page.waitForResponse(/\/flows\/[^/]+\/versions\//);
      await open();
      await (await flow).finished();
      // What the page does with it comes after the answer, and before the next task of its own.
      await page.evaluate(() => new Promise((next) => setTimeout(next)));
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
    bubbles,
    hostMessages,
    hostView,
    heard,
    async check(ms = 30_000) {
      await until(async () => (await hostView('limit=1')).seq >= said.length, 'the host had everything', ms);
      assert.deepEqual(await heard(), said, 'the host has every message once, in the visitor’s order');
      const there = (await hostMessages()).slice(-SHOWN).map(({ text }) => text);
      let seen: string[] = [];
      const isSame = async () => {
        seen = (await bubbles()).slice(-SHOWN);
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
