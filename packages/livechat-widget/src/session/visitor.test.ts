import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMemoryStorage, type QueuedTurn } from '@alur/client';
import { answer, fakeRuntime } from '../../../client/src/testing/fake-runtime.ts';
import { Visitor } from './visitor.ts';

const TIME = '2026-02-03T04:05:06.000Z';

test('who takes back their consent while the page cannot say who they are sends nothing more all the same', async (t) => {
  const turns: string[] = [];
  let isBusy = true;
  const runtime = fakeRuntime({
    fetch: async (input, init) => {
      const path = String(input).split('/').at(-1)!;
      if (path === 'visitors')
        return answer(201, {
          visitorId: 'v',
          token: 't',
          refreshToken: 'r',
          expiresIn: 900,
          serverTime: TIME,
        });
      if (path !== 'turns' || isBusy) return answer(503, { code: 'overloaded' });
      turns.push((JSON.parse(String(init!.body)) as QueuedTurn).id);
      return answer(200, { turnId: turns.at(-1), seq: turns.length });
    },
  });
  const visitor = new Visitor(
    {
      host: 'https://host.test',
      inboxId: 'inb',
      emit: () => true as never,
      runtime,
      browser: { storage: async () => createMemoryStorage(), locks: undefined, runtime } as never,
    },
    { onSignal() {}, onConsent() {}, onBegin() {} },
  );
  t.after(() => visitor.close());
  visitor.client.connect();
  const input = { kind: 'message' as const, id: 'a', at: TIME, text: 'Halo' };
  await visitor.client.submit({ id: 'a', session: 's', input });
  await runtime.pass(100);
  void visitor.identify(() => new Promise(() => {}));
  void visitor.decide('withdrawn', () => true);
  isBusy = false;
  visitor.client.hasten();
  await runtime.pass(60_000);
  assert.deepEqual(turns, []);
});
