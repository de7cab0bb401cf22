/**
 * The files for a script tag as a partner uses them: with hashes, included twice by mistake, with calls
 * before they load.
 *
 * @module
 */
import assert from 'node:assert/strict';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import type { Browser, ConsoleMessage, Page } from 'playwright-core';
import { BUDGET, weigh } from '../../packages/tooling/cdn/budget.ts';
import { buildCdn } from '../../packages/tooling/cdn/build-cdn.ts';
import type { Release } from '../../packages/tooling/cdn/script-tag-release.ts';
import { integrityOf } from '../../packages/tooling/cdn/seal-files.ts';
import { launchChromium } from '../support/chromium.ts';
import { serve, type TestOrigin } from '../support/serve.ts';
import { watchLoading } from '../support/watch-loading.ts';

const STUB = `<script nonce="n">window.livechat ??= function () { (livechat.q ??= []).push(arguments); };`;

describe('the files for a script tag', { timeout: 120_000 }, () => {
  let folder = '';
  let browser: Browser;
  let release: Release;
  let lazy: Map<string, string>;
  let cdn: TestOrigin;
  let host: TestOrigin;
  let site: TestOrigin;
  /** The content of the page's `<body>`. */
  let body = '';
  let policy = '';
  /** Files that the CDN serves with added content. */
  const altered = new Set<string>();
  /** Files that the CDN refuses with an error. */
  const refused = new Set<string>();
  let page: Page;
  const said: string[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alur-cdn-'));
    ({ lazy } = await buildCdn(join(folder, 'one')));
    release = JSON.parse(await readFile(join(folder, 'one', 'integrity.json'), 'utf8')) as Release;
    // Another version: other bytes, other names, the same element.
    await cp(join(folder, 'one'), join(folder, 'two'), { recursive: true });
    const entry = await readFile(join(folder, 'two', 'livechat.js'), 'utf8');
    await writeFile(join(folder, 'two', 'livechat.js'), `${entry}\n// Another version.\n`);

    cdn = await serve(async (path, response) => {
      const file = path.split('/').at(-1)!;
      if (refused.has(file)) return void response.writeHead(503).end();
      const code = await readFile(join(folder, path.slice(1)), 'utf8');
      response.writeHead(200, {
        'Content-Type': 'text/javascript; charset=utf-8',
        'Access-Control-Allow-Origin': '*',
      });
      response.end(altered.has(file) ? `${code};window.altered=true;` : code);
    });
    // Never responds: none of this needs it.
    host = await serve(() => {});
    site = await serve((path, response) => {
      if (path !== '/') return void response.writeHead(404).end();
      response.writeHead(200, {
        'Content-Type': 'text/html; charset=utf-8',
        ...(policy && { 'Content-Security-Policy': policy }),
      });
      response.end(`<!doctype html><html lang="en"><title>A page</title><body>${body}</body></html>`);
    });
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    for (const origin of [cdn, host, site]) origin?.close();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(async () => {
    await page?.close();
    altered.clear();
    refused.clear();
    said.length = 0;
    policy = '';
  });

  const tag = (version: 'one' | 'two', more = '') =>
    `<script src="${cdn.url}/${version}/livechat.js" data-host="${host.url}" ${more}></script>`;
  const snippet = () =>
    release.snippet
      .replace('CDN/', `${cdn.url}/one/`)
      .replace('INBOX', 'inb_web')
      .replace('HOST', host.url)
      .replace('<script', '<script nonce="n"');

  async function visit(html: string): Promise<Page> {
    body = html;
    page = await browser.newPage();
    page.on('console', (message: ConsoleMessage) => void said.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => void said.push(`error: ${error.message}`));
    await page.goto(site.url);
    return page;
  }
  const widget = () => page.locator('livechat-widget');
  const openChat = async () => {
    await widget().getByRole('button').first().click();
    await widget().getByRole('textbox').waitFor();
  };

  test('every file is listed with the hash of its content, and the entry is stored under two names', async () => {
    const scripts = (await readdir(join(folder, 'one'))).filter((file) => file.endsWith('.js'));
    assert.deepEqual(Object.keys(release.files).toSorted(), scripts.toSorted());
    for (const file of scripts) {
      assert.equal(release.files[file], integrityOf(await readFile(join(folder, 'one', file))), file);
    }
    assert.equal(release.files['livechat.js'], release.files[release.entry]);
    assert.ok(release.snippet.includes(`${release.entry}" integrity="${release.files[release.entry]}"`));
    assert.match(release.files[release.entry]!, /^sha384-/);
  });

  test('the entry loads files with the hash of the published file', async () => {
    const entry = await readFile(join(folder, 'one', release.entry), 'utf8');
    for (const name of ['panel', 'en', 'id']) {
      const hash = integrityOf(await readFile(join(folder, 'one', lazy.get(name)!)), 'sha256');
      assert.ok(entry.includes(hash.slice('sha256-'.length)), name);
    }
  });

  test('the panel loads in one round of requests, without a response of the host', async () => {
    const { waves, hostCalls } = await watchLoading(browser, join(folder, 'one'));
    assert.deepEqual(
      waves.map((files) => files.toSorted()),
      [['livechat.js'], [lazy.get('en'), lazy.get('panel')]],
    );
    assert.deepEqual(hostCalls[0], '/v1/widget/inb_web/config');
  });

  test('what a visitor downloads is within the budget: 6 KB until the launcher shows, 42 KB until the composer takes text', async () => {
    const { waves } = await watchLoading(browser, join(folder, 'one'));
    const weights = await Promise.all(waves.flat().map((file) => weigh(join(folder, 'one', file))));
    const whole = weights.reduce((sum, bytes) => sum + bytes, 0);
    assert.ok(weights[0]! <= BUDGET.launcher, `the launcher has ${weights[0]} bytes`);
    assert.ok(whole <= BUDGET.panel, `all of it has ${whole} bytes`);
  });

  test('the tag of the release runs under the strictest policy, with hashes, nonces and trusted types', async () => {
    policy = `default-src 'none'; script-src 'nonce-n'; connect-src ${host.url}; require-trusted-types-for 'script'`;
    await visit(snippet());
    await openChat();
    assert.deepEqual(
      await page.evaluate(() => [...document.querySelectorAll('link')].map((link) => link.outerHTML)),
      [],
      'no link is left behind',
    );
    assert.deepEqual(said, []);
  });

  test('under strict-dynamic the trusted script can load the files', async () => {
    policy = `default-src 'none'; script-src 'nonce-n' 'strict-dynamic'; connect-src ${host.url}`;
    await visit(snippet());
    await openChat();
    assert.deepEqual(said, []);
  });

  test('an altered entry is not run by the tag of the release', async () => {
    altered.add(release.entry);
    await visit(snippet());
    await page.waitForLoadState('load');
    assert.equal(
      await page.evaluate(() => 'altered' in window || !!customElements.get('livechat-widget')),
      false,
    );
  });

  for (const name of ['panel', 'en'] as const) {
    test(`an altered ${name} file is not run; the visitor is offered another way`, async () => {
      altered.add(lazy.get(name)!);
      await visit(tag('one', 'data-inbox="inb_web" data-contact="mailto:help@shop.example"'));
      await widget().getByRole('button').click();
      await widget().getByRole('alert').waitFor();
      assert.equal(await widget().getByRole('link').first().getAttribute('href'), 'mailto:help@shop.example');
      assert.equal(await page.evaluate(() => 'altered' in window), false);
      assert.equal(await widget().getByRole('textbox').count(), 0);
    });
  }

  test('a file that failed to load is loaded at the next try, and so are the lazily loaded files after it', async () => {
    refused.add(lazy.get('panel')!);
    await visit(tag('one', 'data-inbox="inb_web"'));
    await widget().getByRole('button').first().click();
    await widget().getByRole('alert').waitFor();
    refused.clear();
    await widget().getByRole('alert').getByRole('button').click();
    await widget().getByRole('textbox').waitFor();
    // The menu shares code with the panel, which was loaded from a second URL.
    await widget().getByRole('button', { name: 'Options' }).click();
    await widget().getByRole('switch', { name: 'Sound' }).click();
    const ofPanel = () =>
      (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).filter(
        ({ name, responseStatus }) => name.includes('/panel-') && responseStatus === 200,
      ).length;
    assert.equal(await page.evaluate(ofPanel), 1, 'one copy of it');
  });

  test('calls before the script loads run in order; the stub returns nothing', async () => {
    await visit(`${STUB}
      window.opened = 0;
      livechat('on', 'open', () => window.opened++);
      livechat('prefill', 'About order 7');
      window.answers = [livechat('open'), livechat('on', 'close', () => {})];
      </script>${tag('one', 'async data-inbox="inb_web"')}`);
    const composer = widget().getByRole('textbox');
    await composer.waitFor();
    await page.waitForFunction(() => (window as unknown as { opened: number }).opened === 1);
    // As in the docs: a caller that needs a result uses another way.
    assert.deepEqual(
      await page.evaluate(() => (window as unknown as { answers: unknown[] }).answers.map(String)),
      ['undefined', 'undefined'],
    );
    assert.equal(await composer.inputValue(), 'About order 7');
  });

  test('a page can wait for a document event before it calls a method with a result', async () => {
    await visit(`${STUB}
      window.heard = [];
      const hear = ({ type }) => {
        heard.push(type);
        document.removeEventListener('livechat-open', hear);
      };
      document.addEventListener('livechat-open', hear);
      window.done = new Promise((done) =>
        document.addEventListener('livechat-ready', () => done(livechat('open')), { once: true }),
      );
      </script>${tag('one', 'async data-inbox="inb_web"')}`);
    const heard = await page.evaluate(async () => {
      const site = window as unknown as {
        done: Promise<void>;
        heard: string[];
        livechat(verb: string): Promise<void>;
      };
      await site.done;
      const first = site.heard.length;
      await site.livechat('close');
      await site.livechat('open');
      return [first, ...site.heard];
    });
    assert.deepEqual(heard, [1, 'livechat-open']);
  });

  test('after loading, a method returns a promise, and a listener can be removed', async () => {
    await visit(tag('one', 'data-inbox="inb_web"'));
    const heard = await page.evaluate(async () => {
      const { livechat } = window as unknown as { livechat(...args: unknown[]): unknown };
      let opened = 0;
      const forget = livechat('on', 'open', () => opened++) as () => void;
      await livechat('open');
      forget();
      await livechat('close');
      await livechat('open');
      return opened;
    });
    assert.equal(heard, 1);
  });

  test('the chat stays, open and with its draft, when the body is swapped for the next page', async () => {
    await visit(`<p>First page</p>${tag('one', 'data-inbox="inb_web"')}`);
    await openChat();
    await widget().getByRole('textbox').fill('Half a sentence');
    // As in Turbo and Astro: the scripts of the new body run, those of the head do not.
    await page.evaluate((src) => {
      const body = document.createElement('body');
      const script = Object.assign(document.createElement('script'), { src });
      script.dataset['inbox'] = 'inb_web';
      body.append('Second page', script);
      document.body.replaceWith(body);
    }, `${cdn.url}/one/livechat.js`);
    await page.getByText('Second page').waitFor();
    assert.equal(await widget().getByRole('textbox').inputValue(), 'Half a sentence');
    assert.equal(await widget().count(), 1);
  });

  for (const second of ['one', 'two'] as const) {
    test(`included again, ${second === 'one' ? 'the same version' : 'in another version'}, it warns once and does nothing`, async () => {
      await visit(tag('one', 'data-inbox="inb_web"') + tag(second, 'data-inbox="inb_web"').repeat(2));
      await openChat();
      assert.equal(await widget().count(), 1);
      assert.deepEqual(said, ['warning: livechat.js was loaded twice.']);
    });
  }
});
