import assert from 'node:assert/strict';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Harness } from '../harness/harness.ts';
import { until } from '@alur/tooling/testing';
import type { Fault, SeenRequest } from '../proxy.ts';
import { count as said, seconds, within, type Row } from '../row.ts';

/**
 * Tolerance in milliseconds for `npm test`: a tenth of the wait of one second is too little for a busy
 * machine.
 */
const BUSY_MS = 400;

/**
 * The `Retry-After` of the host in seconds: long enough in full counts that a tenth of it can be measured.
 */
const retryAfterIn = ({ isFull }: Pick<Harness, 'isFull'>) => (isFull ? 5 : 1);

/** Returns 429 for the first attempt of each turn. A page may read the reason. */
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

/** Returns the delay of this machine's timers. A client cannot be more precise. */
function watchTimers(): () => number {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  return () => {
    delay.disable();
    return delay.max / 1e6;
  };
}

function holdWaits({ isFull }: Harness, waits: readonly number[], lateMs: number): string {
  const toldMs = retryAfterIn({ isFull }) * 1_000;
  const [first, last] = [Math.min(...waits), Math.max(...waits)];
  assert.ok(first >= toldMs, `a client retried after ${first} ms`);
  within(last, toldMs * 1.1 + lateMs + (isFull ? 0 : BUSY_MS), 'milliseconds until the next attempt');
  const figure = (ms: number) => `${(ms / 1_000).toFixed(2)} s`;
  return `${said(waits.length)} asked to wait ${seconds(toldMs)} retried after ${figure(first)} to ${figure(last)}, timers late by ${figure(lateMs)} at most`;
}

export const tooManyRequests: Row = {
  number: 4,
  fault: '429 with Retry-After',
  expected: 'waits for Retry-After, shown as "sending"',
  pass: 'no earlier request; at most 10 % later, without the delay of the machine’s timers',
  trials: [
    {
      with: 'client',
      counts: { shrunk: 5, full: 100 },
      unit: 'visitors',
      async run(harness, count) {
        const { waits, fault } = firstIsTooMuch(retryAfterIn(harness));
        const lateness = watchTimers();
        harness.proxy.fault(fault);
        const visitors = Array.from({ length: count }, () => harness.visitor());
        await Promise.all(visitors.map((visitor) => visitor.say('vip')));
        // An event from outside, such as the browser's "online", must not shorten the wait either.
        for (const visitor of visitors) await visitor.check();
        return holdWaits(harness, waits, lateness());
      },
    },
    {
      with: 'widget',
      counts: { shrunk: 1, full: 5 },
      unit: 'messages',
      async run(harness, count) {
        const { waits, fault } = firstIsTooMuch(retryAfterIn(harness));
        const lateness = watchTimers();
        const page = await harness.page();
        await page.open();
        harness.proxy.fault(fault);
        for (let number = 0; number < count; number++) {
          await page.type(`vip ${number}`);
          await page.log.getByText(/Menunggu dikirim|Mengirim/).waitFor();
          await page.log.getByText('Terkirim').waitFor();
          await until(() => waits.length === number + 1, 'the message was sent again');
        }
        await page.check();
        return `${holdWaits(harness, waits, lateness())}; "waiting to be sent" is shown meanwhile`;
      },
    },
  ],
};
