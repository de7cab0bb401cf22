import assert from 'node:assert/strict';
import { until } from '@alur/tooling/testing';
import { count as said, seconds, within, type Row } from '../row.ts';

export const bufferingProxy: Row = {
  number: 20,
  fault: 'A proxy buffers the stream',
  expected: 'long polling without `hello` within 5 s',
  pass: 'messages within 5 s; one sent while waiting for `hello`, within 1 s of these 5 s',
  trials: [
    {
      with: 'client',
      counts: { shrunk: 5, full: 100 },
      unit: 'messages, five times as fast',
      async run(harness, count) {
        const haste = 5;
        harness.proxy.set({ bufferBytes: 64 * 1024 });
        const visitor = harness.visitor({ haste });
        await visitor.say('vip');
        await visitor.drained();
        const conversationId = await harness.conversationOf(visitor.token());
        await until(
          () => harness.proxy.requests.some(({ target }) => target.includes('/events?')),
          'it polled',
        );
        let slowest = 0;
        for (let number = 0; number < count; number++) {
          const began = performance.now();
          const { id } = await harness.say(conversationId, `balasan ${number}`);
          await until(() => visitor.screen.at(-1)?.id === id, 'it was on the screen');
          slowest = Math.max(slowest, performance.now() - began);
        }
        within(slowest, 5_000, 'milliseconds until a message was on the screen');
        await visitor.check();
        return `${said(count)} by long poll, the slowest after ${seconds(slowest)}`;
      },
    },
    {
      with: 'widget',
      counts: { shrunk: 2, full: 50 },
      unit: 'messages on the screen',
      async run(harness, count) {
        harness.proxy.set({ bufferBytes: 64 * 1024 });
        const page = await harness.page();
        await page.begin();
        const conversationId = await harness.conversationOf(page.token());
        let slowest = 0;
        let first = 0;
        for (let number = 0; number < count; number++) {
          const began = performance.now();
          const { text } = await harness.say(conversationId, `balasan ${number}`);
          await until(async () => (await page.bubbles()).includes(text), 'it was on the screen');
          const took = performance.now() - began;
          if (number === 0) first = took;
          else slowest = Math.max(slowest, took);
        }
        assert.ok(
          harness.proxy.requests.some(({ target }) => target.includes('/events?')),
          'it polled',
        );
        // The first message can be sent during the five seconds in which the client waits for the stream. The
        // time of a poll is added.
        within(first, 6_000, 'milliseconds until the first message was on the screen');
        within(slowest, 5_000, 'milliseconds until a message was on the screen');
        await page.check();
        return `${said(count)} shown; the first after ${seconds(first)}, the slowest of the others after ${seconds(slowest)}`;
      },
    },
  ],
};
