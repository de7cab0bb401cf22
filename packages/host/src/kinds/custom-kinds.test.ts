import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import type { PublicFlow } from '@alur/protocol';
import { createHost } from '../create-host.ts';
import { createTestDashboard, createTestHost, createTestVisitor, databases } from '../testing/test-host.ts';
import type { TestHost } from '../testing/test-host.ts';
import { flowOf } from '../testing/test-workspace.ts';
import { withCustomKinds } from './custom-kinds.ts';
import { planEffects } from './perform-effects.ts';
import ticketKinds from '../testing/ticket-kinds.ts';

const kindsModule = new URL('../testing/ticket-kinds.ts', import.meta.url);

const calledPaths: string[] = [];
const receiver = createServer(({ url: path = '' }, response) => {
  calledPaths.push(path);
  response.writeHead(204).end();
}).listen(0, '127.0.0.1');
await once(receiver, 'listening');
const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/tickets`;
after(() => void receiver.close());

const end = { kind: 'assign-human', agentIds: ['agt_budi'], teamIds: [], skipLastAiResponse: true, next: [] };

/** Returns a flow in which a page below `/toko` opens a ticket. */
function ticketFlow(subject: string): object {
  return flowOf('flow_shop', {
    start: { kind: 'start', next: ['shop', 'other'] },
    shop: { kind: 'condition', test: { kind: 'x-page-url', prefix: '/toko' }, next: ['ticket'] },
    other: { kind: 'else', next: ['end2'] },
    ticket: { kind: 'x-ticket', subject, url, next: ['end'] },
    end,
    end2: end,
  });
}

const onShopPage = { facts: { visitor: { attributes: { page_url: '/toko/1' } } } };

for (const database of databases) {
  describe(`custom card kinds on ${database.name}`, () => {
    let host: TestHost;
    before(async () => {
      calledPaths.length = 0;
      host = await createTestHost({ kindsModule, allowPrivateWebhooks: true }, database);
    });
    after(() => host.close());

    test('a flow with custom cards is published, and visitors receive only their public fields', async () => {
      const { inboxId, drafts } = await host.workspace({ flows: [ticketFlow('Toko')] });
      assert.deepEqual(drafts, []);
      const visitor = await createTestVisitor(host, inboxId);
      const { flow } = (await visitor.message('halo', onShopPage)).session;
      const copy = await host.call<PublicFlow>(
        `/v1/widget/${inboxId}/flows/${flow?.id}/versions/${flow?.version}`,
        { token: visitor.token },
      );
      assert.equal(copy.status, 200);
      assert.deepEqual(copy.body.cards['ticket'], { kind: 'x-ticket', next: ['end'] });
      assert.deepEqual((copy.body.cards['shop'] as { test?: unknown }).test, {
        kind: 'x-page-url',
        prefix: '/toko',
      });
    });

    test('a custom test selects the branch, and a custom effect sets labels, sends messages and calls a webhook', async () => {
      const { inboxId, key } = await host.workspace({ flows: [ticketFlow('Buku')] });
      const visitor = await createTestVisitor(host, inboxId);
      const { effects } = await visitor.message('halo', onShopPage);
      assert.deepEqual(effects[0], { kind: 'x-ticket', cardId: 'ticket' });
      const dashboard = createTestDashboard(host, key);
      const conversation = await dashboard.conversationOf(visitor.visitorId);
      assert.deepEqual(conversation.labelIds, ['lbl_vip']);
      const log = await dashboard.log(conversation.id);
      const texts = log.flatMap((event) => (event.type === 'message' ? [event.message.text] : []));
      assert.deepEqual(texts, ['halo', 'Tiket: Buku']);
      const faults = log.flatMap((event) => (event.type === 'fault' ? [event.code] : []));
      assert.deepEqual(faults, ['unknown_label']);
      await host.until(async () => calledPaths.includes('/tickets?subject=Buku'));
    });

    test('an effect whose handler throws is a fault in the log, and the flow continues', async () => {
      const { inboxId, key } = await host.workspace({ flows: [ticketFlow('broken')] });
      const visitor = await createTestVisitor(host, inboxId);
      await visitor.message('halo', onShopPage);
      const dashboard = createTestDashboard(host, key);
      const conversation = await dashboard.conversationOf(visitor.visitorId);
      assert.equal(conversation.handler?.id, 'agt_budi');
      const faults = (await dashboard.log(conversation.id)).filter((event) => event.type === 'fault');
      assert.deepEqual(
        faults.map(({ code, message }) => [code, message]),
        [['custom_effect', 'x-ticket: no ticket today']],
      );
    });

    test('without the kinds the same flow is stored, but not published', async () => {
      const plain = await createTestHost({}, database);
      const { drafts } = await plain.workspace({ flows: [ticketFlow('Toko')] });
      assert.deepEqual(
        drafts.map(({ flowId }) => flowId),
        ['flow_shop'],
      );
      await plain.close();
    });
  });
}

test('an invalid module stops the start with its name and the reason', async () => {
  const missing = new URL('./no-such-module.ts', import.meta.url);
  await assert.rejects(createHost({ kindsModule: missing }), /no-such-module\.ts cannot be used/);
  const other = new URL('./load-kinds.ts', import.meta.url);
  await assert.rejects(
    createHost({ kindsModule: other }),
    /load-kinds\.ts cannot be used: It has no default/,
  );
});

test('an invalid declaration is rejected with its path', () => {
  const { run, author, effects } = ticketKinds;
  const refused: [string, object, RegExp][] = [
    [
      'name',
      { run: { ...run, steps: [{ ...run.steps![0]!, kind: 'ticket' }] }, author },
      /run\.steps\/0 has the name/,
    ],
    ['twice', { run: { ...run, steps: [run.steps![0]!, run.steps![0]!] }, author }, /a second time/],
    ['authors only', { run: {}, author }, /author\.tests\/0 declares "x-page-url", which run\.tests/],
    [
      'no function',
      { run, author, effects: { 'x-ticket': 'label' } },
      /effects\/x-ticket must be a function/,
    ],
  ];
  for (const [what, custom, message] of refused)
    assert.throws(() => withCustomKinds(custom as typeof ticketKinds), message, what);
  assert.ok(withCustomKinds({ run, author, ...(effects && { effects }) }).effects.has('x-ticket'));
});

test('the return value of a handler is validated', () => {
  const card = { kind: 'x-ticket', next: [] } as const;
  const effect = { kind: 'x-ticket', cardId: 'ticket' } as const;
  const messageOf = (returned: unknown) =>
    planEffects([effect], new Map([['x-ticket', () => returned as never]]), () => card as never).failures[0]
      ?.message;
  assert.match(messageOf([{ kind: 'assign-ai' }])!, /"assign-ai" is no effect of the host/);
  assert.match(messageOf([{ kind: 'label', labelIds: [1] }])!, /not a text/);
  assert.match(messageOf([{ kind: 'webhook', url: 'file:///etc/passwd' }])!, /needs an http\(s\) URL/);
  assert.match(messageOf([{ kind: 'send-message', text: 'x'.repeat(10_001) }])!, /10000 characters/);
  assert.match(messageOf(Array.from({ length: 21 }, () => ({ kind: 'label', labelIds: [] })))!, /20 effects/);
  assert.match(messageOf(undefined)!, /x-ticket: /);
  assert.equal(messageOf([{ kind: 'label', labelIds: [] }]), undefined);
});
