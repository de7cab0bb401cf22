import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ClientError } from '../client-error.ts';
import { createMemoryStorage } from '../storage/memory-storage.ts';
import { fakeRuntime, settle } from '../testing/fake-runtime.ts';
import { createCredentials } from './credentials.ts';

const TOKENS = { token: 't', expiresIn: 900, verified: false, serverTime: '2026-02-03T04:05:06.000Z' };

function setUp() {
  const runtime = fakeRuntime();
  const storage = createMemoryStorage();
  const calls: string[] = [];
  const sessions: boolean[] = [];
  let count = 0;
  const session = (visitorId: string) => {
    count += 1;
    const tokens = { token: `token-${count}`, refreshToken: `refresh-${count}` };
    return { visitorId, ...tokens, expiresIn: 900, serverTime: '2026-02-03T04:05:06.000Z' };
  };
  let erased = false;
  const credentials = createCredentials({
    runtime,
    storage: async () => storage,
    create: async () => {
      calls.push('create');
      return session(erased ? 'other' : 'one');
    },
    refresh: async (token) => {
      calls.push(`refresh ${token}`);
      if (erased) throw new ClientError('unauthenticated', 'gone', { status: 401 });
      return session('one');
    },
    exclusively: (action) => action(),
    onSession: (_, isNew) => sessions.push(isNew),
  });
  return { credentials, calls, sessions, runtime, storage, erase: () => (erased = true) };
}

test('no request is sent before the first token call, then one for all concurrent callers', async () => {
  const { credentials, calls, sessions } = setUp();
  assert.deepEqual(calls, []);
  const tokens = await Promise.all(Array.from({ length: 50 }, () => credentials.token()));
  assert.deepEqual(new Set(tokens), new Set(['token-1']));
  assert.deepEqual(calls, ['create']);
  assert.deepEqual(sessions, [true]);
});

test('an expired or rejected token is refreshed once', async () => {
  const { credentials, calls, runtime } = setUp();
  await credentials.token();
  await runtime.pass(880_000);
  assert.equal(await credentials.token(), 'token-2');
  credentials.reject('token-1');
  assert.equal(await credentials.token(), 'token-2', 'an old rejection is ignored');
  credentials.reject('token-2');
  await Promise.all([credentials.token(), credentials.token()]);
  assert.deepEqual(calls, ['create', 'refresh refresh-1', 'refresh refresh-2']);
});

test('the refresh token that another tab stored is used', async () => {
  const { credentials, calls, storage } = setUp();
  await credentials.token();
  await storage.write('visitor', { visitorId: 'one', refreshToken: 'from-elsewhere' });
  credentials.reject('token-1');
  await credentials.token();
  assert.equal(calls.at(-1), 'refresh from-elsewhere');
});

test('a visitor that the host has deleted is created again', async () => {
  const { credentials, calls, sessions, erase } = setUp();
  await credentials.token();
  erase();
  credentials.reject('token-1');
  assert.equal(await credentials.token(), 'token-2');
  assert.deepEqual(calls, ['create', 'refresh refresh-1', 'create']);
  assert.deepEqual(sessions, [true, true]);
});

test('two tabs that create a visitor at the same time without locks both use the first one', async () => {
  const storage = createMemoryStorage();
  let count = 0;
  const visitors: string[] = [];
  const tab = () => {
    const session = (visitorId: string) => ({ ...TOKENS, visitorId, refreshToken: `refresh-${++count}` });
    return createCredentials({
      runtime: fakeRuntime(),
      storage: async () => storage,
      create: async () => session(`visitor-${count + 1}`),
      refresh: async () => session(((await storage.read('visitor')) as { visitorId: string }).visitorId),
      exclusively: (action) => action(),
      onSession: ({ visitorId }) => visitors.push(visitorId),
    });
  };
  await Promise.all([tab().token(), tab().token()]);
  assert.equal(new Set(visitors).size, 1);
});

test('a tab that receives a late response does not restore an old refresh token', async () => {
  const { credentials, storage } = setUp();
  await credentials.token();
  const answer = withResolvers<void>();
  const sleeper = createCredentials({
    runtime: fakeRuntime(),
    storage: async () => storage,
    create: () => Promise.reject(new Error('A visitor exists.')),
    refresh: async () => {
      await answer.promise;
      return { ...TOKENS, visitorId: 'one', refreshToken: 'refresh-late' };
    },
    exclusively: (action) => action(),
    onSession() {},
  });
  const waking = sleeper.token();
  await settle();
  credentials.reject('token-1');
  await credentials.token();
  answer.resolve();
  await waking;
  assert.deepEqual(await storage.read('visitor'), { visitorId: 'one', refreshToken: 'refresh-2' });
});

test('the access token is never stored', async () => {
  const { credentials, storage } = setUp();
  await credentials.token();
  assert.deepEqual(await storage.read('visitor'), { visitorId: 'one', refreshToken: 'refresh-1' });
});

function withResolvers<T>() {
  let resolve!: (value: T) => void;
  return { promise: new Promise<T>((fulfil) => (resolve = fulfil)), resolve };
}
