/**
 * Takes screenshots of the demo's main states, on a desktop and on a phone, light and dark: `npm run shots`.
 * It starts its own demo with its own data, so that a running demo and its data do not change.
 *
 * @module
 */
import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium } from '../test/support/chromium.ts';
import { startDemo, type Demo } from './start-demo.ts';

const FOLDER = '.shots';

const VIEWPORTS = [
  { name: 'desktop-light', width: 1440, height: 900, colorScheme: 'light' },
  { name: 'desktop-dark', width: 1440, height: 900, colorScheme: 'dark' },
  { name: 'phone-light', width: 390, height: 844, colorScheme: 'light' },
  { name: 'phone-dark', width: 390, height: 844, colorScheme: 'dark' },
] as const;

type Viewport = (typeof VIEWPORTS)[number];

const dataDir = await mkdtemp(join(tmpdir(), 'alur-shots-'));
const demo = await startDemo({
  dataDir,
  portBase: Number(process.env['ALUR_PORT_BASE'] ?? 9787),
  onProgress: console.log,
});
const browser = await launchChromium();
let pictureCount = 0;
try {
  await rm(FOLDER, { recursive: true, force: true });
  for (const viewport of VIEWPORTS) {
    await mkdir(join(FOLDER, viewport.name), { recursive: true });
    await takeShop(await openContext(browser, viewport), viewport, demo);
    await takeDashboard(await openContext(browser, viewport), viewport, demo);
    await takeAgentInbox(await openContext(browser, viewport), viewport, demo);
    console.log(`${viewport.name} done`);
  }
  console.log(`${pictureCount} pictures in ${FOLDER}/`);
} finally {
  await browser.close();
  await demo.close();
  await rm(dataDir, { recursive: true, force: true });
}

function openContext(browser: Browser, { width, height, colorScheme }: Viewport): Promise<BrowserContext> {
  return browser.newContext({
    viewport: { width, height },
    colorScheme,
    locale: 'id-ID',
    timezoneId: 'Asia/Jakarta',
    reducedMotion: 'reduce',
    hasTouch: width < 500,
  });
}

async function takePicture(page: Page, viewport: Viewport, name: string): Promise<void> {
  await page.screenshot({ path: join(FOLDER, viewport.name, `${name}.png`), animations: 'disabled' });
  pictureCount += 1;
}

/** Takes the shop: chat closed, open, with buttons, with a reply, and without a network. */
async function takeShop(context: BrowserContext, viewport: Viewport, { shopUrl }: Demo): Promise<void> {
  const page = await context.newPage();
  await page.goto(`${shopUrl}/`);
  const widget = page.locator('livechat-widget');
  await widget.getByRole('button').first().waitFor();
  await takePicture(page, viewport, 'shop-closed');
  await widget.getByRole('button').first().click();
  const field = widget.getByRole('textbox');
  await field.waitFor();
  await takePicture(page, viewport, 'shop-open');
  await field.fill('Halo, mau tanya soal pesanan');
  await field.press('Enter');
  const button = widget.getByRole('button', { name: 'Pesanan & ongkir' });
  await button.waitFor();
  await takePicture(page, viewport, 'shop-buttons');
  await button.click();
  await field.fill('Bayarnya bisa pakai QRIS?');
  await field.press('Enter');
  await widget.getByRole('log').getByText('transfer BCA').waitFor();
  await takePicture(page, viewport, 'shop-chatting');
  await context.setOffline(true);
  await field.fill('Kalau ke Medan?');
  await field.press('Enter');
  await widget.getByRole('log').getByText('Kalau ke Medan?').waitFor();
  await takePicture(page, viewport, 'shop-offline');
  await context.close();
}

/**
 * Takes Settings: the list of flows, an empty editor, its menu, an example flow with a selected card, its
 * problems, an inbox.
 */
async function takeDashboard(
  context: BrowserContext,
  viewport: Viewport,
  { dashboardUrl }: Demo,
): Promise<void> {
  const page = await context.newPage();
  await page.goto(`${dashboardUrl}/settings/flow`);
  await page.getByText('Purnajual: garansi & retur').first().waitFor();
  await takePicture(page, viewport, 'flow-list');
  await page.getByRole('button', { name: 'Create Flow' }).first().click();
  await page.getByRole('dialog').getByRole('textbox').fill('Promo akhir tahun');
  await takePicture(page, viewport, 'flow-create');
  await page.getByRole('dialog').getByRole('textbox').press('Enter');
  const editor = page.locator('flow-editor');
  const first = editor.getByRole('button', { name: /tambahkan/i }).first();
  await first.waitFor();
  await takePicture(page, viewport, 'editor-new');
  await first.click();
  const menu = editor.getByRole('dialog').getByRole('option', { name: 'First Message Text' });
  await menu.waitFor();
  await takePicture(page, viewport, 'editor-menu');
  await menu.click();
  await editor.getByRole('textbox', { name: 'Kata kunci' }).waitFor();
  await takePicture(page, viewport, 'editor-inspector');
  await page.keyboard.press('Escape');
  await editor.getByRole('button', { name: /^Masalah/ }).click();
  await takePicture(page, viewport, 'editor-problems');
  await page.getByRole('link', { name: 'Flow', exact: true }).last().click();
  await page.getByRole('dialog', { name: 'Perubahan belum disimpan' }).waitFor();
  await takePicture(page, viewport, 'editor-leave');
  await page.getByRole('button', { name: 'Buang perubahan' }).click();
  await page.getByText('Jam kerja & VIP').first().click();
  await editor.getByText('Toko sedang tutup').first().waitFor();
  await takePicture(page, viewport, 'editor-flow');
  await page.goto(`${dashboardUrl}/settings/inbox`);
  await page.getByText('WhatsApp Toko Senja').waitFor();
  await takePicture(page, viewport, 'inboxes');
  await page.getByText('Web Livechat').click();
  await page.locator('inbox-flow').getByRole('combobox').waitFor();
  await takePicture(page, viewport, 'inbox-flow');
  for (const section of ['ai-agents', 'labels', 'teams']) {
    await page.goto(`${dashboardUrl}/settings/${section}`);
    await page.locator('.list').first().waitFor();
    await takePicture(page, viewport, section);
  }
  await context.close();
}

/**
 * Takes the agent inbox: the list, a conversation with buttons and an AI reply, its details, a reply, a
 * resolved conversation, a missing one.
 */
async function takeAgentInbox(
  context: BrowserContext,
  viewport: Viewport,
  { dashboardUrl }: Demo,
): Promise<void> {
  const page = await context.newPage();
  await page.goto(`${dashboardUrl}/inbox`);
  await page.locator('.row').first().waitFor();
  await takePicture(page, viewport, 'inbox-list');
  await page.locator('.row').first().click();
  await page.locator('.offered .chosen').waitFor();
  await takePicture(page, viewport, 'inbox-conversation');
  if (!(await page.locator('details-panel').isVisible())) await page.locator('.details-toggle').click();
  await page.locator('.path-turn').first().waitFor();
  await takePicture(page, viewport, 'inbox-details');
  if (viewport.width < 1160) await page.getByRole('button', { name: 'Tutup rincian' }).click();
  await page.locator('#reply-text').fill('Halo, dengan Budi. Ongkir ke Surabaya Rp12.000 ya.');
  await page.locator('#reply-text').press('Enter');
  await page.locator('.message.agent:not(.pending)').waitFor();
  await takePicture(page, viewport, 'inbox-replied');
  await page.getByRole('button', { name: 'Resolve', exact: true }).click();
  await page.locator('.resolved-note').waitFor();
  await takePicture(page, viewport, 'inbox-resolved');
  await page.goto(`${dashboardUrl}/inbox/tidak-ada`);
  await page.getByText('Percakapan ini tidak ada').waitFor();
  await takePicture(page, viewport, 'inbox-missing');
  await context.close();
}
