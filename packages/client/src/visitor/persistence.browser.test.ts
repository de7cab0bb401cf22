import { createMemoryStorage } from '../storage/memory-storage.ts';
import { openTabStorage } from '../storage/tab-storage.ts';
import { databaseNames, equal, until } from '../testing/page.ts';
import { createVisitorClient, type VisitorClient } from './visitor-client.ts';
import type { VisitorSignal } from './visitor-signal.ts';
import {
  hasVisitorRecord,
  markConsent,
  markVisitor,
  storageName,
  type VisitorPlace,
} from './visitor-marker.ts';

const TIME = '2026-02-03T04:05:06.000Z';
const SNAPSHOT = {
  session: null,
  run: null,
  messages: [],
  more: false,
  handler: null,
  seq: 0,
  cursor: 'c',
  unread: 2,
};

/** A host with one visitor per refresh token. It accepts no turns, so queued turns stay in the outbox. */
function fakeHost() {
  const calls: string[] = [];
  let visitors = 0;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const path = String(input).replace(/.*\/inb[^/]*\//, '');
    calls.push(path.replace(/\?.*/, ''));
    const tokens = (id: string) =>
      Response.json({ visitorId: id, token: id, refreshToken: id, expiresIn: 900, serverTime: TIME });
    if (path === 'visitors') return tokens(`v${(visitors += 1)}`);
    if (path === 'visitors/refresh')
      return tokens((JSON.parse(String(init!.body)) as { refreshToken: string }).refreshToken);
    if (path.startsWith('conversation')) return Response.json({ ...SNAPSHOT, serverTime: TIME });
    throw new TypeError('The fake host has no such route.');
  };
  return { fetch, calls };
}

describe('how long a visitor is remembered', () => {
  let clients: VisitorClient[] = [];
  let count = 0;
  const freshInbox = () => `inb-${Date.now()}-${(count += 1)}`;
  function start(place: Omit<VisitorPlace, 'host'>, host = fakeHost()) {
    const client = createVisitorClient({
      host: 'https://host.test',
      ...place,
      runtime: { fetch: host.fetch },
      ...(place.persist === 'tab' && { storage: openTabStorage }),
    });
    const signals: VisitorSignal[] = [];
    client.subscribe((signal) => signals.push(signal));
    clients.push(client);
    const visitor = () => signals.findLast((signal) => signal.kind === 'visitor')?.visitorId;
    const waiting = () => signals.findLast((signal) => signal.kind === 'outbox')?.entries.map(({ id }) => id);
    return { client, signals, host, visitor, waiting };
  }
  const say = (client: VisitorClient, id: string) =>
    client.submit({ id, session: 's', input: { kind: 'message', id, at: TIME, text: 'Halo' } });
  const traces = async (inbox: string) => ({
    local: Object.keys(localStorage).filter((key) => key.includes(inbox)).length,
    tab: Object.keys(sessionStorage).filter((key) => key.includes(inbox)).length,
    databases: (await databaseNames()).filter((name) => name.includes(inbox)).length,
  });
  afterEach(() => {
    for (const client of clients) client.close();
    clients = [];
  });

  it('none: nothing is stored, and the next page starts with a new visitor', async () => {
    const inboxId = freshInbox();
    const { client, visitor, host } = start({ inboxId, persist: 'none' });
    client.connect();
    await say(client, 'a');
    await until(visitor);
    equal(await traces(inboxId), { local: 0, tab: 0, databases: 0 });
    client.close();
    const next = start({ inboxId, persist: 'none' }, host);
    next.client.connect();
    await until(next.visitor);
    equal([next.visitor(), next.waiting()], ['v2', []]);
  });

  it('tab: the visitor and the queue are stored in sessionStorage only', async () => {
    const inboxId = freshInbox();
    const { client, visitor, host } = start({ inboxId, persist: 'tab' });
    client.connect();
    await say(client, 'a');
    await until(visitor);
    const { local, tab, databases } = await traces(inboxId);
    equal([local, tab > 0, databases], [0, true, 0]);
    client.close();
    await until(async () =>
      (await navigator.locks.query()).held!.every(({ name }) => !name!.includes(inboxId)),
    );
    const next = start({ inboxId, persist: 'tab' }, host);
    next.client.connect();
    await until(next.visitor);
    equal([next.visitor(), next.waiting()], ['v1', ['a']]);
    await next.client.forget();
    equal(await traces(inboxId), { local: 0, tab: 0, databases: 0 });
  });

  it('tab: a duplicated tab starts with a new visitor, because two tabs cannot share one', async () => {
    const name = storageName({ host: 'https://host.test', inboxId: freshInbox() });
    const original = await openTabStorage(name, () => {});
    await original.write('visitor', { visitorId: 'v' });
    const copy = await openTabStorage(name, () => {});
    equal(await copy.read('visitor'), undefined);
    equal(await original.read('visitor'), { visitorId: 'v' });
    original.close();
    copy.close();
  });

  it('tab: clearing the storage releases its lock and does not acquire it again', async () => {
    const name = storageName({ host: 'https://host.test', inboxId: freshInbox() });
    const isHeld = async () =>
      (await navigator.locks.query()).held!.some((lock) => lock.name!.startsWith(name));
    const storage = await openTabStorage(name, () => {});
    await until(isHeld);
    await storage.clear();
    await until(async () => !(await isHeld()), 'the lock was not released');
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await navigator.locks.request(`${name} after`, async () => {});
    equal(await isHeld(), false);
  });

  it('tab: a full sessionStorage falls back to memory and reports it', async () => {
    const { setItem } = Storage.prototype;
    let told = 0;
    const storage = await openTabStorage(freshInbox(), () => (told += 1));
    try {
      Storage.prototype.setItem = () => {
        throw new DOMException('', 'QuotaExceededError');
      };
      await storage.write('visitor', 'v');
      await storage.write('visitor', 'w');
    } finally {
      Storage.prototype.setItem = setItem;
    }
    equal([told, storage.durable, await storage.read('visitor')], [1, false, 'w']);
    storage.close();
  });

  it('browser: each user has a separate visitor, and peek() sends requests only for a stored one', async () => {
    const inboxId = freshInbox();
    const [ani, budi] = [
      { host: 'https://host.test', inboxId, who: 'ani' },
      { host: 'https://host.test', inboxId, who: 'budi' },
    ];
    const one = start(ani);
    one.client.connect();
    await until(one.visitor);
    equal([hasVisitorRecord(ani), hasVisitorRecord(budi)], [true, false]);
    one.client.close();
    const host = fakeHost();
    equal(await start(budi, host).client.peek(), null);
    equal([host.calls, (await traces(inboxId)).databases], [[], 1], 'peek() stores nothing');
    equal((await start(ani, host).client.peek())?.unread, 2);
    equal(host.calls, ['visitors/refresh', 'conversation']);
  });

  it('a marker without a stored visitor creates no visitor', async () => {
    const inboxId = freshInbox();
    const place = { host: 'https://host.test', inboxId };
    localStorage.setItem(storageName(place), '1');
    const { client, host } = start(place);
    equal(await client.peek(), null);
    equal(host.calls, []);
    await client.forget();
    await until(async () => (await traces(inboxId)).databases === 0, 'the empty database was not deleted');
    equal(await traces(inboxId), { local: 0, tab: 0, databases: 0 });
  });

  it('a sign-out without a known visitor clears all tabs; an erasure affects no other visitor', async () => {
    for (const persist of ['browser', 'tab'] as const) {
      const inboxId = freshInbox();
      const stay = start({ inboxId, who: 'ani', persist });
      for (const { client, visitor } of [
        stay,
        start({ inboxId, who: 'budi', persist }),
        start({ inboxId, persist }),
      ]) {
        client.connect();
        await say(client, 'a');
        await until(visitor);
      }
      const another = start({ inboxId: `${inboxId}0`, who: 'ani', persist });
      another.client.connect();
      await until(another.visitor);
      await start({ inboxId, who: 'budi', persist }).client.forget('reset', false);
      equal(hasVisitorRecord({ host: 'https://host.test', inboxId, who: 'ani', persist }), true);
      equal(hasVisitorRecord({ host: 'https://host.test', inboxId, who: 'budi', persist }), false);
      await start({ inboxId, persist }).client.forget();
      if (persist === 'browser')
        await until(
          () => stay.signals.some(({ kind }) => kind === 'forgotten'),
          'the other tab was not notified',
        );
      stay.client.close();
      const left = async () => {
        const { local, tab, databases } = await traces(`${inboxId}|`);
        return local + tab + databases + (await traces(inboxId)).local;
      };
      // The keys of another inbox start with the same text.
      await until(
        async () => (await left()) === (persist === 'browser' ? 1 : 0),
        'data was left on the device',
      );
      equal(
        hasVisitorRecord({ host: 'https://host.test', inboxId: `${inboxId}0`, who: 'ani', persist }),
        true,
      );
    }
  });

  it('forgetting all visitors also clears consent, and a stored note without a visitor counts as none', async () => {
    for (const persist of ['browser', 'tab'] as const) {
      const place = { host: 'https://host.test', inboxId: freshInbox(), persist };
      const store = persist === 'tab' ? sessionStorage : localStorage;
      for (const who of ['', 'ani', 'budi']) markConsent({ ...place, who }, true);
      markVisitor({ ...place, who: 'ani' }, true);
      for (const note of ['open', 'ani|kept']) store.setItem(storageName(place, note), note);
      const opened: string[] = [];
      const storage = async (name: string) => {
        opened.push(name);
        return createMemoryStorage();
      };
      await createVisitorClient({ ...place, storage }).forget();
      equal(opened, [storageName(place, 'ani')]);
      const left = Object.keys(store).filter((key) => key.includes(place.inboxId));
      equal(left.toSorted(), [storageName(place, 'ani|kept'), storageName(place, 'open')]);
      for (const key of left) store.removeItem(key);
    }
  });

  it('a page that was cached while another one forgot the visitor does not show the visitor again', async () => {
    for (const persist of ['browser', 'tab'] as const) {
      const inboxId = freshInbox();
      const cached = start({ inboxId, persist });
      cached.client.connect();
      await until(cached.visitor);
      dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
      const next = start({ inboxId, persist });
      await next.client.forget();
      // The next visitor of the device.
      const other = start({ inboxId, persist }, cached.host);
      other.client.connect();
      await say(other.client, 'b');
      await until(other.visitor);
      dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
      await until(
        () => cached.signals.some(({ kind }) => kind === 'forgotten'),
        `the cached page still has the visitor (${persist})`,
      );
      equal(
        other.signals.some(({ kind }) => kind === 'forgotten'),
        false,
      );
    }
  });

  it('a page that was cached without a change keeps its visitor', async () => {
    const { client, visitor, signals, host } = start({ inboxId: freshInbox() });
    client.connect();
    await until(visitor);
    const before = host.calls.length;
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await until(() => host.calls.length > before, 'it did not connect again');
    equal(
      signals.some(({ kind }) => kind === 'forgotten'),
      false,
    );
  });

  it('forgetting a visitor applies to all tabs, and a shared value reaches only the other tabs', async () => {
    const inboxId = freshInbox();
    const [one, two] = [start({ inboxId }), start({ inboxId })];
    one.client.connect();
    await until(one.visitor);
    one.client.share('draft', 'Hal');
    await until(() => two.signals.some(({ kind }) => kind === 'shared'));
    equal(
      [one, two].map(({ signals }) => signals.filter(({ kind }) => kind === 'shared')),
      [[], [{ kind: 'shared', key: 'draft', value: 'Hal' }]],
    );
    await one.client.forget();
    await until(() => two.signals.some(({ kind }) => kind === 'forgotten'));
    two.client.close();
    await until(async () => (await traces(inboxId)).databases === 0);
    equal(await traces(inboxId), { local: 0, tab: 0, databases: 0 });
  });
});
