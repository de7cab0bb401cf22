/**
 * The widget next to common scripts of sites and settings of visitors, with real keys, touches and browser
 * settings: one-key shortcuts, focus traps, click-outside and paste handlers, reduced motion, large text,
 * touch. docs/embedding.md lists what a page can still do to the chat.
 *
 * @module
 */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { buildCdn } from '../../packages/tooling/cdn/build-cdn.ts';
import { launchChromium } from '../support/chromium.ts';
import { serve, type TestOrigin } from '../support/serve.ts';

/** A site with handlers on the document, like those of search boxes, dialogs and menus. */
const SITE = `<!doctype html><html lang="en"><title>A page</title><body style="height:3000px">
  <dialog open id="dialog"><input id="own"></dialog><div id="menu">menu</div>
  <script>
    window.heard = [];
    const note = (event) => heard.push(event.type);
    for (const type of ['keydown', 'keyup', 'input'])
      document.addEventListener(type, (event) => { note(event); if ('/sf'.includes(event.key)) event.preventDefault(); });
    document.addEventListener('paste', (event) => { note(event); event.preventDefault(); });
    document.addEventListener('click', (event) => { note(event); if (!menu.contains(event.target)) menu.hidden = true; });
    document.addEventListener('focusin', (event) => { note(event); if (!dialog.contains(event.target)) own.focus(); });
  </script>`;

describe('the widget on a site', { timeout: 120_000 }, () => {
  let folder = '';
  let browser: Browser;
  let cdn: TestOrigin;
  let host: TestOrigin;
  let site: TestOrigin;
  let page: Page;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alur-manners-'));
    await buildCdn(folder);
    cdn = await serve(async (path, response) => {
      const headers = {
        'Content-Type': 'text/javascript; charset=utf-8',
        'Access-Control-Allow-Origin': '*',
      };
      response.writeHead(200, headers).end(await readFile(join(folder, path.slice(1)), 'utf8'));
    });
    // Never responds: none of this needs a host.
    host = await serve(() => {});
    site = await serve((_path, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
      response.end(
        `${SITE}<script src="${cdn.url}/livechat.js" data-inbox="inb_web" data-host="${host.url}"></script>`,
      );
    });
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    for (const origin of [cdn, host, site]) origin?.close();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(() => page?.context().close());

  const field = (): Locator => page.locator('livechat-widget').getByRole('textbox');

  /** Opens the chat on the site, as a visitor with these settings. */
  async function open(options: BrowserContextOptions = {}, from: Browser = browser): Promise<void> {
    const context = await from.newContext(options);
    page = await context.newPage();
    await page.goto(site.url);
    await page.locator('livechat-widget').getByRole('button').first().click();
    await field().waitFor();
    // The launcher is a part of the page: a click on it is outside of the site's menu.
    await page.evaluate(() => {
      document.getElementById('menu')!.hidden = false;
      (window as unknown as { heard: string[] }).heard.length = 0;
    });
  }
  const heard = (): Promise<string[]> =>
    page.evaluate(() => (window as unknown as { heard: string[] }).heard);

  /** Returns the number of animations and transitions that run in the page and all its shadow trees. */
  const runningAnimations = (): Promise<number> =>
    page.evaluate(() => {
      const roots: (Document | ShadowRoot)[] = [document];
      for (const root of roots)
        for (const { shadowRoot } of root.querySelectorAll('*')) if (shadowRoot) roots.push(shadowRoot);
      return roots.flatMap((root) => root.getAnimations()).length;
    });

  test('one-key shortcuts of the site ignore typing in the chat', async () => {
    await open();
    await field().click();
    await page.keyboard.type('s/f ok');
    assert.equal(await field().inputValue(), 's/f ok');
    assert.deepEqual(await heard(), []);
  });

  test('a focus trap and a click-outside handler of the site do not see the chat', async () => {
    await open();
    await field().click();
    await page.keyboard.type('Halo');
    assert.equal(await field().inputValue(), 'Halo');
    assert.equal(await page.locator('#menu').isVisible(), true);
    await page.mouse.click(300, 300);
    assert.equal(await page.locator('#menu').isVisible(), false, 'the site has its own clicks');
  });

  test('a paste handler of the site does not block pasting into the chat', async () => {
    await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await page.evaluate(() => navigator.clipboard.writeText('Pesanan 42'));
    await field().click();
    await page.keyboard.press('Control+V');
    await page.waitForFunction(
      () => document.querySelector('livechat-widget')!.shadowRoot!.activeElement !== null,
    );
    assert.equal(await field().inputValue(), 'Pesanan 42');
  });

  test('there are no animations with reduced motion', async () => {
    await open({ reducedMotion: 'reduce' });
    assert.equal(await runningAnimations(), 0);
    await field().fill('Halo');
    await page.keyboard.press('Enter');
    await page.locator('livechat-widget .bubble').first().waitFor();
    assert.equal(await runningAnimations(), 0);
  });

  test('the font size follows the browser setting', async () => {
    const large = await launchChromium({ args: ['--blink-settings=defaultFontSize=30'] });
    try {
      await open({}, large);
      const size = (locator: Locator): Promise<number> =>
        locator.evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
      assert.ok((await size(field())) >= 30, 'the field');
      assert.ok((await size(page.locator('livechat-widget').getByRole('heading'))) >= 30, 'the title');
    } finally {
      await page.context().close();
      await large.close();
    }
  });

  test('a touch on the header or the field does not scroll the site', async () => {
    await open({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 700 } });
    const session = await page.context().newCDPSession(page);
    for (const target of [page.locator('livechat-widget').getByRole('heading'), field()]) {
      const { x, y, height } = (await target.boundingBox())!;
      const at = (dy: number) => [{ x: x + 40, y: y + height / 2 + dy }];
      await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(0) });
      for (let dy = 0; dy >= -200; dy -= 40)
        await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(dy) });
      await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
      await page.evaluate(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
      );
      assert.equal(await page.evaluate(() => scrollY), 0);
    }
  });
});
