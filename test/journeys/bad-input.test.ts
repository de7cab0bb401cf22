/**
 * Errors of users: each is reported with a clear text in its place, and nothing is lost.
 *
 * @module
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { runDemo, type RunningDemo } from '../support/demo.ts';
import { EditorPage } from '../support/editor-page.ts';
import { ShopPage } from '../support/shop-page.ts';

describe('bad input', { timeout: 120_000 }, () => {
  let demo: RunningDemo;
  let lead: Page;

  before(async () => {
    demo = await runDemo();
    lead = (await demo.person({ width: 1440 })).page;
  });
  after(() => demo.end());

  const createFlow = async (name: string): Promise<EditorPage> => {
    await lead.goto(`${demo.dashboardUrl}/settings/flow`);
    await lead.getByRole('button', { name: 'Create Flow' }).click();
    await lead.getByRole('textbox', { name: 'Nama Flow' }).fill(name);
    await lead.keyboard.press('Enter');
    const editor = new EditorPage(lead);
    await editor.card(/^Start Point/).waitFor();
    return editor;
  };

  const importFile = async (name: string, text: string): Promise<void> => {
    await lead.goto(`${demo.dashboardUrl}/settings/flow`);
    await lead.getByRole('button', { name: 'Create Flow' }).waitFor();
    const files = lead.locator('flow-list').locator('input[type="file"]');
    await files.setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
  };

  test('a save based on an older version loses nothing and offers the newer one', async () => {
    const mine = await createFlow('Dua penyunting');
    const other = new EditorPage((await demo.person({ width: 1440 })).page);
    await other.page.goto(lead.url());
    await other.card(/^Start Point/).waitFor();

    await other.add(/di bawah Start Point/, 'Send Message');
    await other.field('Pesan').fill('Halo dari sana');
    await other.save();
    await other.waitForState(/v2/);

    await mine.add(/di bawah Start Point/, 'Label Conversation');
    await mine.pick('Label', 'VIP');
    await mine.save();
    const notice = mine.editor.getByRole('alert').filter({ hasText: 'versi 2' });
    await notice.waitFor();
    await mine.card(/^Label Conversation.*VIP/).waitFor();
    await notice.getByRole('button', { name: 'Pakai milik mereka' }).click();
    await mine.card(/^Send Message.*Halo dari sana/).waitFor();
    // Taking the other version is a change that undo reverts.
    await mine.editor.getByRole('button', { name: 'Urungkan' }).click();
    await mine.card(/^Label Conversation.*VIP/).waitFor();
    await other.page.close();
  });

  test('a file that is not a flow document is rejected with a message in the flow list', async () => {
    await importFile(
      'bukan-alur.json',
      '{"format":"alur.flow/2","id":"x","name":"x","cards":{"a":{"kind":"start","next":["b"]}}}',
    );
    await lead.locator('flow-list').getByRole('alert').filter({ hasText: /b/ }).waitFor();
    await importFile('rusak.json', '{ ini bukan JSON');
    await lead.locator('flow-list').getByRole('alert').first().waitFor();
  });

  test('an imported flow is a draft in the list', async () => {
    const flow = {
      format: 'alur.flow/2',
      id: 'impor',
      name: 'Dari berkas',
      timeZone: 'Asia/Jakarta',
      cards: {
        start: { kind: 'start', next: ['end'] },
        end: { kind: 'assign-ai', aiAgentId: 'ai_layanan', agentIds: [], next: [] },
      },
    };
    await importFile('dari-berkas.json', JSON.stringify(flow));
    const list = lead.locator('flow-list');
    await list.getByText('“Dari berkas” sudah diimpor sebagai draf; belum aktif.').waitFor();
    const row = list.locator('li', { hasText: 'Dari berkas' });
    await row.getByText('Draf v1').waitFor();
    assert.equal(await row.getByText(/masalah/).count(), 0, 'it could be live');
  });

  test('an unknown label is kept, shown as missing, and keeps the flow from going live', async () => {
    const flow = {
      format: 'alur.flow/2',
      id: 'impor',
      name: 'Label hilang',
      timeZone: 'Asia/Jakarta',
      cards: {
        start: { kind: 'start', next: ['mark'] },
        mark: { kind: 'label', labelIds: ['lbl_hilang'], next: ['end'] },
        end: { kind: 'assign-ai', aiAgentId: 'ai_senja', agentIds: [], next: [] },
      },
    };
    await importFile('label-hilang.json', JSON.stringify(flow));
    const entry = lead.locator('flow-list').getByRole('button', { name: /^Label hilang/ });
    const editor = new EditorPage(lead);
    await entry
      .or(editor.card(/^Start Point/))
      .first()
      .waitFor();
    if (await entry.isVisible()) await entry.click();
    await editor.card(/^Label Conversation.*lbl_hilang.*masalah/).click();
    await editor.inspector.getByText('lbl_hilang').first().waitFor();
    await editor.waitForState(/belum aktif/);
  });

  test('pages of unknown ids show a message and a link back', async () => {
    for (const path of [
      '/settings/flow/flow_tidakada',
      '/settings/inbox/inbox_tidakada',
      '/inbox/con_tidakada',
    ]) {
      await lead.goto(demo.dashboardUrl + path);
      await lead
        .getByText(/tidak (ada|ditemukan)/i)
        .first()
        .waitFor();
    }
  });

  test('while the host is down the launcher stays and shows it, and connects later', async () => {
    const { page, context } = await demo.person();
    await context.route(`${demo.hostUrl}/**`, (route) => route.abort('connectionrefused'));
    const visitor = new ShopPage(page, context, demo.shopUrl);
    await visitor.open();
    await page.locator('livechat-widget').getByText('Obrolan belum dapat dihubungi').first().waitFor();
    await visitor.send('Ada orang?');
    await visitor.isWaitingToBeSent();
    await context.unroute(`${demo.hostUrl}/**`);
    await visitor.nothingWaits();
    assert.equal(await visitor.messages('Ada orang?').count(), 1);
    await page.close();
  });

  test('an unknown inbox, or one that is not Web Livechat, does not change the page and is reported', async () => {
    for (const [inbox, code] of [
      ['inbox_tidakada', 'not_found'],
      ['inbox_wa', 'inbox_type'],
    ] as const) {
      const { page } = await demo.person();
      await page.addInitScript((other) => {
        // The site's author wrote another inbox into the tag.
        new MutationObserver((_, observer) => {
          const tag = document.querySelector<HTMLScriptElement>('script[data-inbox]');
          if (!tag) return;
          tag.dataset['inbox'] = other;
          observer.disconnect();
        }).observe(document, { childList: true, subtree: true });
        document.addEventListener('livechat-error', (event) => {
          const { code } = (event as unknown as { detail: { code: string } }).detail;
          document.documentElement.dataset['livechatError'] = code;
        });
      }, inbox);
      await page.goto(demo.shopUrl);
      await page.locator(`html[data-livechat-error="${code}"]`).waitFor();
      const launcher = page.locator('livechat-widget').getByRole('button');
      if (code === 'inbox_type') {
        assert.equal(await launcher.count(), 0, 'there is no web chat behind it, so nothing to press');
      } else {
        await launcher.click();
        await page
          .locator('livechat-widget')
          .getByText('Obrolan tidak tersedia di halaman ini.')
          .first()
          .waitFor();
      }
      await page.close();
    }
  });
});
