import type { Owner, World } from './world.ts';

const encoder = new TextEncoder();

/**
 * A stream from a host's response to a tab's reader. Chunks arrive in order, split anywhere, each after a
 * delay. The host uses it as a `ServerResponse`.
 */
export class Line {
  readonly #world: World;
  readonly #tab: Owner;
  readonly #latency: () => readonly [number, number];
  readonly #chunks: (Uint8Array | 'end' | 'broken')[] = [];
  readonly #held: (Uint8Array | 'end')[] = [];
  readonly #closed: (() => void)[] = [];
  #waiting: { resolve: (chunk: unknown) => void; reject: (error: unknown) => void } | null = null;
  #lastAt = 0;
  #isSilent = false;
  #isStalled = false;
  /** Called when the head has arrived at the tab. */
  onHead: () => void = () => {};
  /** Called when the stream has ended in both directions. */
  onGone: () => void = () => {};

  // The members of a response that a host uses.
  destroyed = false;
  writableLength = 0;
  readonly socket = { setNoDelay(): void {} };

  constructor(world: World, tab: Owner, latency: () => readonly [number, number]) {
    this.#world = world;
    this.#tab = tab;
    this.#latency = latency;
  }

  writeHead(): void {
    this.#later(() => this.onHead());
  }
  write(text: string): void {
    const bytes = encoder.encode(text);
    const { random } = this.#world;
    const cut = random.chance(0.2) ? random.below(bytes.length) : 0;
    if (cut > 0) this.#send(bytes.subarray(0, cut));
    this.#send(bytes.subarray(cut));
  }
  end(): void {
    this.#send('end');
    this.#close();
  }
  destroy(): void {
    this.cut(0);
  }
  once(name: string, action: () => void): void {
    if (name === 'close') this.#closed.push(action);
  }
  on(): void {}

  /** The members of a response that a tab uses. */
  readonly response = {
    ok: true,
    status: 200,
    statusText: '',
    headers: { get: (): null => null },
    body: {
      getReader: () => ({
        read: () => new Promise((resolve, reject) => this.#read(resolve, reject)),
        cancel: async () => this.leave(this.#delay()),
      }),
    },
  };

  /** Breaks the connection: the tab gets an error, the host a closed connection after `ms`. */
  cut(ms: number): void {
    this.#world.after(ms, () => this.#close());
    this.#world.after(0, () => this.#arrive('broken'), this.#tab);
  }
  /** Closes the stream from the tab's side. */
  leave(ms: number): void {
    this.#world.after(ms, () => this.#close());
  }
  /** Drops everything without a notification to either side. */
  fallSilent(): void {
    this.#isSilent = true;
    // The host notices after its own timeout.
    this.#world.after(120_000, () => this.#close());
  }
  /** Holds written data until the network is back. */
  setStalled(isStalled: boolean): void {
    this.#isStalled = isStalled;
    if (!isStalled) for (const chunk of this.#held.splice(0)) this.#send(chunk, 0);
  }

  #delay(): number {
    const [low, high] = this.#latency();
    return this.#world.random.between(low, high);
  }
  #later(action: () => void): void {
    this.#lastAt = Math.max(this.#lastAt, this.#world.now + this.#delay());
    this.#world.after(this.#lastAt - this.#world.now, action, this.#tab);
  }
  #send(chunk: Uint8Array | 'end', size = chunk === 'end' ? 0 : chunk.length): void {
    if (this.#isSilent) return;
    this.writableLength += size;
    if (this.#isStalled) return void this.#held.push(chunk);
    this.#later(() => {
      this.writableLength -= chunk === 'end' ? 0 : chunk.length;
      this.#arrive(chunk);
    });
  }
  #arrive(chunk: Uint8Array | 'end' | 'broken'): void {
    if (this.#isSilent && chunk !== 'broken') return;
    this.#chunks.push(chunk);
    const { resolve, reject } = this.#waiting ?? {};
    this.#waiting = null;
    if (resolve && reject) this.#read(resolve, reject);
  }
  #read(resolve: (chunk: unknown) => void, reject: (error: unknown) => void): void {
    const chunk = this.#chunks.shift();
    if (chunk === undefined) this.#waiting = { resolve, reject };
    else if (chunk === 'broken') reject(new TypeError('network error'));
    else if (chunk === 'end') resolve({ done: true });
    else resolve({ done: false, value: chunk });
  }
  #close(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.onGone();
    for (const action of this.#closed.splice(0)) action();
  }
}
