/**
 * The main job, end to end in a browser: draw a flow, make it live, chat through it, reply, resolve, start
 * over, reload, go offline.
 *
 * @module
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { AgentInboxPage } from '../support/agent-inbox-page.ts';
import { runDemo, type RunningDemo } from '../support/demo.ts';
import { EditorPage } from '../support/editor-page.ts';
import { ShopPage } from '../support/shop-page.ts';

describe('the main job', { timeout: 180_000 }, () => {
  let demo: RunningDemo;
  let lead: Page;
  let editor: EditorPage;
  let inbox: AgentInboxPage;

  before(async () => {
    demo = await runDemo();
    lead = (await demo.person({ width: 1440 })).page;
    editor = new EditorPage(lead);
    inbox = new AgentInboxPage((await demo.person({ width: 1440 })).page, demo.dashboardUrl);
  });
  after(() => demo.end());

  const newVisitor = async (): Promise<ShopPage> => {
    const { page, context } = await demo.person();
    return new ShopPage(page, context, demo.shopUrl);
  };

  test('a new flow opens with one card, Start Point', async () => {
    await lead.goto(`${demo.dashboardUrl}/settings/flow`);
    await lead.getByRole('button', { name: 'Create Flow' }).click();
    await lead.getByRole('textbox', { name: 'Nama Flow' }).fill('Alur perjalanan');
    await lead.keyboard.press('Enter');
    await editor.card(/^Start Point/).waitFor();
    assert.equal(await editor.editor.getByRole('treeitem').count(), 1);
  });

  test('the editor checks the limits of a channel that exists', async () => {
    const channel = await lead
      .locator('flow-editor')
      .evaluate((element) => (element as Element & { channel?: string }).channel);
    assert.equal(channel, 'web-livechat');
  });

  test('a condition brings its Else, the next one lands left of it, and cards show their order', async () => {
    await editor.add(/di bawah Start Point$/, 'First Message Text');
    await editor.field('Kata kunci').pressSequentially('refund, batal,');
    await editor.card(/^First Message Text.*“refund”, “batal”.*1 dari 2/).waitFor();
    await editor.card(/^Else/).waitFor();

    await editor.add(/di bawah Start Point$/, 'First Message Time');
    await editor.field('Dari').fill('00:00');
    await editor.field('Sampai').fill('24:00');
    const sunday = editor.inspector.getByRole('button', { name: 'Min', exact: true });
    await sunday.click();
    await editor.card(/^First Message Time.*Sen–Sab/).waitFor();
    await sunday.click();
    await editor.card(/^First Message Time.*00.00–24.00 · Setiap hari.*2 dari 3/).waitFor();
    const order = await editor.cardsInOrder();
    assert.deepEqual(order.slice(1), ['First Message Text', 'First Message Time', 'Else']);
  });

  test('the text condition labels and hands over to a team, whose members are shown', async () => {
    await editor.add(/belum selesai.*di bawah First Message Text/, 'Label Conversation');
    await editor.pick('Label', 'Retur');
    await editor.add(/belum selesai.*di bawah Label Conversation/, 'Assign to Human Agent');
    await editor.pick('Assign by Team', 'Purnajual');
    await editor.inspector.getByText('Eka Pratama').first().waitFor();
    await editor.inspector.getByRole('switch', { name: 'Skip Last AI Agent Response' }).click();
    await editor.card(/^Assign to Human Agent.*Purnajual/).waitFor();
  });

  test('the time condition sends two buttons, each with its own path', async () => {
    await editor.add(/belum selesai.*di bawah First Message Time/, 'Message with Button');
    await editor.field('Pesan').fill('Ada yang bisa dibantu?');
    for (const label of ['Pesanan', 'Lainnya']) await editor.addButton(label);
    await editor.card(/^Button.*Pesanan/).waitFor();
    await editor.card(/^Button.*Lainnya/).waitFor();

    await editor.add(/belum selesai.*di bawah Button.*Pesanan/, 'Assign to AI Agent');
    await editor.pick('Agen AI', 'Senja');
    await editor.pick('Agen manusia tambahan', 'Budi Santoso');

    await editor.add(/belum selesai.*di bawah Button.*Lainnya/, 'Add Collaborator');
    await editor.pick('Agen', 'Gita Maharani');
    await editor.add(/belum selesai.*di bawah Add Collaborator/, 'Jump to Action');
    await editor.pick('Tujuan', 'Label Conversation');
  });

  test('an unfinished path is shown on the card and in the list, is saved as a draft, and says so', async () => {
    assert.equal(await editor.editor.getByRole('button', { name: /^Jalur belum selesai/ }).count(), 2);
    await editor.save();
    await editor.waitForState(/Draf v2, belum aktif: 2 masalah/);
    await editor.editor.getByRole('button', { name: /^Masalah: 2/ }).click();
    const problems = editor.editor.getByRole('complementary', { name: 'Masalah' });
    await problems.getByRole('heading', { name: 'Masalah', level: 2 }).waitFor();
    await problems.getByRole('heading', { name: '2 harus diperbaiki sebelum aktif' }).waitFor();
    // The time condition covers every minute of the week, and the editor reports what that means for Else.
    await problems.getByRole('button', { name: /^Else.*tidak pernah/ }).waitFor();
    await problems.getByRole('button', { name: 'Tutup panel' }).click();
  });

  test('the finished flow is saved and goes live', async () => {
    await editor.add(/belum selesai.*di bawah Else/, 'Send Message');
    await editor.field('Pesan').fill('Baik, kami sambungkan.');
    await editor.add(/belum selesai.*di bawah Send Message/, 'Assign to AI Agent');
    await editor.pick('Agen AI', 'Senja');
    await editor.add(/belum selesai.*di bawah Else/, 'Assign to Human Agent');
    await editor.pick('Agen manusia', 'Dewi Anggraini');
    await editor.save();
    await editor.waitForState(/Aktif v3/);
  });

  test('the inbox takes the flow by Select Flow and Update', async () => {
    await lead.goto(`${demo.dashboardUrl}/settings/inbox`);
    await lead.getByRole('link', { name: /Web Livechat/ }).click();
    await lead.getByRole('combobox', { name: 'Select Flow' }).selectOption({ label: 'Alur perjalanan' });
    await lead.getByRole('button', { name: 'Update' }).click();
    await lead.getByText('Alur perjalanan, versi 3').first().waitFor();
  });

  test('a visitor whose text matches gets the team, and sees no label lines', async () => {
    const visitor = await newVisitor();
    await visitor.open();
    await visitor.send('Saya mau REFUND dong');
    await inbox.open();
    await inbox.openConversation(/REFUND/);
    await inbox.has('Label', 'Retur');
    await inbox.details
      .getByText(/Purnajual/)
      .first()
      .waitFor();
    await inbox.took(/refund/);
    await inbox.took(/Purnajual/);
    assert.equal(await visitor.log.getByText(/Retur|label/i).count(), 0);

    await inbox.reply('Halo, saya bantu refund-nya.');
    await visitor.sees('Halo, saya bantu refund-nya.');
    // "Skip Last AI Agent Response" is on: only the agent has replied.
    assert.equal(await visitor.log.getByText(/Senja/).count(), 0);

    await inbox.resolve();
    await visitor.send('Halo lagi');
    await visitor.sees('Ada yang bisa dibantu?');
    await visitor.page.close();
  });

  test('buttons take a press, the label typed, the number typed, and anything else', async () => {
    const byPress = await newVisitor();
    await byPress.open();
    await byPress.send('Halo satu');
    await byPress.press('Pesanan');
    await byPress.answersFrom('Senja');
    await byPress.page.close();

    const byLabel = await newVisitor();
    await byLabel.open();
    await byLabel.send('Halo dua');
    await byLabel.sees('Ada yang bisa dibantu?');
    await byLabel.send('lainnya');
    await inbox.openConversation(/lainnya/i);
    await inbox.has('Kolaborator', 'Gita Maharani');
    await inbox.took(/Jump to Action/);
    await inbox.has('Label', 'Retur');
    await byLabel.page.close();

    const byNumber = await newVisitor();
    await byNumber.open();
    await byNumber.send('Halo tiga');
    await byNumber.sees('Ada yang bisa dibantu?');
    await byNumber.send('1');
    await byNumber.answersFrom('Senja');
    await byNumber.page.close();

    const byOther = await newVisitor();
    await byOther.open();
    await byOther.send('Halo empat');
    await byOther.sees('Ada yang bisa dibantu?');
    await byOther.send('jam buka toko kapan ya?');
    await byOther.sees('Baik, kami sambungkan.');
    await byOther.answersFrom('Senja');
    await byOther.page.close();
  });

  test('a reload in mid-flow keeps the conversation and the waiting buttons', async () => {
    const visitor = await newVisitor();
    await visitor.open();
    await visitor.send('Halo muat ulang');
    await visitor.sees('Ada yang bisa dibantu?');
    await visitor.page.reload();
    await visitor.open();
    await visitor.sees('Halo muat ulang');
    await visitor.button('Pesanan').waitFor();
    await visitor.press('Pesanan');
    await visitor.answersFrom('Senja');
    await visitor.page.close();
  });

  test('a message written offline arrives once when the network is back', async () => {
    const visitor = await newVisitor();
    await visitor.open();
    await visitor.send('Halo sebelum putus');
    await visitor.sees('Ada yang bisa dibantu?');
    await visitor.context.setOffline(true);
    await visitor.send('Lainnya');
    await visitor.isWaitingToBeSent();
    await visitor.context.setOffline(false);
    await visitor.nothingWaits();
    await inbox.openConversation(/Lainnya/);
    await inbox.has('Kolaborator', 'Gita Maharani');
    await inbox.messages('Lainnya').first().waitFor();
    assert.equal(await inbox.messages('Lainnya').count(), 1);
    assert.equal(await visitor.messages('Lainnya').count(), 1);
    await visitor.page.close();
  });

  test('no page logged an error', () => {
    assert.deepEqual(demo.complaints, []);
  });
});
