import type { FlowPin, PublicFlow } from '@alur/client';
import type { CompiledFlow, CustomRunKinds, Zones } from '@alur/flow/run';
import type { FlowEngine } from '../store/screen.ts';

/** Dependencies of the cache. */
export interface FlowCacheOptions {
  fetch(pin: FlowPin): Promise<PublicFlow>;
  loadEngine(): Promise<FlowEngine>;
  /** Zone tables of the configuration. Undefined before it is known; without them time tests do not match. */
  zones(): Zones | undefined;
  /** Returns the page's own card kinds. */
  kinds(): CustomRunKinds | undefined;
  /** Whether the visitor is connected to the host. Before that, no flow is fetched. */
  mayFetch(): boolean;
  /** Runs `action` once after `ms` milliseconds. */
  after(ms: number, action: () => void): void;
  /** Called when the engine or a requested flow has been loaded. */
  onLoad(): void;
}

/** Time before a failed request is repeated, in milliseconds. Every typed letter asks for the flow again. */
const RETRY_MS = 10_000;

/** Cache of the engine and of the flow versions that this device can run. */
export class FlowCache {
  readonly #options: FlowCacheOptions;
  /** Null while a flow is fetched, and for a flow that only the host can run. */
  readonly #flows = new Map<string, CompiledFlow | null>();
  #engine: FlowEngine | null = null;
  #loadingEngine: Promise<FlowEngine> | null = null;

  constructor(options: FlowCacheOptions) {
    this.#options = options;
  }

  /** The engine; null until it is loaded. */
  get engine(): FlowEngine | null {
    return this.#engine;
  }

  /** Loads the engine. After a failure, a later call tries again. */
  loadEngine(): Promise<FlowEngine> {
    this.#loadingEngine ??= this.#options.loadEngine().then(
      (engine) => {
        this.#engine = engine;
        this.#options.onLoad();
        return engine;
      },
      (error: unknown) => {
        this.#loadingEngine = null;
        throw error;
      },
    );
    return this.#loadingEngine;
  }

  /** Returns the flow, or null. Fetches a missing flow and calls `onLoad` when it has arrived. */
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
    const { zones, kinds } = this.#options;
    try {
      const [engine, flow] = await Promise.all([this.loadEngine(), this.#options.fetch(pin)]);
      const compiled = engine.compileFlow(flow, zones(), engine.runKinds(kinds()));
      // This device cannot run an unknown kind, so only the host runs the flow.
      if (compiled.unknownKinds.length > 0) return;
      this.#flows.set(key, compiled);
      this.#options.onLoad();
    } catch {
      // Without the flow only the host runs it (rule 13). A later change tries again.
      this.#options.after(RETRY_MS, () => this.#flows.delete(key));
    }
  }
}
