/**
 * An agent at the inbox, in a browser: a text stays with its conversation through failures, reloads, tabs and
 * a change of agent.
 *
 * @module
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { crc32, deflateSync } from 'node:zlib';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { SHOP_INBOX_ID } from '../../demo/workspace.ts';
import { AgentInboxPage } from '../support/agent-inbox-page.ts';
import { runDemo, type RunningDemo } from '../support/demo.ts';
import { createScriptedVisitor, type ScriptedVisitor } from '../support/scripted-visitor.ts';

/** Calls that send a reply. */
const REPLIES = /\/v1\/conversations\/[^/]+\/messages$/;

describe('the agent inbox', { timeout: 180_000 }, () => {
  let demo: RunningDemo;
  let context: BrowserContext;
  let page: Page;
  let inbox: AgentInboxPage;
  let kartika: ScriptedVisitor;
  let wulan: ScriptedVisitor;

  before(async () => {
    demo = await runDemo();
    kartika = createScriptedVisitor(demo.hostUrl, SHOP_INBOX_ID, 'Kartika');
    wulan = createScriptedVisitor(demo.hostUrl, SHOP_INBOX_ID, 'Wulan');
    await kartika.write('Halo, saya Kartika');
    await wulan.write('Halo, saya Wulan');
    ({ page, context } = await demo.person({ width: 1440 }));
    inbox = new AgentInboxPage(page, demo.dashboardUrl);
  });
  after(async () => {
    kartika.close();
    wulan.close();
    await demo.end();
  });
  beforeEach(async () => {
    await inbox.open();
    await inbox.openConversation('Kartika');
  });

  test('a draft stays with its conversation, is marked in the list and survives a reload', async () => {
    await inbox.composer.fill('Untuk Kartika saja');
    await inbox.openConversation('Wulan');
    await page.getByRole('heading', { name: 'Wulan' }).waitFor();
    assert.equal(await inbox.composer.inputValue(), '');
    await inbox.row('Kartika').filter({ hasText: 'Draf: Untuk Kartika saja' }).waitFor();
    await inbox.composer.press('Enter');
    await page.reload();
    await inbox.row('Kartika').filter({ hasText: 'Draf: Untuk Kartika saja' }).waitFor();
    await inbox.openConversation('Kartika');
    await page.getByRole('heading', { name: 'Kartika' }).waitFor();
    assert.equal(await inbox.composer.inputValue(), 'Untuk Kartika saja');
    await inbox.composer.press('Enter');
    await inbox.messages('Untuk Kartika saja').waitFor();
    assert.equal(await inbox.composer.inputValue(), '');
    await page.reload();
    await inbox.messages('Untuk Kartika saja').waitFor();
    assert.equal(await inbox.composer.inputValue(), '');
    assert.deepEqual(await wulan.replies(), []);
  });

  test('a reply without a network is marked, survives a switch and a reload, and arrives once', async () => {
    await page.route(REPLIES, (route) => route.abort());
    await inbox.reply('Tertahan di jaringan');
    await inbox.log.getByText('Belum terkirim. Dicoba lagi sendiri.').waitFor();
    await inbox.openConversation('Wulan');
    await inbox.row('Kartika').filter({ hasText: 'Balasan belum terkirim' }).waitFor();
    await page.reload();
    await inbox.row('Kartika').filter({ hasText: 'Balasan belum terkirim' }).waitFor();
    await inbox.openConversation('Kartika');
    await inbox.messages('Tertahan di jaringan').waitFor();
    await page.unroute(REPLIES);
    const retry = inbox.log.getByRole('button', { name: 'Coba sekarang' });
    // The reply can be sent automatically before the click.
    await retry.click({ timeout: 2_000 }).catch(() => undefined);
    await inbox.log.locator('[data-state]').waitFor({ state: 'detached' });
    assert.equal(await inbox.messages('Tertahan di jaringan').count(), 1);
    assert.equal((await kartika.replies()).filter((text) => text === 'Tertahan di jaringan').length, 1);
  });

  test('a rejected reply shows the reason, and can be edited, deleted or sent again', async () => {
    const refusal = { type: 'about:blank', title: 'No', status: 403, code: 'scope_missing' };
    await page.route(REPLIES, (route) =>
      route.fulfill({ status: 403, contentType: 'application/problem+json', json: refusal }),
    );
    for (const text of ['Diubah', 'Dihapus', 'Dikirim lagi']) await inbox.reply(text);
    await inbox.log.getByText('Anda tidak boleh membalas').nth(2).waitFor();
    await inbox.row('Kartika').filter({ hasText: '3 balasan tidak terkirim' }).waitFor();
    const reply = (text: string) => inbox.log.locator('[data-state=failed]').filter({ hasText: text });
    await reply('Diubah').getByRole('button', { name: 'Ubah' }).click();
    await reply('Diubah').waitFor({ state: 'detached' });
    assert.equal(await inbox.composer.inputValue(), 'Diubah');
    await inbox.composer.fill('');
    await reply('Dihapus').getByRole('button', { name: 'Hapus' }).click();
    await reply('Dihapus').waitFor({ state: 'detached' });
    await page.unroute(REPLIES);
    await reply('Dikirim lagi').getByRole('button', { name: 'Kirim lagi' }).click();
    await inbox.log.locator('[data-state]').waitFor({ state: 'detached' });
    await inbox.messages('Dikirim lagi').waitFor();
    assert.ok(!(await kartika.replies()).some((text) => /Diubah|Dihapus/.test(text)));
  });

  test('two tabs of one agent share a draft and send a reply once', async () => {
    const other = new AgentInboxPage(await context.newPage(), demo.dashboardUrl);
    await other.open();
    await other.openConversation('Kartika');
    await inbox.composer.fill('Dari dua tab');
    await other.page.waitForFunction(
      () => document.querySelector<HTMLTextAreaElement>('#reply-text')?.value === 'Dari dua tab',
    );
    await other.composer.press('Enter');
    await other.messages('Dari dua tab').waitFor();
    await inbox.messages('Dari dua tab').waitFor();
    assert.equal(await inbox.composer.inputValue(), '');
    await other.log.locator('[data-state]').waitFor({ state: 'detached' });
    assert.equal((await kartika.replies()).filter((text) => text === 'Dari dua tab').length, 1);
    await other.page.close();
  });

  test('another agent on the same device sees and sends nothing of the previous one', async () => {
    await page.route(REPLIES, (route) => route.abort());
    await inbox.reply('Ini dari Budi');
    await inbox.composer.fill('Draf Budi');
    await inbox.openConversation('Wulan');
    const agents = page.getByRole('combobox', { name: 'Masuk sebagai' });
    const signIn = async (label: string): Promise<void> => {
      await Promise.all([page.waitForEvent('load'), agents.selectOption({ label })]);
    };
    await signIn('Citra Lestari');
    const sent: string[] = [];
    page.on('request', (request) => {
      if (REPLIES.test(request.url())) sent.push(request.url());
    });
    await inbox.openConversation('Kartika');
    await page.getByRole('heading', { name: 'Kartika' }).waitFor();
    assert.equal(await inbox.composer.inputValue(), '');
    assert.equal(await inbox.messages('Ini dari Budi').count(), 0);
    assert.equal(
      await inbox
        .row('Kartika')
        .filter({ hasText: /Draf|terkirim/ })
        .count(),
      0,
    );
    assert.deepEqual(sent, []);
    await page.unroute(REPLIES);
    await signIn('Budi Santoso');
    await inbox.openConversation('Kartika');
    await inbox.messages('Ini dari Budi').waitFor();
    await inbox.log.locator('[data-state]').waitFor({ state: 'detached' });
    assert.equal(await inbox.composer.inputValue(), 'Draf Budi');
    await inbox.composer.fill('');
    assert.equal((await kartika.replies()).filter((text) => text === 'Ini dari Budi').length, 1);
  });

  test('a translated page shows the conversation that is open', async () => {
    const readAll = async (): Promise<string[]> => {
      await inbox.messages('Saya kembali').waitFor();
      await inbox.row('Kartika').waitFor();
      await inbox.took('Start Point');
      await inbox.details.getByRole('link', { name: 'Jam kerja & VIP' }).waitFor();
      return readTexts(page);
    };
    await page.evaluate(wrapTexts);
    await inbox.openConversation('Wulan');
    await page.getByRole('heading', { name: 'Wulan' }).waitFor();
    await page.evaluate(wrapTexts);
    await page.getByRole('button', { name: 'Resolve', exact: true }).click();
    const opened = page.getByRole('region', { name: 'Percakapan yang dibuka' });
    await opened.getByRole('button', { name: 'Resolved' }).waitFor();
    await page.evaluate(wrapTexts);
    await wulan.write('Saya kembali');
    await inbox.messages('Saya kembali').waitFor();
    await page.getByRole('button', { name: 'Resolve', exact: true }).waitFor();
    const shown = await readAll();
    await page.reload();
    assert.deepEqual(shown, await readAll());
  });

  test('messages that arrived while the tab was hidden are marked as read when the agent returns', async () => {
    const setVisibility = (state: string) =>
      page.evaluate((value) => {
        Object.defineProperty(document, 'visibilityState', { value, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, state);
    await setVisibility('hidden');
    await kartika.write('Anda masih di sana?');
    await inbox.messages('Anda masih di sana?').waitFor();
    const read = page.waitForResponse((response) => response.url().endsWith('/read'));
    await setVisibility('visible');
    assert.equal((await read).status(), 204);
  });

  test('a conversation that cannot be loaded for a while shows a notice, and appears later', async (t) => {
    await page.route(/\/v1\/conversations\/[^/?]+$/, (route) => route.fulfill({ status: 503 }));
    const cici = createScriptedVisitor(demo.hostUrl, SHOP_INBOX_ID, 'Cici');
    t.after(() => cici.close());
    await cici.write('Halo, saya Cici');
    await page.getByText('Ada percakapan yang belum bisa dimuat').waitFor();
    await page.unrouteAll();
    await inbox.row('Cici').waitFor();
    await page.getByText('Ada percakapan yang belum bisa dimuat').waitFor({ state: 'detached' });
  });

  test('an Enter that ends a composition in Safari sends nothing', async () => {
    await inbox.composer.fill('にほん');
    await inbox.composer.dispatchEvent('keydown', {
      key: 'Enter',
      keyCode: 229,
      bubbles: true,
      cancelable: true,
    });
    assert.equal(await inbox.composer.inputValue(), 'にほん');
    await inbox.composer.fill('');
  });

  test('links are safe anchors, and texts and names have the direction of their script', async (t) => {
    const dodi = createScriptedVisitor(demo.hostUrl, SHOP_INBOX_ID, 'Dodi\u202Egnp.exe');
    t.after(() => dodi.close());
    await dodi.write('راجع https://toko.example/ للمزيد javascript:alert(1)');
    await inbox.openConversation('Dodi');
    const heading = page.getByRole('heading', { name: 'Dodi' });
    assert.equal(await heading.textContent(), 'Dodignp.exe');
    const link = inbox.log.getByRole('link');
    await link.first().waitFor();
    assert.equal(await link.count(), 1);
    assert.equal(await link.getAttribute('href'), 'https://toko.example/');
    assert.match((await link.getAttribute('rel')) ?? '', /noopener/);
    const text = inbox.log.locator('.text').filter({ hasText: 'راجع' });
    assert.equal(await text.evaluate((element) => getComputedStyle(element).direction), 'rtl');
    assert.equal(await inbox.composer.getAttribute('dir'), 'auto');
  });

  test('a picture is shown as its thumbnail, however large it is, and itself only downloaded', async (t) => {
    const eka = createScriptedVisitor(demo.hostUrl, SHOP_INBOX_ID, 'Eka');
    t.after(() => eka.close());
    const bytes = blackPng(5_000, 4_000);
    await eka.write('Lihat ini', { name: 'besar.png', bytes });
    const loaded: string[] = [];
    page.on('request', (request) => {
      if (/\/attachments\//.test(request.url())) loaded.push(new URL(request.url()).search);
    });
    await inbox.openConversation('Eka');
    const picture = inbox.log.locator('img.picture');
    await picture.waitFor();
    assert.deepEqual(
      await picture.evaluate(async (image: HTMLImageElement) => {
        await image.decode();
        return [image.naturalWidth, image.naturalHeight];
      }),
      [640, 512],
    );
    assert.deepEqual(loaded, ['?size=thumbnail']);
    const downloading = page.waitForEvent('download');
    await inbox.log.getByTitle(/Unduh besar\.png \(5000 × 4000 piksel/).click();
    const download = await downloading;
    assert.equal(download.suggestedFilename(), 'besar.png');
    assert.ok((await readFile(await download.path())).equals(bytes));
    assert.deepEqual(loaded, ['?size=thumbnail', '?size=original']);
  });

  test('no page logged an error', () => {
    assert.deepEqual(demo.complaints, []);
  });
});

/** Wraps texts as the page translation of Chromium does, except in elements with `translate="no"`. */
function wrapTexts(): void {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) {
    const text = walker.currentNode as Text;
    const parent = text.parentElement!;
    if (text.data.trim() && !parent.closest('[translate=no], script, noscript, textarea, option, font'))
      texts.push(text);
  }
  for (const text of texts) {
    const font = document.createElement('font');
    text.replaceWith(font);
    font.append(text);
  }
}

/** Returns the visible texts, without those that depend on the minute. */
function readTexts(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    ['.view-header', '.log', '.view-footer', '.list-pane', '.details-pane'].map((selector) =>
      (document.querySelector<HTMLElement>(selector)?.innerText ?? '').replace(/\s+/g, ' ').trim(),
    ),
  );
}

/** Returns a black PNG of one bit per pixel: a few kilobytes that decode to many megabytes. */
function blackPng(width: number, height: number): Uint8Array {
  const chunk = (type: string, data: Uint8Array): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const frame = Buffer.alloc(body.length + 8);
    frame.writeUInt32BE(data.length, 0);
    body.copy(frame, 4);
    frame.writeUInt32BE(crc32(body), body.length + 4);
    return frame;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  const rows = Buffer.alloc((Math.ceil(width / 8) + 1) * height);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
