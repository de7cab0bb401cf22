import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, test } from 'node:test';
import { signToken } from '../testing/sign-token.ts';
import {
  createTestDashboard,
  createTestHost,
  createTestVisitor,
  databases,
  type TestHost,
} from '../testing/test-host.ts';
import { flowOf } from '../testing/test-workspace.ts';
import { postWebhook } from './post-webhook.ts';
import { isPrivateAddress } from './private-address.ts';

interface Received {
  path: string;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

const received: Received[] = [];
let statuses: number[] = [];
let retryAfter: string | undefined;
const receiver = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => (body += chunk));
  request.on('end', () => {
    received.push({ path: request.url ?? '', headers: request.headers, body });
    const status = statuses.shift() ?? 204;
    response
      .writeHead(status, {
        ...(status === 302 && { Location: 'http://127.0.0.1/other' }),
        ...(retryAfter !== undefined && { 'Retry-After': retryAfter }),
      })
      .end();
  });
}).listen(0, '127.0.0.1');
await once(receiver, 'listening');
const address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
after(() => void receiver.close());
beforeEach(() => {
  received.length = 0;
  statuses = [];
  retryAfter = undefined;
});

for (const database of databases) {
  describe(`webhooks on ${database.name}`, () => {
    let host: TestHost;
    before(async () => {
      host = await createTestHost({ allowPrivateWebhooks: true }, database);
    });
    after(() => host.close());

    /**
     * Creates a visitor of an inbox whose flow calls the receiver. With `subject` and `claims`, the visitor
     * is verified with a token of these claims.
     */
    async function begin(subject?: string, claims: object = {}) {
      const { inboxId, key, workspace } = await host.workspace({
        flows: [
          flowOf('flow_shop', {
            start: { kind: 'start', next: ['call'] },
            call: { kind: 'webhook', url: address, next: ['end'] },
            end: {
              kind: 'assign-human',
              agentIds: ['agt_budi'],
              teamIds: [],
              skipLastAiResponse: true,
              next: [],
            },
          }),
        ],
      });
      const identityKey = String(workspace.inboxes?.[0]?.identityKey);
      const exp = Math.floor(host.clock() / 1000) + 600;
      const identity =
        subject === undefined ? undefined : signToken({ sub: subject, exp, ...claims }, identityKey);
      const visitor = await createTestVisitor(host, inboxId, identity);
      const dashboard = createTestDashboard(host, key);
      const outcome = () =>
        host.until(async () => {
          const { id } = await dashboard.conversationOf(visitor.visitorId);
          return (await dashboard.log(id)).find((event) => event.type === 'webhook');
        });
      return { visitor, outcome, dashboard, inboxId };
    }

    test('a call describes the event, is signed, and its delivery is logged', async () => {
      const { visitor, outcome } = await begin();
      const { turnId } = await visitor.message('halo', { facts: { visitor: { name: 'Rina' } } });
      const event = await outcome();
      assert.ok(event.type === 'webhook' && event.outcome === 'delivered' && event.cardId === 'call');
      const [call] = received;
      assert.ok(call);
      const body = JSON.parse(call.body) as Record<string, unknown>;
      assert.deepEqual(
        [body['type'], body['turnId'], body['cardId'], body['firstMessage']],
        ['flow.webhook', turnId, 'call', { id: turnId, at: host.clock.iso(), text: 'halo' }],
      );
      assert.deepEqual(body['visitor'], { id: visitor.visitorId, verified: false, name: 'Rina' });
      assert.equal(call.headers['alur-event-id'], body['id']);
      const [, time, mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(call.headers['alur-signature'])) ?? [];
      assert.equal(
        mac,
        createHmac('sha256', 'webhook-secret-of-32-letters-or-more')
          .update(`${time}.${call.body}`)
          .digest('hex'),
      );
    });

    test('the body has the token’s subject of a verified visitor, and no name from a turn', async () => {
      const { visitor, outcome } = await begin('user-1', { attributes: { plan: 'gold' } });
      const claims = { name: 'CEO', email: 'ceo@shop.example', attributes: { plan: 'x', page: '/' } };
      await visitor.message('halo', { facts: { visitor: claims } });
      await outcome();
      assert.deepEqual((JSON.parse(received[0]!.body) as { visitor: unknown }).visitor, {
        id: visitor.visitorId,
        verified: true,
        subject: 'user-1',
        attributes: { plan: 'gold', page: '/' },
        verifiedAttributes: ['plan'],
      });
    });

    test('a busy receiver is called again later with the same id', async () => {
      statuses = [503, 429];
      const { visitor, outcome } = await begin();
      await visitor.message('halo');
      for (let attempt = 1; attempt <= 2; attempt++) {
        await host.until(async () => received.length === attempt);
        await host.until(async () => (await host.host.database.run('countJobs', { locked: true })) === 0);
        host.clock.pass(3_600_000);
        host.host.database.notify({ kind: 'jobs' });
      }
      await host.until(async () => (await host.host.database.run('countJobs', undefined)) === 0);
      assert.equal(new Set(received.map(({ headers }) => headers['alur-event-id'])).size, 1);
      assert.equal(
        await host.until(async () => (await host.host.database.run('countJobs', undefined)) === 0),
        true,
      );
      await visitor.renew();
      void outcome;
    });

    /** Waits until no webhook call is in progress. */
    const settled = () =>
      host.until(async () => (await host.host.database.run('countJobs', { locked: true })) === 0);

    /** Advances the clock and wakes the runner. */
    function pass(ms: number): void {
      host.clock.pass(ms);
      host.host.database.notify({ kind: 'jobs' });
    }

    test('a retry has the body of the first attempt, although the conversation changed', async () => {
      statuses = [503];
      const { visitor, dashboard } = await begin();
      await visitor.message('halo', { facts: { visitor: { name: 'Rina' } } });
      await host.until(async () => received.length === 1);
      await settled();
      const { id } = await dashboard.conversationOf(visitor.visitorId);
      await dashboard.send(`/v1/conversations/${id}/labels`, {
        method: 'PUT',
        body: { labelIds: ['lbl_vip'] },
      });
      await dashboard.resolve(id);
      await visitor.message('lagi', {
        facts: { visitor: { name: 'Sari' } },
        session: `ses_next_${id.slice(-5)}`,
      });
      pass(3_600_000);
      const isRepeated = ({ headers }: Received) =>
        headers['alur-event-id'] === received[0]!.headers['alur-event-id'];
      const calls = await host.until(async () => {
        const found = received.filter(isRepeated);
        return found.length === 2 && found;
      });
      assert.equal(calls[1]!.body, calls[0]!.body);
      const body = JSON.parse(calls[0]!.body) as { version: number; visitor: { name: string } };
      assert.deepEqual([body.version, body.visitor.name], [1, 'Rina']);
      // The call of the second session must not arrive during the next test.
      await host.until(async () => (await host.host.database.run('countJobs', undefined)) === 0);
    });

    test('erasing a visitor deletes the bodies of waiting calls', async () => {
      statuses = [503];
      const { visitor, inboxId } = await begin();
      await visitor.message('rahasia');
      await host.until(async () => received.length === 1);
      await settled();
      const before = await host.host.database.run('countJobs', undefined);
      const path = `/v1/widget/${inboxId}/visitor`;
      const erased = await host.call(path, { method: 'DELETE', token: visitor.token });
      assert.equal(erased.status, 204);
      assert.equal(await host.host.database.run('countJobs', undefined), before - 1);
      pass(3_600_000);
      await settled();
      assert.equal(received.length, 1);
    });

    test('a receiver is paused for Retry-After, at most one day', async (t) => {
      // The longest random wait.
      t.mock.method(Math, 'random', () => 0.999);
      for (const [header, waitMs] of [
        ['7200', 7_200_000],
        [new Date(host.clock() + 2 * 7_200_000 + 60_000).toUTCString(), 0],
        ['9999999', 24 * 3_600_000],
      ] as const) {
        received.length = 0;
        statuses = [429];
        retryAfter = header;
        const least = waitMs || Date.parse(header) - host.clock();
        const { visitor } = await begin();
        await visitor.message('halo');
        await host.until(async () => received.length === 1);
        await settled();
        pass(least - 1_000);
        // After this operation, the claim before it has run and found no job.
        await host.host.database.run('ping', undefined);
        await settled();
        assert.equal(received.length, 1, header);
        pass(1_000 + least / 20);
        await host.until(async () => received.length === 2);
        await host.until(async () => (await host.host.database.run('countJobs', undefined)) === 0);
      }
    });

    test('jobs stored while the clock was ahead run after the clock is corrected', async () => {
      statuses = [503];
      host.clock.pass(4 * 365 * 86_400_000);
      const { visitor } = await begin();
      await visitor.message('halo');
      await host.until(async () => received.length === 1);
      await settled();
      pass(-4 * 365 * 86_400_000);
      await host.until(async () => received.length === 2);
      await host.until(async () => (await host.host.database.run('countJobs', undefined)) === 0);
    });

    test('a permanent rejection by the receiver is not retried, and the reason is logged', async () => {
      statuses = [410];
      const { visitor, outcome } = await begin();
      await visitor.message('halo');
      const event = await outcome();
      assert.ok(event.type === 'webhook' && event.outcome === 'failed' && /410/.test(event.detail ?? ''));
    });
  });
}

const call = { id: 'e', secret: null, nowMs: 0, allowPrivate: false, signal: new AbortController().signal };

test('a private address is not called, in any notation', async () => {
  for (const url of [
    address,
    'http://localhost/x',
    'http://[::1]/x',
    'http://[::ffff:127.0.0.1]/x',
    'http://2130706433/x',
    'http://0x7f.1/x',
    'http://169.254.169.254/latest/meta-data',
    'http://[fd00::1]/',
    'file:///etc/passwd',
    'ftp://example.com/',
    'nonsense',
  ]) {
    const result = await postWebhook(url, '{}', call);
    assert.ok(!result.ok && result.isFinal, url);
  }
  assert.equal(received.length, 0);
});

test('a redirect is not followed', async () => {
  statuses = [302];
  const result = await postWebhook(address, '{}', { ...call, allowPrivate: true });
  assert.ok(!result.ok && result.isFinal && /302/.test(result.detail));
  assert.equal(received.length, 1);
});

test('the public internet is public, everything else is not', () => {
  for (const address of ['8.8.8.8', '1.1.1.1', '172.32.0.1', '2606:4700::1111', '2a00:1450::1'])
    assert.equal(isPrivateAddress(address), false, address);
  for (const address of [
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.9.9.9',
    '169.254.169.254',
    '172.16.0.1',
    '192.168.1.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:10.0.0.1',
    '64:ff9b::a00:1',
    'fe80::1',
    'fc00::1',
    'ff02::1',
    '2001:db8::1',
    '2002:7f00:1::',
  ])
    assert.equal(isPrivateAddress(address), true, address);
});

test('a URL that parses but cannot be called fails permanently', async () => {
  const call = {
    id: 'j',
    secret: null,
    nowMs: 0,
    allowPrivate: true,
    signal: new AbortController().signal,
  };
  const result = await postWebhook('http://user:%ZZ@127.0.0.1/', '{}', call);
  assert.deepEqual([result.ok, !result.ok && result.isFinal], [false, true]);
});
