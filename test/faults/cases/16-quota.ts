import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { BrowserContext, Page } from 'playwright-core';
import type { Harness } from '../harness/harness.ts';
import { until } from '@alur/tooling/testing';
import type { WidgetPage } from '../harness/widget-page.ts';
import { count as said, type Row } from '../row.ts';
import { goOffline } from './07-offline.ts';

const QUOTA_BYTES = 1_000_000;
/** Number of messages in the cache, and size of each: freeing less would not make room for a row. */
const HISTORY = 40;
const MESSAGE_BYTES = 3_500;

/**
 * Fills the origin's storage completely from another database. Random bytes, because browsers compress
 * others.
 */
async function fillStorage(): Promise<number> {
  const opening = indexedDB.open('filler', 1);
  opening.addEventListener('upgradeneeded', () =>
    opening.result.createObjectStore('bytes', { autoIncrement: true }),
  );
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    opening.addEventListener('success', () => resolve(opening.result));
    opening.addEventListener('error', () => reject(opening.error));
  });
  let filled = 0;
  // A refused write can free space that was reserved for it: repeat until a whole round adds nothing.
  for (let before = -1; before < filled;) {
    before = filled;
    for (const size of [50_000, 5_000, 500]) {
      for (let fits = true; fits && filled < 2_000_000; filled += fits ? size : 0) {
        const transaction = db.transaction('bytes', 'readwrite');
        transaction.objectStore('bytes').add(crypto.getRandomValues(new Uint8Array(size)));
        fits = await new Promise((resolve) => {
          transaction.addEventListener('complete', () => resolve(true));
          transaction.addEventListener('abort', () => resolve(false));
        });
      }
    }
  }
  db.close();
  return filled;
}

/**
 * Returns the content of the widget's own database: turns in the outbox, and characters of everything else.
 */
export async function look(): Promise<{ onDisk: number; values: number }> {
  const names = await indexedDB.databases();
  const { name = '' } = names.find((each) => each.name?.startsWith('livechat:')) ?? {};
  const db = await new Promise<IDBDatabase>((resolve) => {
    const opening = indexedDB.open(name);
    opening.addEventListener('success', () => resolve(opening.result));
  });
  const all = (store: string) =>
    new Promise<unknown[]>((resolve) => {
      const request = db.transaction(store).objectStore(store).getAll();
      request.addEventListener('success', () => resolve(request.result));
    });
  const [outbox, values] = [await all('outbox'), await all('values')];
  db.close();
  const turns = (outbox as { kind: string }[]).filter(({ kind }) => kind === 'turn');
  return { onDisk: turns.length, values: JSON.stringify(values).length };
}

/** Before anything is stored: Chromium caches an origin's available space for half a minute. */
async function limitQuota(context: BrowserContext, page: Page, origin: string): Promise<void> {
  const session = await context.newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: QUOTA_BYTES });
}

export const quota: Row = {
  number: 16,
  fault: 'Storage quota exceeded',
  expected: 'cached history is deleted first, the outbox never; else memory with a notice',
  pass: 'outbox intact',
  trials: [
    {
      with: 'widget',
      counts: { shrunk: 10, full: 50 },
      unit: 'messages into a full storage, history in the cache',
      async run(harness, count) {
        const page = await begin(harness);
        const conversationId = await harness.conversationOf(page.token());
        for (let number = 0; number < HISTORY; number++)
          await harness.say(conversationId, noise(MESSAGE_BYTES));
        await until(
          async () => (await page.page.evaluate(look)).values > HISTORY * MESSAGE_BYTES,
          'the history was cached',
        );
        const { onDisk, values, filled } = await fillAndSend(harness, page, count);
        assert.equal(onDisk, count, 'every row is on the disk');
        assert.ok(values < HISTORY * MESSAGE_BYTES, 'what can be fetched again went first');
        await comeBack(harness, page);
        return `${said(filled)} bytes filled; ${said(onDisk)} of ${said(count)} rows stored in place of the cache; all arrived`;
      },
    },
    {
      with: 'widget',
      counts: { shrunk: 5, full: 100 },
      unit: 'messages into a full storage, nothing in the cache',
      async run(harness, count) {
        const page = await begin(harness);
        const { onDisk, filled } = await fillAndSend(harness, page, count);
        assert.ok(onDisk < count, 'there was room after all');
        await page.page.locator('livechat-widget').getByText('tidak menyimpan apa pun').waitFor();
        await comeBack(harness, page);
        return `${said(filled)} bytes filled; ${said(count - onDisk)} of ${said(count)} rows in memory, with the notice; all arrived`;
      },
    },
  ],
};

async function begin(harness: Harness): Promise<WidgetPage> {
  const page = await harness.page({ prepare: limitQuota });
  await page.begin();
  return page;
}

/**
 * Cuts the network, fills the storage completely and sends `count` messages. Returns the content of the disk.
 */
async function fillAndSend(harness: Harness, page: WidgetPage, count: number) {
  await goOffline(harness, page);
  const filled = await page.page.evaluate(fillStorage);
  assert.ok(filled > QUOTA_BYTES / 4 && filled <= QUOTA_BYTES, `${filled} bytes went in`);
  for (let number = 0; number < count; number++) await page.send(`penuh ${number} ${'x'.repeat(500)}`);
  return { filled, ...(await page.page.evaluate(look)) };
}

async function comeBack(harness: Harness, page: WidgetPage): Promise<void> {
  harness.proxy.set({ refuses: false });
  await page.context.setOffline(false);
  await page.check();
}

/** Returns text that cannot be compressed. */
function noise(length: number): string {
  return randomBytes(length).toString('base64url').slice(0, length);
}
