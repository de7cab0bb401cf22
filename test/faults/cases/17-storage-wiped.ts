import assert from 'node:assert/strict';
import { signToken } from '@alur/host/testing';
import type { Harness } from '../harness/harness.ts';
import { until } from '@alur/tooling/testing';
import type { WidgetPage } from '../harness/widget-page.ts';
import { IDENTITY_KEY } from '../harness/workspace.ts';
import type { Row } from '../row.ts';

/** Deletes the site's data, as "clear site data" does, or Safari after seven days. */
async function wipe({ context, page, url }: WidgetPage): Promise<void> {
  const session = await context.newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', { origin: url, storageTypes: 'all' });
}

/** Identifies the visitor. Other rows can have moved the host's clock. */
async function identify(harness: Harness, { page }: WidgetPage, sub: string): Promise<void> {
  const now = Math.floor((Date.now() + harness.host.movedMs) / 1000);
  const token = signToken({ sub, name: 'Ayu', exp: now + 600 }, IDENTITY_KEY);
  await page.evaluate(
    (jwt) => (globalThis as unknown as { livechat: (...all: string[]) => unknown }).livechat('identify', jwt),
    token,
  );
}

const unreadOf = ({ page }: WidgetPage) =>
  page.evaluate(
    () => (document.querySelector('livechat-widget') as unknown as { unread?: number }).unread ?? 0,
  );

export const storageWiped: Row = {
  number: 17,
  fault: 'Storage deleted during a session',
  expected:
    'the page continues; the next one starts with a new visitor; a verified visitor gets the history back',
  pass: 'no crash, no wrong unread count',
  trials: [
    {
      with: 'widget',
      counts: { shrunk: 1, full: 10 },
      unit: 'visitors',
      async run(harness, count) {
        for (let number = 0; number < count; number++) {
          const page = await harness.page();
          await page.begin();
          await wipe(page);
          await page.type('masih di sini');
          await page.check();
          page.anew();
          await page.page.reload();
          // No data of the old visitor is left.
          assert.equal(await unreadOf(page), 0);
          await page.open();
          await page.type('vip lagi');
          await page.check();
          assert.deepEqual(await page.bubbles(), ['vip lagi']);
          await page.close();
        }
        return `${count} wiped: the open page continued, the next one started with a new visitor, nothing unread`;
      },
    },
    {
      with: 'widget',
      counts: { shrunk: 1, full: 10 },
      unit: 'verified visitors',
      async run(harness, count) {
        for (let number = 0; number < count; number++) {
          const sub = `ayu-${number}-${Date.now()}`;
          const page = await harness.page();
          await identify(harness, page, sub);
          await page.open();
          await page.type('vip terverifikasi');
          await page.log.getByText('Terkirim').waitFor();
          await wipe(page);
          await page.page.reload();
          await identify(harness, page, sub);
          await page.open();
          await until(
            async () => (await page.bubbles()).includes('vip terverifikasi'),
            'the history was back',
          );
          await page.check();
          await page.close();
        }
        return `${count} wiped: the history is back after identify`;
      },
    },
  ],
};
