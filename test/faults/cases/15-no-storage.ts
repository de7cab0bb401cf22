import { until } from '@alur/tooling/testing';
import { count as said, seconds, within, type Row } from '../row.ts';

/** Browsers without a working IndexedDB, for different reasons. The functions run in the page. */
const BROKEN_STORAGES = {
  missing: () => {
    Object.defineProperty(globalThis, 'indexedDB', { value: undefined });
  },
  throwing: () => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
  },
  hanging: () => {
    IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest;
  },
};

export const noStorage: Row = {
  number: 15,
  fault: 'IndexedDB is missing, throws or does not open',
  expected: 'continues in memory, with a notice',
  pass: 'usable within 3 s',
  trials: Object.entries(BROKEN_STORAGES).map(([way, spoil]) => ({
    with: 'widget',
    counts: { shrunk: 1, full: 10 },
    unit: `visitors, IndexedDB ${way}`,
    async run(harness, count) {
      let slowest = 0;
      for (let number = 0; number < count; number++) {
        const page = await harness.page({ prepare: (context) => context.addInitScript(spoil) });
        const began = performance.now();
        await page.open();
        await page.type(`vip ${way}`);
        await page.log.getByText(`vip ${way}`).waitFor();
        await page.page.locator('livechat-widget').getByText('tidak menyimpan apa pun').waitFor();
        slowest = Math.max(slowest, performance.now() - began);
        await page.log.getByText('Terkirim').waitFor();
        const conversationId = await harness.conversationOf(page.token());
        await harness.say(conversationId, 'Halo juga');
        await until(async () => (await page.bubbles()).at(-1) === 'Halo juga', 'the reply was shown');
        await page.check();
        await page.close();
      }
      within(slowest, 3_000, 'milliseconds from the click to the first bubble and the note');
      return `${said(count)} of ${said(count)}: first bubble and the notice ${seconds(slowest)} after the click at most; all arrived`;
    },
  })),
  elsewhere: [
    { file: 'test/pages/hostile-pages/no-storage.ts', test: 'no-storage' },
    {
      file: 'packages/client/src/storage/open-storage.test.ts',
      test: 'storage that hangs times out after 2 s, and is closed if it opens later',
    },
  ],
};
