import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { VisitorSession } from '@alur/protocol';
import type { Database } from '../database/database.ts';
import { signToken } from '../testing/sign-token.ts';
import { HostProblem } from '../problem.ts';
import {
  createClock,
  createTestHost,
  databases,
  type TestHost,
  type TestWorkspace,
} from '../testing/test-host.ts';
import { createTimers } from '../testing/test-timers.ts';
import { createAccessWatch } from './access-watch.ts';
import type { Reader } from './reader.ts';

for (const database of databases)
  describe(`stream credentials on ${database.name}`, () => {
    const clock = createClock();
    const timers = createTimers(clock);
    let host: TestHost;
    let at: TestWorkspace;
    before(async () => {
      host = await createTestHost({ clock, after: timers.after }, database);
      at = await host.workspace();
      await host.host.listen(0, '127.0.0.1');
    });
    after(() => host.close());

    /** Opens a stream and reads it to its end. */
    async function open(path: string, token: string) {
      const response = await fetch(`${host.host.url}${path}`, {
        headers: { Authorization: `Bearer ${token}` },
      });
      let text = '';
      let hasEnded = false;
      const read = async (): Promise<void> => {
        for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) text += chunk;
        hasEnded = true;
      };
      const ended = response.ok ? read() : Promise.resolve();
      if (response.ok) await host.until(async () => text.includes('event: hello'));
      return { status: response.status, ended, hasEnded: () => hasEnded, text: () => text };
    }

    const begin = async (): Promise<VisitorSession> => {
      const begun = await host.call<VisitorSession>(`/v1/widget/${at.inboxId}/visitors`, { body: {} });
      return begun.body;
    };
    const refresh = (refreshToken: string) =>
      host.call<VisitorSession>(`/v1/widget/${at.inboxId}/visitors/refresh`, { body: { refreshToken } });
    const stream = () => `/v1/widget/${at.inboxId}/stream`;

    test('access tokens expire after a random time of 12 to 15 minutes', async () => {
      const lives = new Set<number>();
      for (let visitor = 0; visitor < 12; visitor++) lives.add((await begin()).expiresIn);
      assert.ok(lives.size > 1);
      for (const seconds of lives) assert.ok(seconds >= 720 && seconds <= 900, `${seconds} s`);
    });

    test('a visitor’s stream ends with bye in the last 30 s of its token', async () => {
      const { token, expiresIn } = await begin();
      const line = await open(stream(), token);
      timers.pass((expiresIn - 31) * 1000);
      // A new heartbeat shows that the stream is still open.
      const beats = line.text().split('\n:').length;
      await host.until(async () => line.text().split('\n:').length >= beats);
      assert.equal(line.hasEnded(), false);
      timers.pass(31_000);
      await line.ended;
      assert.match(line.text(), /event: bye\ndata: \{"retryMs":\d+\}\n\n$/);
    });

    test('an agent’s stream ends with bye before its token expires', async () => {
      const exp = Math.floor(clock() / 1000) + 600;
      const claims = { iss: at.accountId, sub: 'agt_budi', roles: ['agent'], exp };
      const line = await open('/v1/live', signToken(claims, at.workspace.account.signingKey));
      timers.pass(569_000);
      assert.equal(line.hasEnded(), false);
      timers.pass(31_000);
      await line.ended;
      assert.match(line.text(), /event: bye/);
    });

    test('after the reuse of a stolen refresh token its family’s streams end and its access tokens are rejected', async () => {
      const first = await begin();
      const second = (await refresh(first.refreshToken)).body;
      await refresh(second.refreshToken);
      const line = await open(stream(), second.token);
      const other = await open(stream(), (await begin()).token);
      timers.pass(61_000);
      assert.equal((await refresh(first.refreshToken)).status, 401);
      await line.ended;
      assert.equal((await open(stream(), second.token)).status, 401);
      assert.equal(
        (await host.call(`/v1/widget/${at.inboxId}/conversation`, { token: second.token })).status,
        401,
      );
      assert.equal(other.hasEnded(), false);
      timers.pass(900_000);
      await other.ended;
    });
  });

describe('an access watch', () => {
  const clock = createClock();
  const timers = createTimers(clock);
  const revoked = new Set<string>();
  const asked: string[][] = [];
  const database = {
    async run(_name: string, { families }: { families: string[] }) {
      asked.push(families);
      return families.filter((family) => revoked.has(family));
    },
  } as unknown as Database;
  const watch = createAccessWatch({
    database,
    clock,
    after: timers.after,
    random: () => 0.5,
    logger: console,
  });
  const settled = () => new Promise<void>((done) => setImmediate(done));
  function reader() {
    const state = { isOpen: true, sent: [] as string[] };
    const fake = {
      send: (event: string) => state.sent.push(event),
      end: () => (state.isOpen = false),
    } as unknown as Reader;
    return { state, fake };
  }

  test('checks again within 20 s without a host event, with a bounded number of statements', async () => {
    const lines = Array.from({ length: 1_200 }, (_, number) => {
      const { state, fake } = reader();
      watch.watch(fake, { expiresAt: null, family: `fam_${number}`, authenticate: null });
      return state;
    });
    revoked.add('fam_1100');
    timers.pass(9_000);
    await settled();
    assert.deepEqual(
      asked.map(({ length }) => length),
      [500, 500, 200],
    );
    assert.deepEqual(
      lines.flatMap(({ isOpen }, number) => (isOpen ? [] : [number])),
      [1_100],
    );
  });

  test('ends a stream whose credentials are rejected, immediately when settings change', async () => {
    const { state, fake } = reader();
    let code: 'unauthenticated' | 'token_expired' | 'overloaded' | null = null;
    watch.watch(fake, {
      expiresAt: null,
      family: null,
      authenticate: async () => {
        if (code) throw new HostProblem(code, '');
      },
    });
    for (const harmless of [null, 'overloaded', 'token_expired'] as const) {
      code = harmless;
      watch.onHostEvent({ kind: 'settings' });
      await settled();
      assert.equal(state.isOpen, true, String(harmless));
    }
    code = 'unauthenticated';
    watch.onHostEvent({ kind: 'settings' });
    await settled();
    assert.equal(state.isOpen, false);
  });
});
