import { fetchWidgetConfig, hasVisitorRecord, type Appearance, type WidgetConfig } from '@alur/client';
import { LivechatEvent, type Emit, type LivechatEventDetails } from '../events.ts';
import { LAUNCHER_STRINGS, languageOf, type Language } from '../strings/language.ts';
import { safeUrl } from '../store/safe-url.ts';
import { buildLauncher, element, type LauncherView } from './launcher-view.ts';
import { openKey } from './open-key.ts';
import type { Identity, Panel, PanelLoader, PanelMemory, PanelSettings } from './panel-loader.ts';

/** On a server there are no elements; the module can be imported there all the same. */
const Base = globalThis.HTMLElement ?? (Object as unknown as typeof HTMLElement);

/** Signs that a click may follow; a finger enters, too, before it clicks. */
const HINTS = ['pointerenter', 'focus'] as const;

/**
 * @summary A visitor's chat: a launcher that paints at once, and a panel that is loaded when it is wanted.
 *
 * @attr inbox - Id of the inbox. Required.
 * @attr host - Address of the host backend. Required.
 * @attr accent - Colour of launcher and own messages, any CSS colour. Default: the inbox's, else a blue.
 * @attr {'end' | 'start'} position - Corner: where lines end, or start. Default: the inbox's, else `end`.
 * @attr label - Words on the launcher. Default: none, a round button.
 * @attr {'en' | 'id'} lang - Language. Default: the page's.
 * @attr {'light' | 'dark' | 'auto'} theme - `auto` goes by the page's own `color-scheme`. Default: `auto`.
 * @attr open - Whether the panel is open; set and removed by the element as well.
 * @attr title-text - Title of the panel. Default: the inbox's.
 * @attr greeting - First words of an empty conversation. Default: the inbox's.
 * @attr contact - `mailto:`, `tel:` or `https:` address offered when the chat cannot be reached. Default: the inbox's.
 *
 * @fires livechat-ready - The launcher stands.
 * @fires livechat-open - The panel was opened.
 * @fires livechat-close - The panel was closed.
 * @fires livechat-unread - The number of unread messages changed.
 * @fires livechat-message - Somebody else's message came.
 * @fires livechat-message-sent - The host took a message of the visitor.
 * @fires livechat-message-failed - The host will never take a message of the visitor.
 * @fires livechat-status - The line to the host changed.
 * @fires livechat-flow-end - The conversation left the flow.
 * @fires livechat-error - Something the page's author should know.
 *
 * @csspart launcher - The round button.
 * @csspart badge - The number of unread messages on it.
 * @cssprop --livechat-accent - Wins over the `accent` attribute.
 * @cssprop --livechat-on-accent - Text on the accent. Default: black or white, whichever reads better.
 * @cssprop --livechat-surface - Ground of the panel.
 * @cssprop --livechat-text - Text on that ground.
 * @cssprop --livechat-line - Hairlines.
 * @cssprop --livechat-font - Font family.
 * @cssprop [--livechat-offset=20px] - Distance from the page's edges.
 * @cssprop [--livechat-z-index=2147483000] - Where it lies above the page.
 *
 * @example
 * <livechat-widget inbox="inb_shop" host="https://chat.example.com" accent="#0a7f5a"></livechat-widget>
 */
export class LivechatWidget extends Base {
  static readonly observedAttributes = [
    'inbox',
    'host',
    'accent',
    'position',
    'label',
    'lang',
    'open',
    'title-text',
    'greeting',
    'contact',
  ];
  /** How the panel is fetched; set by the entry that defines the element. */
  static loader: PanelLoader;

  #view: LauncherView | null = null;
  #panel: Promise<Panel> | null = null;
  #config: Promise<WidgetConfig | null> | null = null;
  #appearance: Appearance = {};
  #chosenLanguage: Language | null = null;
  #address = '';
  #memory: PanelMemory = {};
  /** Whether the panel stands as the `open` attribute says. */
  #synced: Promise<void> = Promise.resolve();
  #abort = new AbortController();
  #warned = new Set<string>();

  connectedCallback(): void {
    if (!this.#view) this.#build();
    this.#start();
  }

  disconnectedCallback(): void {
    // An element that is moved is connected again before this runs.
    queueMicrotask(() => this.isConnected || this.#stop());
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (before === now || !this.#view) return;
    if (name === 'inbox' || name === 'host') {
      if (this.isConnected) this.#start();
    } else if (name === 'open') this.#synced = this.#sync(now !== null, true);
    else this.#refresh();
  }

  /** Opens the panel and puts the cursor into the composer. */
  async open(): Promise<void> {
    this.toggleAttribute('open', true);
    await this.#synced;
  }

  /** Closes the panel and gives the focus back. */
  async close(): Promise<void> {
    this.toggleAttribute('open', false);
    await this.#synced;
  }

  async toggle(): Promise<void> {
    await (this.hasAttribute('open') ? this.close() : this.open());
  }

  /** Shows the launcher after `hide`. */
  async show(): Promise<void> {
    this.hidden = false;
  }

  /** Takes launcher and panel off the page; the conversation goes on. */
  async hide(): Promise<void> {
    this.hidden = true;
  }

  /** Makes the visitor known by a JWT from the site's backend, or by a function that fetches one. */
  async identify(token: Identity): Promise<void> {
    await (await this.#load()).identify(token);
  }

  /** Facts for the flow: `name`, `email`, `phone`, and anything else as an attribute. They count from the next session on. */
  async setAttributes(attributes: Record<string, string | number | boolean>): Promise<void> {
    (await this.#load()).setAttributes(attributes);
  }

  /** Speaks another language: `en` or `id`. */
  async setLocale(tag: string): Promise<void> {
    this.#chosenLanguage = languageOf(tag);
    await this.#refresh();
  }

  /** Says something for the visitor. Resolves with the message's id when it is safe on the device. */
  async sendMessage(text: string): Promise<string> {
    return (await this.#load()).sendMessage(text);
  }

  /** Puts text into the composer. */
  async prefill(text: string): Promise<void> {
    (await this.#load()).prefill(text);
  }

  /** Forgets the visitor on this device: on logging out, for instance. */
  async reset(): Promise<void> {
    await (await this.#load()).reset();
  }

  /** Takes the element off the page for good. What waits to be sent stays on the device. */
  async destroy(): Promise<void> {
    this.remove();
  }

  #build() {
    this.#view = buildLauncher(this.attachShadow({ mode: 'open' }));
    const { button } = this.#view;
    button.addEventListener('click', () => void this.toggle());
    for (const hint of HINTS) {
      // A hint that fails is silent; the click will say so.
      button.addEventListener(hint, () => void this.#load().catch(() => {}), { once: true, passive: true });
    }
    this.addEventListener('livechat-unread', ({ detail }) => this.#showUnread(detail.count));
  }

  #start() {
    const address = `${this.getAttribute('host')} ${this.getAttribute('inbox')}`;
    if (address === this.#address) return this.#refresh();
    this.#stop();
    this.#refresh();
    if (!this.getAttribute('host') || !this.getAttribute('inbox')) {
      return this.#warn('configuration', 'needs "host" and "inbox".');
    }
    this.#address = address;
    this.#abort = new AbortController();
    this.#config = this.#fetchConfig();
    this.#emit('livechat-ready', null);
    if (this.hasAttribute('open') || this.#wasOpen()) {
      this.toggleAttribute('open', true);
      // Nobody asked for it just now: the focus stays where the page has it.
      this.#synced = this.#sync(true, false);
    } else whenIdle(() => void this.#prepare());
  }

  #stop() {
    this.#abort.abort();
    this.#address = '';
    this.#config = null;
    const panel = this.#panel;
    this.#panel = null;
    void panel?.then((loaded) => loaded.destroy()).catch(() => {});
  }

  /** Null when there is no configuration to be had now; the panel says so and asks again. */
  async #fetchConfig(): Promise<WidgetConfig | null> {
    // No answer at all says nothing about the page: only a refusal is told.
    const answer = await fetchWidgetConfig(this.#where(), this.#abort.signal).catch(() => null);
    if (!answer || this.#abort.signal.aborted) return null;
    if (!answer.ok) {
      // There is no web chat behind this door, and there never will be.
      if (answer.code === 'inbox_type') this.hidden = true;
      this.#warn(answer.code, `cannot use its inbox: ${answer.code}`);
      return null;
    }
    this.#takeConfig(answer.config);
    return answer.config;
  }

  #takeConfig = ({ appearance }: WidgetConfig) => {
    this.#appearance = appearance;
    void this.#refresh();
  };

  /** Once the page is at rest: the panel for a click that may come, and the badge of a visitor we know. */
  async #prepare() {
    const { connection } = navigator as { connection?: { saveData?: boolean } };
    const known = hasVisitorRecord(this.#where());
    if (this.#abort.signal.aborted || (connection?.saveData && !known)) return;
    try {
      const panel = await this.#load();
      if (known && !this.hasAttribute('open')) await panel.peek();
    } catch {
      // The badge is a courtesy; the click will say what is wrong.
    }
  }

  async #load(): Promise<Panel> {
    // Off the page, or without an inbox, there is nothing to load yet: what is asked for waits.
    if (!this.#address) {
      await new Promise((ready) => this.addEventListener('livechat-ready', ready, { once: true }));
    }
    if (!this.#panel) {
      const loading = this.#loadPanel();
      this.#panel = loading;
      loading.catch(() => {
        if (this.#panel === loading) this.#panel = null;
      });
    }
    return this.#panel;
  }

  async #loadPanel(): Promise<Panel> {
    const { loader } = this.constructor as typeof LivechatWidget;
    const { signal } = this.#abort;
    const [{ createPanel }, { strings }] = await Promise.all([
      loader.panel(),
      loader.strings(this.#settings().language),
    ]);
    signal.throwIfAborted();
    return createPanel({
      ...this.#where(),
      memory: this.#memory,
      container: this.#view!.root,
      config: this.#config ?? Promise.resolve(null),
      strings,
      settings: this.#settings(),
      emit: this.#emit,
      onConfig: this.#takeConfig,
      onClose: () => void this.close(),
      onLanguage: (language) => void this.setLocale(language),
    });
  }

  /** Brings the panel in line with the `open` attribute. */
  async #sync(open: boolean, focus: boolean): Promise<void> {
    const { root, button } = this.#view!;
    this.#refresh();
    if (!open) {
      root.classList.remove('open');
      const panel = await this.#panel?.catch(() => null);
      if (!panel || this.hasAttribute('open')) return;
      panel.close();
      if (this.#hasFocus()) button.focus();
      return this.#emit('livechat-close', null);
    }
    button.ariaBusy = 'true';
    try {
      const panel = await this.#load();
      if (!this.hasAttribute('open')) return;
      root.querySelector('.notice')?.remove();
      root.classList.add('open');
      panel.open(focus);
      this.#emit('livechat-open', null);
    } catch (error) {
      if (this.#abort.signal.aborted) return;
      this.toggleAttribute('open', false);
      this.#showFailure();
      this.#warnOfLoad(error);
    } finally {
      button.ariaBusy = null;
      this.#refresh();
    }
  }

  #hasFocus(): boolean {
    return this.matches(':focus-within') || document.activeElement === document.body;
  }

  async #refresh(): Promise<void> {
    if (!this.#view) return;
    const { root, button, text } = this.#view;
    const { accent, position } = this.#appearance;
    const settings = this.#settings();
    root.style.setProperty('--_given-accent', this.getAttribute('accent') ?? accent ?? null);
    root.classList.toggle('start', (this.getAttribute('position') ?? position) === 'start');
    text.textContent = this.getAttribute('label');
    button.ariaExpanded = String(this.hasAttribute('open'));
    this.#nameButton();
    const panel = await this.#panel?.catch(() => null);
    if (!panel) return;
    try {
      const { loader } = this.constructor as typeof LivechatWidget;
      panel.update(settings, (await loader.strings(settings.language)).strings);
    } catch (error) {
      this.#warnOfLoad(error);
    }
  }

  #nameButton() {
    const { button, badge } = this.#view!;
    const words = LAUNCHER_STRINGS[this.#settings().language];
    const label = this.getAttribute('label') || words.open;
    const unread = badge.textContent ? `, ${words.unread(Number.parseInt(badge.textContent, 10))}` : '';
    button.ariaLabel = this.hasAttribute('open') ? words.close : label + unread;
  }

  #showUnread(count: number) {
    this.#view!.badge.textContent = count === 0 ? '' : count > 99 ? '99+' : String(count);
    this.#nameButton();
  }

  #showFailure() {
    const { root } = this.#view!;
    const { language, contact } = this.#settings();
    const words = LAUNCHER_STRINGS[language];
    const href = safeUrl(contact);
    const notice = element(href ? 'a' : 'p', 'notice');
    notice.role = 'alert';
    notice.textContent = href ? `${words.failed} ${words.contact}` : words.failed;
    if (href) notice.setAttribute('href', href);
    root.querySelector('.notice')?.remove();
    root.append(notice);
  }

  #settings(): PanelSettings {
    const { title, greeting, fallbackContact } = this.#appearance;
    const tag = this.getAttribute('lang') || document.documentElement.lang || navigator.language;
    return {
      title: this.getAttribute('title-text') ?? title ?? null,
      greeting: this.getAttribute('greeting') ?? greeting ?? null,
      contact: this.getAttribute('contact') ?? fallbackContact ?? null,
      language: this.#chosenLanguage ?? languageOf(tag),
    };
  }

  #where() {
    return { host: this.getAttribute('host') ?? '', inboxId: this.getAttribute('inbox') ?? '' };
  }

  /** Whether the panel stood open on the page before, in this tab. A page that is all panel is not opened unasked. */
  #wasOpen(): boolean {
    try {
      return sessionStorage.getItem(openKey(this.#where())) !== null && innerWidth > 480;
    } catch {
      return false;
    }
  }

  #emit: Emit = (name, detail) => {
    this.dispatchEvent(new LivechatEvent(name, detail as LivechatEventDetails[typeof name]));
  };

  #warnOfLoad(error: unknown) {
    this.#warn('load', `could not load: ${String(error)}`);
  }

  #warn(code: string, message: string) {
    if (this.#warned.has(code)) return;
    this.#warned.add(code);
    console.warn(`<livechat-widget> ${message}`, this);
    this.#emit('livechat-error', { code, message });
  }
}

function whenIdle(action: () => void) {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(action, { timeout: 10_000 });
  else setTimeout(action, 2_000);
}

declare global {
  interface HTMLElementTagNameMap {
    'livechat-widget': LivechatWidget;
  }
}
