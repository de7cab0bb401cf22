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

const LOOKS = [
  { name: 'desktop-light', width: 1440, height: 900, colorScheme: 'light' },
  { name: 'desktop-dark', width: 1440, height: 900, colorScheme: 'dark' },
  { name: 'phone-light', width: 390, height: 844, colorScheme: 'light' },
  { name: 'phone-dark', width: 390, height: 844, colorScheme: 'dark' },
] as const;

type Look = (typeof LOOKS)[number];

const dataDir = await mkdtemp(join(tmpdir(), 'alur-shots-'));
const demo = await startDemo({
  dataDir,
  portBase: Number(process.env['ALUR_PORT_BASE'] ?? 9787),
  say: console.log,
});
const browser = await launchChromium();
let taken = 0;
try {
  await rm(FOLDER, { recursive: true, force: true });
  for (const look of LOOKS) {
    await mkdir(join(FOLDER, look.name), { recursive: true });
    await takeShop(await openContext(browser, look), look, demo);
    await takeDashboard(await openContext(browser, look), look, demo);
    await takeAgentInbox(await openContext(browser, look), look, demo);
    console.log(`${look.name} done`);
  }
  console.log(`${taken} pictures in ${FOLDER}/`);
} finally {
  await browser.close();
  await demo.close();
  await rm(dataDir, { recursive: true, force: true });
}

function openContext(browser: Browser, { width, height, colorScheme }: Look): Promise<BrowserContext> {
  return browser.newContext({
    viewport: { width, height },
    colorScheme,
    locale: 'id-ID',
    timezoneId: 'Asia/Jakarta',
    reducedMotion: 'reduce',
    hasTouch: width < 500,
  });
}

async function shoot(page: Page, look: Look, name: string): Promise<void> {
  await page.screenshot({ path: join(FOLDER, look.name, `${name}.png`), animations: 'disabled' });
  taken += 1;
}

/** Takes the shop: chat closed, open, with buttons, with a reply, and without a network. */
async function takeShop(context: BrowserContext, look: Look, { shopUrl }: Demo): Promise<void> {
  const page = await context.newPage();
  await page.goto(`${shopUrl}/`);
  const widget = page.locator('livechat-widget');
  await widget.getByRole('button').first().waitFor();
  await shoot(page, look, 'shop-closed');
  await widget.getByRole('button').first().click();
  const field = widget.getByRole('textbox');
  await field.waitFor();
  await shoot(page, look, 'shop-open');
  await field.fill('Halo, mau tanya soal pesanan');
  await field.press('Enter');
  const button = widget.getByRole('button', { name: 'Pesanan & ongkir' });
  await button.waitFor();
  await shoot(page, look, 'shop-buttons');
  await button.click();
  await field.fill('Bayarnya bisa pakai QRIS?');
  await field.press('Enter');
  await widget.getByRole('log').getByText('transfer BCA').waitFor();
  await shoot(page, look, 'shop-chatting');
  await context.setOffline(true);
  await field.fill('Kalau ke Medan?');
  await field.press('Enter');
  await widget.getByRole('log').getByText('Kalau ke Medan?').waitFor();
  await shoot(page, look, 'shop-offline');
  await context.close();
}

/**
 * Takes Settings: the list of flows, an empty editor, its menu, an example flow with a selected card, its
 * problems, an inbox.
 */
async function takeDashboard(context: BrowserContext, look: Look, { dashboardUrl }: Demo): Promise<void> {
  const page = await context.newPage();
  await page.goto(`${dashboardUrl}/settings/flow`);
  await page.getByText('Purnajual: garansi & retur').first().waitFor();
  await shoot(page, look, 'flow-list');
  await page.getByRole('button', { name: 'Create Flow' }).first().click();
  await page.getByRole('dialog').getByRole('textbox').fill('Promo akhir tahun');
  await shoot(page, look, 'flow-create');
  await page.getByRole('dialog').getByRole('textbox').press('Enter');
  const editor = page.locator('flow-editor');
  const first = editor.getByRole('button', { name: /tambahkan/i }).first();
  await first.waitFor();
  await shoot(page, look, 'editor-new');
  await first.click();
  const menu = editor.getByRole('dialog').getByRole('option', { name: 'First Message Text' });
  await menu.waitFor();
  await shoot(page, look, 'editor-menu');
  await menu.click();
  await editor.getByRole('textbox', { name: 'Kata kunci' }).waitFor();
  await shoot(page, look, 'editor-inspector');
  await page.keyboard.press('Escape');
  await editor.getByRole('button', { name: /^Masalah/ }).click();
  await shoot(page, look, 'editor-problems');
  await page.getByRole('link', { name: 'Flow', exact: true }).last().click();
  await page.getByRole('dialog', { name: 'Perubahan belum disimpan' }).waitFor();
  await shoot(page, look, 'editor-leave');
  await page.getByRole('button', { name: 'Buang perubahan' }).click();
  await page.getByText('Jam kerja & VIP').first().click();
  await editor.getByText('Toko sedang tutup').first().waitFor();
  await shoot(page, look, 'editor-flow');
  await page.goto(`${dashboardUrl}/settings/inbox`);
  await page.getByText('WhatsApp Toko Senja').waitFor();
  await shoot(page, look, 'inboxes');
  await page.getByText('Web Livechat').click();
  await page.locator('inbox-flow').getByRole('combobox').waitFor();
  await shoot(page, look, 'inbox-flow');
  for (const section of ['ai-agents', 'labels', 'teams']) {
    await page.goto(`${dashboardUrl}/settings/${section}`);
    await page.locator('.list').first().waitFor();
    await shoot(page, look, section);
  }
  await context.close();
}

/**
 * Takes the agent inbox: the list, a conversation with buttons and an AI reply, its details, a reply, a
 * resolved conversation, a missing one.
 */
async function takeAgentInbox(context: BrowserContext, look: Look, { dashboardUrl }: Demo): Promise<void> {
  const page = await context.newPage();
  await page.goto(`${dashboardUrl}/inbox`);
  await page.locator('.row').first().waitFor();
  await shoot(page, look, 'inbox-list');
  await page.locator('.row').first().click();
  await page.locator('.offered .chosen').waitFor();
  await shoot(page, look, 'inbox-conversation');
  if (!(await page.locator('details-panel').isVisible())) await page.locator('.details-toggle').click();
  await page.locator('.path-turn').first().waitFor();
  await shoot(page, look, 'inbox-details');
  if (look.width < 1160) await page.getByRole('button', { name: 'Tutup rincian' }).click();
  await page.locator('#reply-text').fill('Halo, dengan Budi. Ongkir ke Surabaya Rp12.000 ya.');
  await page.locator('#reply-text').press('Enter');
  await page.locator('.message.agent:not(.pending)').waitFor();
  await shoot(page, look, 'inbox-replied');
  await page.getByRole('button', { name: 'Resolve', exact: true }).click();
  await page.locator('.resolved-note').waitFor();
  await shoot(page, look, 'inbox-resolved');
  await page.goto(`${dashboardUrl}/inbox/tidak-ada`);
  await page.getByText('Percakapan ini tidak ada').waitFor();
  await shoot(page, look, 'inbox-missing');
  await context.close();
}
