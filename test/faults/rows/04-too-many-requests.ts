import assert from 'node:assert/strict';
import { until } from '../lab/until.ts';
import type { Fault, SeenRequest } from '../proxy.ts';
import { count as said, seconds, within, type Row } from '../row.ts';

/** A client may come back a tenth later than it was told to, and a busy machine later still. */
const SCHEDULING_MS = 400;

/** The first attempt of each turn is too much; a page may read why. */
function firstIsTooMuch(retryAfterS: number) {
  const asked = new Map<string, number>();
  const waits: number[] = [];
  return {
    waits,
    fault({ method, target, body, at }: SeenRequest): Fault | undefined {
      if (method !== 'POST' || !target.endsWith('/turns')) return undefined;
      const { id } = JSON.parse(body) as { id: string };
      const before = asked.get(id);
      if (before !== undefined) return void waits.push(at - before);
      asked.set(id, at);
      return {
        answer: 429,
        headers: {
          'Retry-After': String(retryAfterS),
          'Access-Control-Allow-Origin': '*',
          'Access-Control-Expose-Headers': 'Retry-After',
          'Content-Type': 'application/problem+json',
        },
        body: JSON.stringify({ code: 'rate_limited', status: 429, title: 'Too many calls' }),
      };
    },
  };
}

function holdWaits(waits: readonly number[], retryAfterS: number): string {
  const [first, last] = [Math.min(...waits), Math.max(...waits)];
  assert.ok(first >= retryAfterS * 1_000, `somebody came back after ${first} ms`);
  within(last, retryAfterS * 1_100 + SCHEDULING_MS, 'milliseconds until the next attempt');
  return `${said(waits.length)} told to wait ${retryAfterS} s came back after ${seconds(first)} to ${seconds(last)}`;
}

export const tooManyRequests: Row = {
  number: 4,
  fault: '429 with Retry-After',
  expected: 'waits that long, visibly "sending"',
  pass: 'no earlier request; at most 10 % later',
  trials: [
    {
      with: 'client',
      counts: { shrunk: 5, full: 100 },
      unit: 'visitors',
      async run(lab, count) {
        const retryAfterS = lab.isFull ? 5 : 1;
        const { waits, fault } = firstIsTooMuch(retryAfterS);
        lab.proxy.fault(fault);
        const visitors = Array.from({ length: count }, () => lab.visitor());
        await Promise.all(visitors.map((visitor) => visitor.say('vip')));
        // A wake-up from outside, such as the browser's "online", must not cut the wait short either.
        for (const visitor of visitors) await visitor.check();
        return holdWaits(waits, retryAfterS);
      },
    },
    {
      with: 'widget',
      counts: { shrunk: 1, full: 5 },
      unit: 'messages',
      async run(lab, count) {
        const retryAfterS = 1;
        const { waits, fault } = firstIsTooMuch(retryAfterS);
        const page = await lab.page();
        await page.open();
        lab.proxy.fault(fault);
        for (let number = 0; number < count; number++) {
          await page.type(`vip ${number}`);
          await page.log.getByText(/Menunggu dikirim|Mengirim/).waitFor();
          await page.log.getByText('Terkirim').waitFor();
          await until(() => waits.length === number + 1, 'the message was sent again');
        }
        await page.check();
        return `${holdWaits(waits, retryAfterS)}; "waiting to be sent" is shown meanwhile`;
      },
    },
  ],
};
