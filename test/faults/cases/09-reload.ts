import { rest } from '@alur/tooling/testing';
import { count as said, type Row } from '../row.ts';

export const reload: Row = {
  number: 9,
  fault: 'Reload while sending',
  expected: 'continues from IndexedDB',
  pass: '100 reloads: 0 lost, 0 doubled',
  trials: [
    {
      with: 'widget',
      counts: { shrunk: 4, full: 100 },
      unit: 'reloads',
      async run(harness, count) {
        const page = await harness.page();
        await page.open();
        // Slow enough that reloads happen before, during and after the exchange.
        harness.proxy.set({ latencyMs: 60 });
        for (let number = 0; number < count; number++) {
          await page.send(`vip ${number} a`);
          await page.send(`vip ${number} b`);
          await rest((number * 37) % 300);
          await page.reload();
        }
        harness.proxy.set({ latencyMs: 0 });
        await page.check();
        return `${said(count)} reloads, ${said(count * 2)} messages: 0 lost, 0 doubled`;
      },
    },
  ],
};
