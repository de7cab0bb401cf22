import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { ProblemDetails, PublicFlow, VisitorSession, WidgetConfig } from '@alur/protocol';
import { signToken } from '../testing/sign-token.ts';
import {
  createTestDashboard,
  createTestHost,
  createTestVisitor,
  databases,
  type TestHost,
} from '../testing/test-host.ts';

const SHOP = { Origin: 'https://shop.example' };
const STRANGER = { Origin: 'https://stranger.example' };

for (const database of databases) {
  describe(`the visitor API on ${database.name}`, () => {
    let host: TestHost;
    before(async () => {
      host = await createTestHost({}, database);
    });
    after(() => host.close());

    const seconds = () => Math.floor(host.clock() / 1000);

    test('the configuration names the live version, its zone tables and the host’s clock', async () => {
      const { inboxId } = await host.workspace();
      const { status, headers, body } = await host.call<WidgetConfig>(`/v1/widget/${inboxId}/config`);
      assert.equal(status, 200);
      assert.deepEqual(body.flow, { id: 'flow_shop', version: 1 });
      assert.equal(body.zones['Asia/Jakarta']?.[0]?.[1], 420);
      assert.equal(body.serverTime, host.clock.iso());
      assert.equal(headers.get('Cache-Control'), 'public, max-age=60');
      assert.doesNotMatch(JSON.stringify(body), /identity|signing/);
    });

    test('an unchanged configuration returns 304, a changed one returns 200', async () => {
      const { inboxId, key } = await host.workspace();
      const path = `/v1/widget/${inboxId}/config`;
      const etag = (await host.call(path)).headers.get('ETag') ?? '';
      host.clock.pass(5_000);
      const same = await host.call(path, { headers: { 'If-None-Match': etag } });
      assert.deepEqual([same.status, same.headers.get('ETag')], [304, etag]);
      await createTestDashboard(host, key).send(`/v1/inboxes/${inboxId}`, {
        method: 'PATCH',
        body: { appearance: { title: 'Bantuan' } },
      });
      assert.equal((await host.call(path, { headers: { 'If-None-Match': etag } })).status, 200);
    });

    test('office hours are set by the dashboard and sent to widgets as time ranges', async () => {
      const { inboxId, key } = await host.workspace();
      const dashboard = createTestDashboard(host, key);
      const config = async () =>
        (await host.call<WidgetConfig>(`/v1/widget/${inboxId}/config`)).body.officeHours;
      const patch = (officeHours: unknown) =>
        host.call<ProblemDetails & { officeHours?: unknown }>(`/v1/inboxes/${inboxId}`, {
          method: 'PATCH',
          token: key,
          body: { officeHours },
        });
      assert.equal(await config(), undefined);
      const hours = {
        timeZone: 'Asia/Jakarta',
        ranges: [{ from: '09:00', to: '17:00', days: [1, 2, 3, 4, 5] }],
      };
      assert.deepEqual((await patch(hours)).body.officeHours, hours);
      assert.deepEqual(
        (await dashboard.send<{ officeHours: unknown }>(`/v1/inboxes/${inboxId}`)).officeHours,
        hours,
      );
      // The test clock is on Sunday 2026-11-22.
      assert.deepEqual(
        (await config())?.[0]?.map((ms) => new Date(ms).toISOString()),
        ['2026-11-23T02:00:00.000Z', '2026-11-23T10:00:00.000Z'],
      );
      for (const wrong of [
        { ...hours, timeZone: 'Asia/Atlantis' },
        { ...hours, ranges: [{ from: '9:00', to: '17:00' }] },
        { ...hours, ranges: [{ from: '24:00', to: '17:00' }] },
        { ...hours, ranges: [{ from: '09:00', to: '17:00', days: [0] }] },
        { ...hours, ranges: [{ from: '09:00', to: '17:00', days: [] }] },
      ])
        assert.deepEqual(
          [(await patch(wrong)).status, (await patch(wrong)).body.code],
          [400, 'invalid_request'],
        );
      assert.equal((await patch(null)).body.officeHours, null);
      assert.equal(await config(), undefined);
    });

    test('an inbox that is not Web Livechat has no widget', async () => {
      const { inboxId } = await host.workspace({
        inboxes: [{ id: `inb_wa_${database.name}`, name: 'WA', type: 'whatsapp', flow: null }],
      });
      const { status, body } = await host.call<ProblemDetails>(`/v1/widget/${inboxId}/config`);
      assert.deepEqual([status, body.code], [409, 'inbox_type']);
    });

    test('a public flow is immutable, has no ids of agents, and is served only for inboxes that use it', async () => {
      const [one, other] = [await host.workspace(), await host.workspace({ flows: [], inboxes: [] })];
      const path = '/flows/flow_shop/versions/1';
      const { headers, body } = await host.call<PublicFlow>(`/v1/widget/${one.inboxId}${path}`);
      assert.match(headers.get('Cache-Control') ?? '', /immutable/);
      assert.doesNotMatch(JSON.stringify(body), /agt_|team_|lbl_|ai_cs/);
      for (const missing of [
        `/v1/widget/${one.inboxId}/flows/flow_shop/versions/2`,
        `/v1/widget/${one.inboxId}/flows/flow_other/versions/1`,
        `/v1/widget/${other.inboxId || 'inb_none'}${path}`,
      ])
        assert.equal((await host.call(missing)).status, 404, missing);
    });

    test('an origin that is not listed is rejected, also in the preflight', async () => {
      const { inboxId } = await host.workspace();
      const path = `/v1/widget/${inboxId}/config`;
      const allowed = await host.call(path, { headers: SHOP });
      assert.equal(allowed.headers.get('Access-Control-Allow-Origin'), SHOP.Origin);
      assert.match(allowed.headers.get('Vary') ?? '', /Origin/);
      assert.equal(allowed.headers.get('Access-Control-Expose-Headers'), 'ETag, Retry-After, Date');
      const refused = await host.call<ProblemDetails>(path, { headers: STRANGER });
      assert.deepEqual([refused.status, refused.body.code], [403, 'origin_not_allowed']);
      assert.equal(refused.headers.get('Access-Control-Allow-Origin'), STRANGER.Origin, 'it may read why');
      const other = await host.call(`/v1/widget/${inboxId}/conversation`, { headers: STRANGER });
      assert.deepEqual([other.status, other.headers.get('Access-Control-Allow-Origin')], [403, null]);
      const preflight = await host.call(path, { method: 'OPTIONS', headers: SHOP });
      assert.deepEqual([preflight.status, preflight.headers.get('Access-Control-Max-Age')], [204, '7200']);
      assert.equal((await host.call(path, { method: 'OPTIONS', headers: STRANGER })).status, 403);
    });

    test('problem responses have the CORS headers, so that the widget can read them', async () => {
      const { inboxId } = await host.workspace();
      const answer = await host.call<ProblemDetails>(`/v1/widget/${inboxId}/conversation`, { headers: SHOP });
      assert.equal(answer.status, 401);
      assert.equal(answer.headers.get('Access-Control-Allow-Origin'), SHOP.Origin);
      const unknown = await host.call<ProblemDetails>('/v1/widget/inb_nowhere/config', { headers: SHOP });
      assert.deepEqual([unknown.status, unknown.body.code], [404, 'not_found']);
      assert.equal(unknown.headers.get('Access-Control-Allow-Origin'), SHOP.Origin);
    });

    test('a request that any page can send without a preflight is rejected', async () => {
      const { inboxId } = await host.workspace();
      const response = await host.host.app.request(`/v1/widget/${inboxId}/visitors`, {
        method: 'POST',
        headers: { 'Content-Type': 'text/plain' },
        body: '{}',
      });
      assert.equal(response.status, 400);
    });

    test('a visitor’s token is valid only for that visitor and inbox, and until it expires', async () => {
      const [one, other] = [await host.workspace(), await host.workspace()];
      const visitor = await createTestVisitor(host, one.inboxId);
      const path = (inboxId: string) => `/v1/widget/${inboxId}/conversation`;
      assert.equal((await host.call(path(one.inboxId), { token: visitor.token })).status, 200);
      assert.equal((await host.call(path(other.inboxId), { token: visitor.token })).status, 401);
      assert.equal((await host.call('/v1/conversations', { token: visitor.token })).status, 401);
      host.clock.pass(17 * 60_000);
      const late = await host.call<ProblemDetails>(path(one.inboxId), { token: visitor.token });
      assert.deepEqual([late.status, late.body.code], [401, 'token_expired']);
      await visitor.renew();
      assert.equal((await host.call(path(one.inboxId), { token: visitor.token })).status, 200);
    });

    test('a reused refresh token returns the same successor until that one is used, and revokes the family one minute later', async () => {
      const { inboxId } = await host.workspace();
      const { refreshToken } = await createTestVisitor(host, inboxId);
      const refresh = (token: string) =>
        host.call<VisitorSession & ProblemDetails>(`/v1/widget/${inboxId}/visitors/refresh`, {
          body: { refreshToken: token },
        });
      const [first, second] = await Promise.all([refresh(refreshToken), refresh(refreshToken)]);
      assert.equal(first.body.refreshToken, second.body.refreshToken);
      host.clock.pass(5 * 86_400_000);
      const late = await refresh(refreshToken);
      assert.equal(late.body.refreshToken, first.body.refreshToken, 'the answers were lost for days');
      const next = await refresh(first.body.refreshToken);
      assert.equal(next.status, 200);
      host.clock.pass(60_000);
      const slow = await refresh(refreshToken);
      assert.equal(slow.body.refreshToken, first.body.refreshToken, 'a second tab had asked as well');
      host.clock.pass(1);
      const stolen = await refresh(refreshToken);
      assert.deepEqual([stolen.status, stolen.body.code], [401, 'unauthenticated']);
      assert.equal((await refresh(next.body.refreshToken)).status, 401, 'the whole family is dead');
    });

    test('reuse of a refresh token revokes the family one minute after its successor was used', async () => {
      const { inboxId } = await host.workspace();
      const { refreshToken } = await createTestVisitor(host, inboxId);
      const refresh = (token: string) =>
        host.call<VisitorSession>(`/v1/widget/${inboxId}/visitors/refresh`, {
          body: { refreshToken: token },
        });
      const second = (await refresh(refreshToken)).body.refreshToken;
      const third = (await refresh(second)).body.refreshToken;
      host.clock.pass(60_001);
      assert.equal((await refresh(refreshToken)).status, 401);
      assert.equal((await refresh(third)).status, 401);
    });

    test('a verified visitor has one id on every device, and attributes do not overwrite the identity', async () => {
      const { inboxId, key, workspace } = await host.workspace();
      const identityKey = String(workspace.inboxes?.[0]?.identityKey);
      const identity = signToken({ sub: 'user-1', name: 'Dewi', exp: seconds() + 600 }, identityKey);
      const [phone, desk] = [
        await createTestVisitor(host, inboxId, identity),
        await createTestVisitor(host, inboxId, identity),
      ];
      assert.equal(phone.visitorId, desk.visitorId);
      assert.equal(phone.verified, true);
      const { run } = await phone.message('halo', {
        facts: { visitor: { name: 'Admin', email: 'x@y.example' } },
      });
      assert.equal(run.facts.visitor?.name, 'Dewi');
      const { visitor } = await createTestDashboard(host, key).conversationOf(phone.visitorId);
      assert.deepEqual([visitor.verified, visitor.name, visitor.email], [true, 'Dewi', undefined]);
      assert.equal(run.facts.visitor?.email, undefined, 'an address that no token states');
    });

    test('an identity token with a wrong signature, an invalid time or another algorithm than HS256 is rejected', async () => {
      const { inboxId, workspace } = await host.workspace();
      const key = String(workspace.inboxes?.[0]?.identityKey);
      const claims = { sub: 'user-1', exp: seconds() + 600 };
      const [head, body] = signToken(claims, key).split('.');
      const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`;
      for (const [why, identity] of [
        ['another key', signToken(claims, 'other')],
        ['expired', signToken({ ...claims, exp: seconds() - 120 }, key)],
        ['no expiry', signToken({ sub: 'user-1' }, key)],
        ['too far ahead', signToken({ ...claims, exp: seconds() + 90_000 }, key)],
        ['no subject', signToken({ exp: claims.exp }, key)],
        ['another audience', signToken({ ...claims, aud: 'inb_other' }, key)],
        ['alg none', none],
        ['no signature', `${head}.${body}.`],
        ['empty', ''],
        ['nonsense', 'a.b.c'],
      ] as const) {
        const answer = await host.call(`/v1/widget/${inboxId}/visitors`, { body: { identity } });
        assert.equal(answer.status, 401, why);
      }
    });

    test('input outside the contract is rejected with the path and the reason', async () => {
      const { inboxId } = await host.workspace();
      const { token, say } = await createTestVisitor(host, inboxId);
      const path = `/v1/widget/${inboxId}/turns`;
      const good = say('halo');
      for (const [why, body, status] of [
        ['no JSON', '{', 400],
        ['no id', { ...good, id: undefined }, 400],
        ['bad id', { ...good, id: 'a/b' }, 400],
        ['other input id', { ...good, input: { ...good.input, id: 'x' } }, 400],
        ['long text', { ...good, input: { ...good.input, text: 'x'.repeat(4001) } }, 400],
        ['bad time', { ...good, input: { ...good.input, at: 'yesterday' } }, 400],
        ['large', { ...good, facts: { visitor: { name: 'x'.repeat(70_000) } } }, 413],
      ] as const) {
        const answer = await host.call<ProblemDetails>(path, { token, body });
        assert.equal(answer.status, status, why);
        assert.ok(answer.body.requestId);
      }
      const emoji = '\u{1F600}'.repeat(4000);
      assert.equal((await host.call(path, { token, body: say(emoji) })).status, 200, '4,000 code points');
    });

    test('messages before a log number are paginated', async () => {
      const { inboxId } = await host.workspace();
      const visitor = await createTestVisitor(host, inboxId);
      for (let count = 0; count < 5; count++) await visitor.message(`nomor ${count}`);
      const newest = await visitor.snapshot('?limit=2');
      assert.equal(newest.more, true);
      const older = await visitor.snapshot(`?limit=200&before=${newest.messages[0]?.seq}`);
      assert.equal(older.more, false);
      const all = (await visitor.snapshot('?limit=200')).messages;
      assert.deepEqual([...older.messages, ...newest.messages], all);
    });

    test('unread counts messages that the visitor has not seen, and both sides receive the read mark', async () => {
      const { inboxId, key } = await host.workspace();
      const visitor = await createTestVisitor(host, inboxId);
      const dashboard = createTestDashboard(host, key);
      await visitor.message('vip');
      const { id } = await dashboard.conversationOf(visitor.visitorId);
      const { seq } = await dashboard.reply(id, 'Satu');
      await dashboard.reply(id, 'Dua');
      assert.equal((await visitor.snapshot()).unread, 2);
      const read = (upTo: number) =>
        host.call(`/v1/widget/${inboxId}/read`, { token: visitor.token, body: { seq: upTo } });
      assert.equal((await read(seq)).status, 204);
      assert.equal((await visitor.snapshot()).unread, 1);
      await read(1);
      assert.equal((await visitor.snapshot()).unread, 1, 'a lower number changes nothing');
      await visitor.message('lagi');
      assert.equal((await dashboard.conversationOf(visitor.visitorId)).unread, 1);
      const before = (await visitor.snapshot()).readSeq ?? 0;
      await dashboard.send(`/v1/conversations/${id}/read`, { body: { seq: 9_999 } });
      assert.ok(((await visitor.snapshot()).readSeq ?? 0) > before);
    });

    test('an unknown path and a wrong method return problem documents', async () => {
      const { status, body, headers } = await host.call<ProblemDetails>('/v2/nothing');
      assert.deepEqual([status, body.code], [404, 'not_found']);
      assert.equal(headers.get('Content-Type'), 'application/problem+json');
      assert.equal((await host.call('/v1/health', { method: 'DELETE' })).status, 404);
    });

    test('a cursor of another log, or beyond the end, is rejected as expired', async () => {
      const { inboxId } = await host.workspace();
      const [one, other] = [await createTestVisitor(host, inboxId), await createTestVisitor(host, inboxId)];
      await one.message('halo');
      await other.message('halo');
      const { cursor } = await one.snapshot();
      for (const after of [(await other.snapshot()).cursor, `${cursor}99`, 'nonsense']) {
        const path = `/v1/widget/${inboxId}/events?after=${after}`;
        const answer = await host.call<ProblemDetails>(path, { token: one.token });
        assert.deepEqual([answer.status, answer.body.code], [410, 'cursor_expired'], after);
      }
      assert.deepEqual((await one.events(cursor)).events, []);
    });
  });
}

test('requests over a limit get Retry-After', async (t) => {
  const host = await createTestHost({ limits: { visitorsPerAddress: { burst: 2, perMinute: 6 } } });
  t.after(() => host.close());
  const { inboxId } = await host.workspace();
  const begin = () => host.call<ProblemDetails>(`/v1/widget/${inboxId}/visitors`, { body: {} });
  assert.deepEqual([(await begin()).status, (await begin()).status], [201, 201]);
  const limited = await begin();
  assert.deepEqual([limited.status, limited.body.code], [429, 'rate_limited']);
  assert.equal(limited.headers.get('Retry-After'), '10');
  host.clock.pass(10_000);
  assert.equal((await begin()).status, 201);
});
