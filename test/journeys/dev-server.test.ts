/**
 * `npm run dev`: the same pages from their sources.
 *
 * @module
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { runDemo, type RunningDemo } from '../support/demo.ts';

describe('the development server', { timeout: 180_000 }, () => {
  let demo: RunningDemo;
  let page: Page;
  before(async () => {
    demo = await runDemo({ develop: true });
    ({ page } = await demo.person());
    // The first visit of a page compiles everything that it imports.
    page.setDefaultTimeout(60_000);
  });
  after(() => demo.end());

  test('serves the dashboard and the agent inbox', async () => {
    await page.goto(`${demo.dashboardUrl}/settings/flow`);
    await page.getByRole('button', { name: 'Create Flow' }).waitFor();
    await page.goto(`${demo.dashboardUrl}/inbox`);
    await page.getByRole('navigation', { name: 'Percakapan' }).waitFor();
  });

  test('serves the development page of the editor', async () => {
    await page.goto(`${demo.dashboardUrl}/editor?flow=example`);
    await page
      .getByRole('button', { name: /Start Point/ })
      .first()
      .waitFor();
  });

  test('serves the widget to the shop from its sources', async () => {
    const sources: string[] = [];
    page.on('request', (request) => sources.push(new URL(request.url()).pathname));
    await page.goto(demo.shopUrl);
    await page.locator('livechat-widget').getByRole('button').first().click();
    await page.locator('livechat-widget').getByRole('textbox').waitFor();
    assert.ok(sources.some((path) => path.endsWith('/livechat-widget/src/launcher/livechat-widget.ts')));
    assert.deepEqual(demo.complaints, []);
  });
});
