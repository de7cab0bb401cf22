import type { WidgetConfig } from '@alur/client';

/** Dependencies of `InboxConfig`. */
export interface InboxConfigOptions {
  now(): number;
  fetch(): Promise<WidgetConfig>;
  /** Called with each new configuration. */
  onConfig(config: WidgetConfig): void;
  onFault(error: unknown): void;
}

/** Cache lifetime that the host allows. */
const FRESH_MS = 60_000;

/** Public configuration of the inbox. `refresh` fetches it if it is older than a minute. */
export class InboxConfig {
  readonly #options: InboxConfigOptions;
  #current: WidgetConfig | null = null;
  #freshUntil = 0;

  constructor(options: InboxConfigOptions) {
    this.#options = options;
  }

  /** The current configuration; null before one is known. */
  get current(): WidgetConfig | null {
    return this.#current;
  }

  async refresh(): Promise<void> {
    if (this.#options.now() < this.#freshUntil) return;
    try {
      this.take(await this.#options.fetch(), true);
    } catch (error) {
      this.#options.onFault(error);
    }
  }

  /**
   * Sets a configuration from another source. `isFresh`: it comes from the host. One from the device never
   * replaces one from the host.
   */
  take(config: WidgetConfig, isFresh: boolean): void {
    if (this.#current && !isFresh) return;
    if (isFresh) this.#freshUntil = this.#options.now() + FRESH_MS;
    this.#current = config;
    this.#options.onConfig(config);
  }
}
