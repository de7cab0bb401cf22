import type { OutboxEntry } from '../../packages/client/src/outbox/outbox-rows.ts';
import type { VisitorStorage } from '../../packages/client/src/storage/visitor-storage.ts';
import type { Owner, World } from './world.ts';

/** An input that is stored on a device. From then on it has to arrive. */
export interface Kept {
  id: string;
  /** The tab that created it. */
  tab: string;
  /** The true time. */
  at: number;
  entry: OutboxEntry;
}

/** One browser on one machine: what its tabs share, and what stays when they close. */
export class Device {
  readonly name: string;
  readonly world: World;
  isOffline = false;
  /** Error of its clock, in milliseconds. */
  clockError = 0;
  /** Content of its disk. */
  readonly rows = new Map<number, OutboxEntry>();
  readonly values = new Map<string, unknown>();
  readonly localStorage = new Map<string, string>();
  /** Every turn that was ever stored here, in the order of the disk. */
  readonly kept: Kept[] = [];
  /** Entries that were ever set aside: they lost their place in the order. */
  readonly setAside = new Set<string>();
  readonly locks: Locks;
  readonly #channels = new Set<Channel>();
  #order = 0;

  constructor(world: World, name: string) {
    this.world = world;
    this.name = name;
    this.locks = new Locks(world);
  }

  now(): number {
    return this.world.now + this.clockError;
  }

  /** Returns the disk for a tab: each operation is one transaction, and a tab's operations run in order. */
  storageFor(tab: Owner & { name: string }): VisitorStorage {
    const { world, rows, values } = this;
    let freeAt = 0;
    /** Runs `act` at one moment, also when the tab crashes meanwhile. Only a running tab gets the result. */
    const transact = <T>(act: () => T): Promise<T> =>
      new Promise((resolve) => {
        freeAt = Math.max(freeAt, world.now + world.random.between(0, 3));
        // A tab that crashes loses half of its pending operations.
        const isLost = world.random.chance(0.5);
        world.after(freeAt - world.now, () => {
          if (tab.isDead && isLost) return;
          const result = act();
          world.after(0, () => resolve(result), tab);
        });
      });
    return {
      durable: true,
      rows: {
        all: () => transact(() => [...rows.values()].sort((a, b) => a.order - b.order).map(copy)),
        add: (entry) =>
          transact(() => {
            const row = copy({ ...entry, order: ++this.#order }) as OutboxEntry;
            rows.set(row.order, row);
            if (row.kind === 'turn') this.kept.push({ id: row.id, tab: tab.name, at: world.now, entry: row });
            world.note(tab.name, `kept ${row.kind} ${row.id.slice(-4)} as ${row.order}`);
            return row.order;
          }),
        put: (entry) =>
          transact(() => {
            if (!rows.has(entry.order)) return;
            rows.set(entry.order, copy(entry));
            if (entry.state === 'failed') this.setAside.add(entry.id);
          }),
        delete: (order) => transact(() => void rows.delete(order)),
      },
      read: <T>(key: string) => transact(() => (values.has(key) ? (copy(values.get(key)) as T) : undefined)),
      readAll: <T>(prefix: string) =>
        transact(() =>
          [...values.keys()]
            .filter((key) => key.startsWith(prefix))
            .sort()
            .map((key) => copy(values.get(key)) as T),
        ),
      write: (key, value) => transact(() => void values.set(key, copy(value))),
      update: <T>(key: string, change: (current: T | undefined) => T) =>
        transact(() => {
          const value = change(copy(values.get(key)) as T | undefined);
          values.set(key, copy(value));
          return value;
        }),
      clear: () =>
        transact(() => {
          rows.clear();
          values.clear();
        }),
      close() {},
    };
  }

  /** Returns `BroadcastChannel` for a tab. */
  channelFor(tab: Owner): new (name: string) => Channel {
    const { world } = this;
    const channels = this.#channels;
    return class extends Channel {
      constructor(name: string) {
        super(world, channels, name, tab);
      }
    };
  }

  /** Sends data to every tab, as another tab would. */
  broadcast(name: string, data: unknown): void {
    for (const channel of this.#channels) if (channel.name === name) channel.hear(data);
  }

  /** Removes a closed tab with its locks and channels. */
  forget(tab: Owner): void {
    this.locks.releaseAll(tab);
    for (const channel of this.#channels) if (channel.owner === tab) channel.close();
  }
}

/** Returns a copy, like a browser's structured clone: later changes of the original have no effect. */
function copy<T>(value: T): T {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T);
}

/** A channel between the tabs of a device: all other tabs receive a message, in each sender's order. */
export class Channel {
  readonly name: string;
  readonly owner: Owner;
  readonly #world: World;
  readonly #all: Set<Channel>;
  #listener: ((event: { data: unknown }) => void) | null = null;
  #lastAt = 0;

  constructor(world: World, all: Set<Channel>, name: string, owner: Owner) {
    this.#world = world;
    this.#all = all;
    this.name = name;
    this.owner = owner;
    all.add(this);
  }
  addEventListener(_type: string, listener: (event: { data: unknown }) => void): void {
    this.#listener = listener;
  }
  postMessage(message: unknown): void {
    const data = copy(message);
    for (const other of this.#all) if (other !== this && other.name === this.name) other.hear(data);
  }
  hear(data: unknown): void {
    this.#lastAt = Math.max(this.#lastAt, this.#world.now + this.#world.random.between(0, 5));
    this.#world.after(
      this.#lastAt - this.#world.now,
      () => this.#all.has(this) && this.#listener?.({ data }),
      this.owner,
    );
  }
  close(): void {
    this.#all.delete(this);
  }
}

/** A request for a lock. */
interface Request {
  owner: Owner;
  start: () => void;
  /** Called when another tab steals the lock. */
  lose: () => void;
}

/** Web Locks of one origin: exclusive ones, with `signal` and `steal`. */
export class Locks {
  readonly #world: World;
  readonly #lines = new Map<string, Request[]>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Returns `navigator.locks` for a tab. */
  managerFor(owner: Owner): LockManager {
    const request = (name: string, ...rest: unknown[]) => {
      const callback = rest.pop() as () => Promise<unknown>;
      const { steal = false, signal } = (rest[0] ?? {}) as LockOptions;
      return this.#request(owner, name, steal, signal, callback);
    };
    return { request } as unknown as LockManager;
  }

  releaseAll(owner: Owner): void {
    for (const [name, line] of this.#lines) {
      const [holder] = line;
      this.#lines.set(
        name,
        line.filter((request) => request.owner !== owner),
      );
      if (holder?.owner === owner) this.#next(name);
    }
  }

  #request(
    owner: Owner,
    name: string,
    steal: boolean,
    signal: AbortSignal | undefined,
    callback: () => Promise<unknown>,
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const line = this.#lines.get(name) ?? [];
      this.#lines.set(name, line);
      let isHeld = false;
      const request: Request = {
        owner,
        lose: () => this.#world.after(0, () => reject(new DOMException('Stolen.', 'AbortError')), owner),
        start: () =>
          this.#world.after(
            0,
            () => {
              if (!this.#lines.get(name)?.includes(request)) return;
              isHeld = true;
              void callback()
                .then(resolve, reject)
                .finally(() => this.#leave(name, request));
            },
            owner,
          ),
      };
      signal?.addEventListener('abort', () => {
        if (isHeld) return;
        this.#leave(name, request);
        reject(signal.reason);
      });
      const [holder] = line;
      if (steal && holder) {
        line[0] = request;
        holder.lose();
        request.start();
        return;
      }
      line.push(request);
      if (line.length === 1) request.start();
    });
  }
  #leave(name: string, request: Request): void {
    const line = this.#lines.get(name) ?? [];
    const index = line.indexOf(request);
    if (index < 0) return;
    line.splice(index, 1);
    if (index === 0) this.#next(name);
  }
  #next(name: string): void {
    this.#lines.get(name)?.[0]?.start();
  }
}
