/**
 * The example pages: each opens the chat in its own way, and a visitor's message reaches the agents.
 *
 * @module
 */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { AgentInboxPage } from '../support/agent-inbox-page.ts';
import { runDemo, type RunningDemo } from '../support/demo.ts';
import { ShopPage } from '../support/shop-page.ts';

describe('the example pages', { timeout: 120_000 }, () => {
  let demo: RunningDemo;
  let inbox: AgentInboxPage;

  before(async () => {
    demo = await runDemo();
    inbox = new AgentInboxPage((await demo.person({ width: 1440 })).page, demo.dashboardUrl);
    await inbox.open();
  });
  after(() => demo?.end());
  afterEach(() => assert.deepEqual(demo.complaints, []));

  test('one page links to all of them', async () => {
    const { page } = await demo.person();
    await page.goto(`${demo.shopUrl}/embeds/`);
    const links = await page
      .getByRole('main')
      .getByRole('link')
      .evaluateAll((all) => all.map((a) => a.getAttribute('href')));
    assert.deepEqual(links, [
      '/',
      '/embeds/plain/',
      '/embeds/react/',
      '/embeds/vue/',
      '/embeds/tag-manager/',
      '/embeds/slots/',
    ]);
  });

  for (const name of ['plain', 'react', 'vue', 'tag-manager', 'slots']) {
    test(`${name}: a visitor opens the chat and writes, and an agent answers`, async () => {
      const { page, context } = await demo.person();
      const visitor = new ShopPage(page, context, `${demo.shopUrl}/embeds/${name}/`);
      await visitor.open();
      // The flow's first condition assigns it to humans at any time of day, without a reply.
      const text = `Grosir, from the ${name} page`;
      await visitor.send(text);
      await page.locator('livechat-widget').getByText('Sent', { exact: true }).waitFor();
      await inbox.openConversation(text);
      await inbox.reply(`Yes, ${name}.`);
      await visitor.sees(`Yes, ${name}.`);
    });
  }

  for (const name of ['plain', 'react', 'vue']) {
    test(`${name}: the page calls the chat and receives its events`, async () => {
      const { page, context } = await demo.person();
      const visitor = new ShopPage(page, context, `${demo.shopUrl}/embeds/${name}/`);
      await page.goto(`${demo.shopUrl}/embeds/${name}/`);
      await page.getByRole('button', { name: 'Ask about order 7' }).click();
      const field = page.locator('livechat-widget').getByRole('textbox');
      await field.waitFor();
      assert.equal(await field.inputValue(), 'Where is my order 7?');
      await field.press('Enter');
      await visitor.sees('Where is my order 7?');
      await page.locator('#sent').getByText('Where is my order 7?').waitFor();
      await page.locator('#status').getByText('online').waitFor();
    });
  }

  test('slots: content of the page is shown in the chat, and can call it', async () => {
    const { page, context } = await demo.person();
    const visitor = new ShopPage(page, context, `${demo.shopUrl}/embeds/slots/`);
    await page.goto(`${demo.shopUrl}/embeds/slots/`);
    const widget = page.locator('livechat-widget');
    const seen = (name: string): Promise<boolean> => widget.locator(`:not(slot)[slot=${name}]`).isVisible();
    await widget.getByRole('button', { name: 'Open chat' }).click();
    await widget.locator(':not(slot)[slot=intro]').waitFor();
    for (const name of ['launcher', 'logo', 'header', 'footer']) assert.ok(await seen(name), name);
    assert.equal(await widget.getByText('Write to us').isVisible(), false);
    await widget.getByRole('button', { name: 'Can I send it back?' }).click();
    await visitor.sees('Can I send it back?');
    await widget.locator(':not(slot)[slot=intro]').waitFor({ state: 'hidden' });
  });

  test('a tag manager that fires twice creates one chat', async () => {
    const { page } = await demo.person();
    const warnings: string[] = [];
    page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
    await page.goto(`${demo.shopUrl}/embeds/tag-manager/`);
    const widget = page.locator('livechat-widget');
    await widget.getByRole('button').waitFor();
    await page.evaluate(async () => {
      const again = document.querySelector<HTMLScriptElement>('script[src$="livechat.js"]')!;
      const tag = document.createElement('script');
      for (const { name, value } of again.attributes) tag.setAttribute(name, value);
      await new Promise((done) => {
        tag.addEventListener('load', done);
        document.head.append(tag);
      });
    });
    assert.equal(await widget.count(), 1);
    assert.deepEqual(warnings, ['livechat.js was loaded twice.']);
  });
});
