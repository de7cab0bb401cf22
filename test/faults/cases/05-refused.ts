import assert from 'node:assert/strict';
import { until } from '@alur/tooling/testing';
import type { TestVisitor } from '../harness/visitor.ts';
import type { Fault, SeenRequest } from '../proxy.ts';
import { count as said, seconds, within, type Row } from '../row.ts';

const TOO_LONG = 'terlalu panjang '.repeat(300);

/** Makes an intermediary between client and host refuse requests that contain `word`. */
function refuses(word: string, status: number, code: string) {
  return ({ target, body }: SeenRequest): Fault | undefined =>
    target.endsWith('/turns') && body.includes(word)
      ? {
          answer: status,
          headers: { 'Content-Type': 'application/problem+json', 'Access-Control-Allow-Origin': '*' },
          body: JSON.stringify({ code, status, title: 'No' }),
        }
      : undefined;
}

/**
 * Sends a message that can never succeed, and three after it. Returns the time until the three were stored,
 * and the entries that were set aside.
 */
async function sendBehind(visitor: TestVisitor, number: number, bad: string) {
  const before = visitor.outbox.length;
  const began = performance.now();
  const id = await visitor.say(bad);
  const tail: string[] = [];
  for (const word of ['satu', 'dua', 'tiga']) tail.push(await visitor.say(`${word} ${number}`));
  await until(
    () => tail.every((each) => visitor.answers.some(({ turn }) => turn.id === each)),
    'the tail was taken',
  );
  const took = performance.now() - began;
  const failed = visitor.outbox.filter(({ state }) => state === 'failed');
  assert.equal(failed.length, before + 1, 'it is kept, and set aside');
  return { id, took, entry: visitor.outbox.find((entry) => entry.id === id)! };
}

export const refused: Row = {
  number: 5,
  fault: '400, 413, 422',
  expected: 'this input is set aside, visible and editable; the next ones are sent',
  pass: 'the next ones sent within 2 s',
  trials: [
    {
      with: 'client',
      counts: { shrunk: 1, full: 50 },
      unit: 'rounds of 400, 413 and 422',
      async run(harness, count) {
        const visitor = harness.visitor();
        await visitor.say('vip');
        await visitor.drained();
        const first = visitor.said[0]!.id;
        let slowest = 0;
        const dead: string[] = [];
        for (let round = 0; round < count; round++) {
          // The host itself refuses: more characters than the contract allows.
          const long = await sendBehind(visitor, round, TOO_LONG);
          assert.deepEqual([long.entry.fault?.status, long.entry.fault?.code], [400, 'invalid_request']);
          // A gateway with a smaller limit than the host.
          harness.proxy.fault(refuses('besar', 413, 'too_large'));
          const large = await sendBehind(visitor, round, `besar ${round}`);
          assert.equal(large.entry.fault?.status, 413);
          harness.proxy.fault(refuses('aneh', 422, 'id_reused'));
          const odd = await sendBehind(visitor, round, `aneh ${round}`);
          assert.equal(odd.entry.fault?.status, 422);
          slowest = Math.max(slowest, long.took, large.took, odd.took);
          // The limit is gone: retry under the same id. The others are withdrawn to be edited.
          harness.proxy.fault(null);
          await visitor.client.retry(large.id);
          await visitor.drained();
          for (const { id } of [long, odd]) {
            const turn = await visitor.client.discard(id);
            assert.ok(turn?.input.kind === 'message' && turn.input.text, 'its words come back');
            dead.push(id);
          }
        }
        within(slowest, 2_000, 'milliseconds until the tail was taken');
        // The retried messages come after the others: the order in which the host received them.
        visitor.inOrderOfAnswers();
        await visitor.check(dead);
        assert.equal(visitor.answers[0]!.turn.id, first);
        return `${said(count * 3)} set aside, the next 3 accepted within ${seconds(slowest)}, retried and edited ones arrive once`;
      },
    },
    {
      with: 'widget',
      counts: { shrunk: 1, full: 5 },
      unit: 'messages',
      async run(harness, count) {
        const page = await harness.page();
        await page.begin();
        harness.proxy.fault(refuses('rusak', 422, 'id_reused'));
        for (let number = 0; number < count; number++) {
          await page.type(`rusak ${number}`);
          const failure = page.log.getByRole('alert');
          await failure.waitFor();
          await page.type(`ekor ${number}`);
          await until(
            async () => (await page.hostMessages()).at(-1)?.text === `ekor ${number}`,
            'the tail was taken',
            2_000,
          );
          await failure.getByRole('button', { name: 'Ubah' }).click();
          const composer = page.page.locator('livechat-widget').getByRole('textbox');
          await until(
            async () => (await composer.inputValue()) === `rusak ${number}`,
            'its words were in the composer',
          );
          page.said.splice(page.said.indexOf(`rusak ${number}`), 1);
          await page.type(`baik ${number}`);
        }
        await page.check();
        return `${said(count)} shown with a reason, edited in the composer and sent`;
      },
    },
  ],
};
