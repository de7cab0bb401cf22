import type { OutboxEntry } from '../outbox/outbox-rows.ts';
import { databaseNames, equal, until } from '../testing/page.ts';
import { openIndexedDbStorage } from './indexeddb-storage.ts';
import type { VisitorStorage } from './visitor-storage.ts';

const entry = (id: string) =>
  ({ id, kind: 'read', upTo: 1, state: 'queued', queuedAt: 0, attempts: 0, notBefore: 0, waitMs: 0 }) as Omit<
    OutboxEntry,
    'order'
  >;

describe('storage in IndexedDB', () => {
  let open: VisitorStorage[] = [];
  async function connect(name: string): Promise<VisitorStorage> {
    const storage = await openIndexedDbStorage(name);
    open.push(storage);
    return storage;
  }
  const fresh = () => `livechat-test-${crypto.randomUUID()}`;
  afterEach(() => {
    for (const storage of open) storage.close();
    open = [];
  });

  it('keeps rows in the order in which all tabs added them, also after it is reopened', async () => {
    const name = fresh();
    const [one, two] = [await connect(name), await connect(name)];
    await one.rows.add(entry('a'));
    await two.rows.add(entry('b'));
    await one.rows.add(entry('c'));
    one.close();
    const again = await connect(name);
    equal(
      (await again.rows.all()).map(({ id }) => id),
      ['a', 'b', 'c'],
    );
  });

  it('updates a row in place, and does not restore a deleted one', async () => {
    const storage = await connect(fresh());
    const order = await storage.rows.add(entry('a'));
    await storage.rows.put({ ...entry('a'), order, attempts: 3 } as OutboxEntry);
    equal((await storage.rows.all())[0]?.attempts, 3);
    await storage.rows.delete(order);
    await storage.rows.put({ ...entry('a'), order } as OutboxEntry);
    equal(await storage.rows.all(), []);
  });

  it('updates a value atomically', async () => {
    const name = fresh();
    const [one, other] = [await connect(name), await connect(name)];
    const add = (count = 0) => count + 1;
    await Promise.all([one, other, one, other].map((storage) => storage.update('count', add)));
    equal([await one.read('count'), await other.update('count', add)], [4, 5]);
  });

  it('reads all values under a prefix, and deletes a value that is set to undefined', async () => {
    const storage = await connect(fresh());
    for (const key of ['draft:b', 'draft:a', 'lease']) await storage.write(key, key);
    equal(await storage.readAll('draft:'), ['draft:a', 'draft:b']);
    await storage.write('draft:a', undefined);
    equal(await storage.readAll('draft:'), ['draft:b']);
    equal(await storage.read('lease'), 'lease');
  });

  it('deletes the whole database when it is cleared', async () => {
    const name = fresh();
    const storage = await connect(name);
    await storage.write('visitor', { visitorId: 'v' });
    await storage.rows.add(entry('a'));
    await storage.clear();
    const again = await connect(name);
    equal([await again.read('visitor'), await again.rows.all()], [undefined, []]);
    await again.clear();
    await until(async () => !(await databaseNames()).includes(name), 'the empty database was not deleted');
  });
});
