import type { WidgetConfig } from '@alur/client';

/** What is needed to keep a configuration fresh. */
export interface InboxConfigOptions {
  now(): number;
  fetch(): Promise<WidgetConfig>;
  /** A configuration came, or another one. */
  onConfig(config: WidgetConfig): void;
  onFault(error: unknown): void;
}

/** As long as the host lets it be cached. */
const FRESH_MS = 60_000;

/**
 * The inbox's public configuration. It is fetched once it is older than a minute, and only when somebody
 * asks.
 */
export class InboxConfig {
  readonly #options: InboxConfigOptions;
  #current: WidgetConfig | null = null;
  #freshUntil = 0;

  constructor(options: InboxConfigOptions) {
    this.#options = options;
  }

  /** What is known; null before anything is. */
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
   * Takes one over that came by another way: `isFresh` from the host, or else from the device, which never
   * beats the host's.
   */
  take(config: WidgetConfig, isFresh: boolean): void {
    if (this.#current && !isFresh) return;
    if (isFresh) this.#freshUntil = this.#options.now() + FRESH_MS;
    this.#current = config;
    this.#options.onConfig(config);
  }
}
