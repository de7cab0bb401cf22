import type { InboxAddress, WidgetConfig } from '@alur/client';
import { fetchWidgetConfig } from '@alur/client/internal';
import { pageLanguage } from '../strings/language.ts';
import type { Launcher } from './launcher.ts';
import type { PageEvents } from './page-events.ts';
import type { Panel, PanelLoader, PanelMemory, PanelVerb, WidgetElement } from './panel-loader.ts';

/** Dependencies of a panel control. */
export interface PanelControlOptions {
  widget: WidgetElement;
  /** Returns the launcher, which exists once the element was connected. */
  launcher(): Launcher;
  loader(): PanelLoader;
  /** State that outlives a panel. */
  memory: PanelMemory;
  events: PageEvents;
  onConfig(config: WidgetConfig): void;
  /** Called when the panel cannot be loaded. */
  onLoadError(): void;
}

/** Loads the panel of one element, opens and closes it, and calls its verbs. */
export class PanelControl {
  readonly #options: PanelControlOptions;
  #address: InboxAddress | null = null;
  #abort = new AbortController();
  #config!: Promise<WidgetConfig | null>;
  #panel: Promise<Panel> | undefined;
  /** Resolves when the page is idle. */
  #idle: Promise<unknown> | undefined;

  constructor(options: PanelControlOptions) {
    this.#options = options;
  }

  /** Whether there is an inbox. */
  get isStarted(): boolean {
    return this.#address !== null;
  }

  /** The panel. Undefined until something needs it. */
  get current(): Promise<Panel> | undefined {
    return this.#panel;
  }

  /** Starts a chat with an inbox: requests its configuration. */
  start(address: InboxAddress): void {
    this.#abort = new AbortController();
    this.#address = address;
    this.#config = this.#fetchConfig();
    this.#idle = whenIdle();
  }

  /** Removes the panel and ends all of its work. */
  stop(): void {
    if (!this.#address) return;
    this.#abort.abort();
    this.#address = null;
    const panel = this.#panel;
    this.#panel = undefined;
    void panel?.then((loaded) => loaded.destroy()).catch(() => {});
  }

  /** When the page is idle: loads the panel for a later click, and the unread number of a known visitor. */
  async prepare(): Promise<void> {
    const { signal } = this.#abort;
    await this.#idle;
    // With data saving on, nothing is requested before the click.
    if (signal.aborted || (navigator as { connection?: { saveData?: boolean } }).connection?.saveData) return;
    // The unread number is optional. The click reports the error.
    await this.call('peek').catch(() => {});
  }

  /** Waits until the element is in the page and has an inbox. */
  async ready(): Promise<void> {
    if (this.#address) return;
    await new Promise((ready) =>
      this.#options.widget.addEventListener('livechat-ready', ready, { once: true }),
    );
  }

  /** Resolves when the page was idle and the identity that it set before is known. */
  async identified(): Promise<void> {
    await this.ready();
    await this.#idle;
    await (
      await this.load()
    ).identified;
  }

  /** Calls a verb of the panel. Verbs run in the order of their calls. */
  async call<Verb extends PanelVerb>(
    verb: Verb,
    ...args: Parameters<Panel[Verb]>
  ): Promise<Awaited<ReturnType<Panel[Verb]>>> {
    const panel = await this.load();
    return (panel[verb] as (...args: unknown[]) => Awaited<ReturnType<Panel[Verb]>>)(...args);
  }

  /** Loads the panel. After a failure, a later call tries again. */
  load(): Promise<Panel> {
    if (!this.#panel) {
      const loading = this.#loadPanel();
      this.#panel = loading;
      loading.catch(() => {
        if (this.#panel === loading) this.#panel = undefined;
      });
    }
    return this.#panel;
  }

  /** Applies the element's current attributes to the panel, if there is one. */
  async update(): Promise<void> {
    await (await this.#loaded())?.update();
  }

  /** Makes the panel match the element's `open`. Rejects if the panel cannot be loaded. */
  async sync(focus: boolean): Promise<void> {
    const { widget, onLoadError, events } = this.#options;
    const launcher = this.#options.launcher();
    const { button } = launcher;
    const { signal } = this.#abort;
    if (!widget.open) return (await this.#loaded())?.close();
    button.ariaBusy = 'true';
    launcher.hideContact();
    try {
      const panel = await this.load();
      // Meanwhile the element may have changed to another inbox.
      if (widget.open && !signal.aborted) panel.open(focus);
    } catch (error) {
      if (signal.aborted) return;
      widget.open = false;
      onLoadError();
      events.warn('load', `could not load: ${error as Error}`);
      throw error;
    } finally {
      button.ariaBusy = null;
    }
  }

  #loaded(): Promise<Panel | null | undefined> {
    return this.#panel ? this.#panel.catch(() => null) : Promise.resolve(undefined);
  }

  async #loadPanel(): Promise<Panel> {
    const { widget, memory, events, onConfig } = this.#options;
    const loader = this.#options.loader();
    await this.ready();
    const { signal } = this.#abort;
    const [{ createPanel }, { strings }] = await Promise.all([
      loader.panel(),
      loader.strings(pageLanguage(widget, memory)),
    ]);
    signal.throwIfAborted();
    const launcher = this.#options.launcher();
    const config = this.#config;
    return createPanel({
      ...this.#address!,
      signal,
      widget,
      launcher,
      memory,
      config,
      loader,
      strings,
      emit: (name, detail) => events.emit(name, detail),
      onConfig,
    });
  }

  /** Resolves with null when the configuration is not available now. The panel shows that and tries again. */
  async #fetchConfig(): Promise<WidgetConfig | null> {
    const { widget, onConfig, events } = this.#options;
    const { signal } = this.#abort;
    // A missing response does not point to a mistake of the page. Only a refusal is reported.
    const answer = await fetchWidgetConfig(this.#address!, signal).catch(() => null);
    if (!answer || signal.aborted) return null;
    if (answer.inbox) {
      onConfig(answer);
      return answer;
    }
    const { code = 'http' } = answer;
    // The inbox is not a web chat. That is permanent.
    if (code === 'inbox_type') widget.hidden = true;
    events.warn(code, `cannot use its inbox: ${code}`);
    return null;
  }
}

function whenIdle(): Promise<unknown> {
  return new Promise((resolve) => {
    const { requestIdleCallback: idle } = globalThis as Partial<typeof globalThis>;
    if (idle) idle(resolve, { timeout: 10_000 });
    else setTimeout(resolve, 2_000);
  });
}
