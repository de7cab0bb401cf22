import type { FlowPin, PublicFlow } from '@alur/client';
import { compileFlow, type CompiledFlow, type Zones } from '@alur/flow/run';

/** What the shelf needs. */
export interface FlowShelfOptions {
  fetch(pin: FlowPin): Promise<PublicFlow>;
  /** Zone tables of the configuration; undefined while there is none, and then time tests would not match. */
  zones(): Zones | undefined;
  /** Whether the visitor talks to the host: before that, no flow is fetched. */
  mayFetch(): boolean;
  /** Runs `action` once after `ms` milliseconds. */
  after(ms: number, action: () => void): void;
  /** A flow has come that was asked for. */
  onFlow(): void;
}

/** How long a flow that could not be had is not asked for again: each letter that is typed is a change. */
const AGAIN_MS = 10_000;

/** The versions of flows that this device can run. */
export class FlowShelf {
  readonly #options: FlowShelfOptions;
  /** Null while it is fetched, and for a flow that only the host can run. */
  readonly #flows = new Map<string, CompiledFlow | null>();

  constructor(options: FlowShelfOptions) {
    this.#options = options;
  }

  /** The flow, or null: then it is fetched, and `onFlow` says when it is here. */
  compiled = (pin: FlowPin | null): CompiledFlow | null => {
    if (!pin || !this.#options.zones()) return null;
    const key = `${pin.id}@${pin.version}`;
    const known = this.#flows.get(key);
    if (known !== undefined || !this.#options.mayFetch()) return known ?? null;
    this.#flows.set(key, null);
    void this.#load(pin, key);
    return null;
  };

  async #load(pin: FlowPin, key: string) {
    try {
      const compiled = compileFlow(await this.#options.fetch(pin), this.#options.zones());
      // With a kind that it does not know, this device cannot tell what comes next: the host alone answers.
      if (compiled.unknownKinds.length > 0) return;
      this.#flows.set(key, compiled);
      this.#options.onFlow();
    } catch {
      // Without the flow the host alone answers (rule 13); after a while the next change asks again.
      this.#options.after(AGAIN_MS, () => this.#flows.delete(key));
    }
  }
}
