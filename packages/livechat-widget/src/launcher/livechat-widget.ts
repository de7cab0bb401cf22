import { fetchWidgetConfig, type Appearance, type WidgetConfig } from '@alur/client';
import type {
  Emit,
  LivechatEvent,
  LivechatEventDetails,
  LivechatEventName,
  LivechatEventTopic,
  LivechatIdentity,
  LivechatStatus,
} from '../events.ts';
import { LAUNCHER_STRINGS, languageOf, pageLanguage } from '../strings/language.ts';
import type { ConsentDecision, ConsentState } from '../session/consent.ts';
import type { DoctorReport } from '../panel/doctor/report.ts';
import { contactCard } from './contact-card.ts';
import { buildLauncher, type LauncherView } from './launcher-view.ts';
import { openKey } from './open-key.ts';
import type { Identity, Panel, PanelLoader, PanelMemory } from './panel-loader.ts';

/** On a server there are no elements; the module can be imported there all the same. */
const Base = globalThis.HTMLElement ?? (Object as unknown as typeof HTMLElement);

/** With another one of these the widget is another one. */
const WHO = ['inbox', 'host', 'persist'];

/**
 * @summary A visitor's chat: a launcher that paints at once, and a panel that is loaded when it is wanted.
 *
 * @attr inbox - Id of the inbox. Required.
 * @attr host - Address of the host backend. Required.
 * @attr accent - Colour of launcher and own messages, any CSS colour. Default: the inbox's, else a blue.
 * @attr {'end' | 'start'} position - Corner: where lines end, or start. Default: the inbox's, else `end`.
 * @attr label - Words on the launcher. Default: none, a round button.
 * @attr lang - Language: what does not begin with `id` is English. Default: the page's.
 * @attr {'light' | 'dark' | 'auto'} theme - `auto` goes by the page's own `color-scheme`. Default: `auto`.
 * @attr {boolean} open - Whether the panel is open; set and removed by the element as well.
 * @attr title-text - Title of the panel. Default: the inbox's.
 * @attr greeting - First words of an empty conversation. Default: the inbox's.
 * @attr {'browser' | 'tab' | 'none'} persist - How long the visitor is remembered: by all tabs of the
 * browser, by this tab until it is closed, or not beyond the page. Default: `browser`.
 * @attr {'required'} consent - Nothing is kept or sent before the visitor agrees; the panel asks on the first
 * message.
 * @attr privacy - Address of the site's privacy notice, for that question.
 * @attr {'off'} sound - Replies make no sound unless the visitor switches it on in the menu. Default: a short
 * tone for a reply that nobody looks at, in one of the tabs.
 * @attr contact - `mailto:`, `tel:` and `https:` addresses, separated by spaces, offered when the chat cannot
 * be reached. Default: the inbox's.
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
 * @fires livechat-rating - The visitor rated the conversation.
 * @fires livechat-identity - The visitor is known under another name, or to the host.
 * @fires livechat-consent - The visitor is asked, or has decided, whether to be remembered.
 * @fires livechat-error - Something the page's author should know.
 *
 * @slot launcher - A picture on the launcher, in the place of the speech bubble. Words go into the attribute
 * `label`.
 * @slot logo - A picture in the head, in the place of whoever answers. Up to 140 by 40 pixels.
 * @slot header - Something under the head: opening hours, a link.
 * @slot intro - What an empty conversation begins with, in the place of the greeting.
 * @slot footer - Something under the composer: a word on privacy.
 *
 * @csspart launcher - The round button.
 * @csspart badge - The number of unread messages on it.
 * @csspart panel - The open chat.
 * @csspart header - Its head.
 * @csspart close - The button in it that closes the chat.
 * @csspart notice - Words on the line to the host, when something is wrong.
 * @csspart log - The messages.
 * @csspart message - One message with its buttons and how far it came.
 * @csspart bubble - Its text.
 * @csspart avatar - Who wrote it.
 * @csspart choices - Buttons that the flow offers.
 * @csspart choice - One of them.
 * @csspart latest - The button that leads to the newest message.
 * @csspart composer - The field and its button.
 * @csspart input - The field.
 * @csspart send - The button that sends.
 * @cssprop --livechat-accent - Wins over the `accent` attribute.
 * @cssprop --livechat-on-accent - Text on the accent. Default: black or white, whichever reads better.
 * @cssprop --livechat-surface - Ground of the panel.
 * @cssprop --livechat-text - Text on that ground.
 * @cssprop --livechat-muted - Quiet text.
 * @cssprop --livechat-line - Hairlines.
 * @cssprop --livechat-bubble - Ground of others' messages.
 * @cssprop [--livechat-radius=20px] - Corners of the panel.
 * @cssprop --livechat-font - Font family.
 * @cssprop [--livechat-width=400px] - Width of the panel, where there is room.
 * @cssprop [--livechat-height=680px] - Height of the panel, where there is room.
 * @cssprop [--livechat-offset=20px] - Distance from the page's edges, in both directions.
 * @cssprop --livechat-offset-block - Distance from the bottom edge. Default: `--livechat-offset`.
 * @cssprop --livechat-offset-inline - Distance from the side edge. Default: `--livechat-offset`.
 * @cssprop [--livechat-z-index=2147483000] - Where it lies above the page.
 *
 * @example <livechat-widget inbox="inb_shop" host="https://chat.example.com"
 * accent="#0a7f5a"></livechat-widget>
 */
export class LivechatWidget extends Base {
  static readonly observedAttributes = [
    // Written out: a bundler keeps a class whose fields have to be worked out, wanted or not.
    'inbox',
    'host',
    'persist',
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
  declare static loader: PanelLoader;

  #view: LauncherView | undefined;
  #panel: Promise<Panel> | undefined;
  #config!: Promise<WidgetConfig | null>;
  #appearance: Appearance = {};
  #address = '';
  #memory: PanelMemory = Object.create(null);
  /** The last detail of each event. */
  #last: Partial<Record<LivechatEventName, unknown>> = Object.create(null);
  /** Whether the panel stands as the `open` attribute says. */
  #synced: Promise<void> | undefined;
  /** Resolves when the page has come to rest. */
  #idle: Promise<unknown> | undefined;
  #abort!: AbortController;
  #warned = '';

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
    if (WHO.includes(name)) {
      if (this.isConnected) this.#start();
    } else if (name !== 'open') void this.#refresh();
    else if (this.#address) this.#setOpen(now !== null, true);
  }

  /** Whether the panel is open, or about to be. */
  get isOpen(): boolean {
    return this.hasAttribute('open');
  }

  /** How many messages the visitor has not seen; undefined while that is not known. */
  get unread(): number | undefined {
    return this.#lastOf('livechat-unread')?.count;
  }

  /** How the line to the host stands; undefined while the panel was never needed. */
  get status(): LivechatStatus | undefined {
    return this.#lastOf('livechat-status')?.status;
  }

  /** Who the visitor is; undefined while nobody was, or had to be, known. */
  get identity(): LivechatIdentity | undefined {
    return this.#lastOf('livechat-identity');
  }

  /**
   * Opens the panel and puts the cursor into the composer. Rejects if the panel cannot be loaded. Frameworks
   * that know properties set this where the markup says `open`: then it counts as the attribute.
   */
  get open(): () => Promise<void> {
    return this.#open;
  }

  set open(isOpen: boolean | '' | null | undefined) {
    this.toggleAttribute('open', isOpen === '' || !!isOpen);
  }

  /** Closes the panel and gives the focus back. */
  async close(): Promise<void> {
    this.open = false;
    await this.#synced;
  }

  /** Opens the panel, or closes it. */
  async toggle(): Promise<void> {
    await (this.isOpen ? this.close() : this.open());
  }

  /** Shows the launcher after `hide`. */
  async show(): Promise<void> {
    this.hidden = false;
  }

  /** Takes launcher and panel off the page; the conversation goes on. */
  async hide(): Promise<void> {
    this.hidden = true;
  }

  /**
   * Makes the visitor known by a JWT from the site's backend, or by a function that fetches one. Rejects if
   * there is no token; the chat then stays as it is, an unopened one opens anonymously, and `livechat-error`
   * has the code `identity`.
   */
  async identify(token: Identity): Promise<void> {
    if (this.#panel) return this.#ask('identify', token);
    // The page comes first: until it is at rest, or somebody opens the chat, this is kept in mind and nowhere
    // else.
    this.#memory.identity = token;
    await this.#ready();
    await this.#idle;
    await (
      await this.#load()
    ).identified;
  }

  /**
   * Facts for the flow: `name`, `email`, `phone`, and anything else as an attribute. They count from the next
   * session on.
   */
  async setAttributes(attributes: Record<string, string | number | boolean>): Promise<void> {
    if (this.#panel) return this.#ask('setAttributes', attributes);
    this.#memory.attributes = { ...this.#memory.attributes, ...attributes };
  }

  /** Speaks another language: `en` or `id`. */
  async setLocale(tag: string): Promise<void> {
    this.#memory.language = languageOf(tag);
    this.#memory.languageTag = tag;
    await this.#refresh();
  }

  /** Says something for the visitor. Resolves with the message's id when it is safe on the device. */
  sendMessage(text: string): Promise<string> {
    return this.#ask('sendMessage', text);
  }

  /** Puts text into the composer. */
  prefill(text: string): Promise<void> {
    return this.#ask('prefill', text);
  }

  /**
   * Takes down what the visitor decided about being remembered (in a banner of the page's own, for instance),
   * and resolves with how things stand. `withdrawn` wipes what is kept here and at the host; so does `denied`
   * once there is something. Without a decision it only tells. With the attribute `consent="required"`
   * nothing is kept or sent before `granted`, and the panel asks by itself.
   */
  async consent(decision?: ConsentDecision): Promise<ConsentState> {
    const canWait = decision === 'denied' || decision === 'granted';
    if (this.#panel || !canWait) return this.#ask('consent', decision);
    return (this.#memory.consent = decision);
  }

  /**
   * Forgets the visitor, and whoever else chatted here before, on this device: on logging out, for instance.
   */
  reset(): Promise<void> {
    // A panel that is only made for this must not ask the page who the visitor was.
    const memory = this.#memory;
    if (!this.#panel) memory.identity = memory.attributes = memory.consent = undefined;
    return this.#ask('reset');
  }

  /**
   * Looks at everything that the chat needs (policies, host, storage, copies, clock) and says what is
   * missing. `text` of the report is for pasting; it holds no token and nothing that anybody wrote.
   */
  async doctor(): Promise<DoctorReport> {
    return (await LivechatWidget.loader.doctor()).examine(this, this.#panel);
  }

  /** Takes the element off the page for good. What waits to be sent stays on the device. */
  async destroy(): Promise<void> {
    this.remove();
  }

  /** Listens to an event by its short name, such as `unread`. The answer takes the listener away again. */
  on<Topic extends LivechatEventTopic>(
    topic: Topic,
    listener: (event: LivechatEvent<`livechat-${Topic}`>) => void,
  ): () => void {
    const name = `livechat-${topic}`;
    this.addEventListener(name, listener as (event: Event) => void);
    return () => this.removeEventListener(name, listener as (event: Event) => void);
  }

  #lastOf<Name extends LivechatEventName>(name: Name) {
    return this.#last[name] as LivechatEventDetails[Name] | undefined;
  }

  /** Verbs reach the panel in the order in which they were asked for. */
  async #ask<Verb extends Exclude<keyof Panel, 'session' | 'identified'>>(
    verb: Verb,
    ...args: Parameters<Panel[Verb]>
  ): Promise<Awaited<ReturnType<Panel[Verb]>>> {
    const panel = await this.#load();
    return (panel[verb] as (...args: unknown[]) => Awaited<ReturnType<Panel[Verb]>>)(...args);
  }

  #open = async (): Promise<void> => {
    this.open = true;
    await this.#ready();
    await this.#synced;
  };

  #build() {
    this.#view = buildLauncher(this.attachShadow({ mode: 'open' }));
    const { root, button } = this.#view;
    button.addEventListener('click', () => {
      const card = root.querySelector('.card');
      if (card) card.remove();
      // The card says why it could not be opened.
      else this.toggle().catch(() => {});
    });
    // Signs that a click may follow; a finger enters, too, before it clicks. One that fails is silent: the
    // click will say so.
    for (const hint of ['pointerenter', 'focus']) {
      button.addEventListener(hint, () => void this.#load().catch(() => {}));
    }
  }
  #start() {
    const who = WHO.map((name) => this.getAttribute(name));
    const address = who.join(' ');
    void this.#refresh();
    if (address === this.#address) return;
    this.#stop();
    if (!who[0] || !who[1]) {
      return this.#warn('configuration', 'needs "host" and "inbox".');
    }
    this.#abort = new AbortController();
    this.#config = this.#fetchConfig();
    this.#idle = whenIdle();
    if (this.#wasOpen()) this.open = true;
    this.#address = address;
    // Nobody asked for it just now: the focus stays where the page has it.
    if (this.isOpen) this.#setOpen(true, false);
    else void this.#prepare();
    // Who has just put it on the page still has the time to listen.
    queueMicrotask(() => this.#emit('livechat-ready', null));
  }

  #stop() {
    if (!this.#address) return;
    this.#abort.abort();
    this.#address = '';
    const panel = this.#panel;
    this.#panel = undefined;
    void panel?.then((loaded) => loaded.destroy()).catch(() => {});
  }

  /** Null when there is no configuration to be had now; the panel says so and asks again. */
  async #fetchConfig(): Promise<WidgetConfig | null> {
    // No answer at all says nothing about the page: only a refusal is told.
    const answer = await fetchWidgetConfig(this.#where(), this.#abort.signal).catch(() => null);
    if (!answer || this.#abort.signal.aborted) return null;
    if (answer.inbox) {
      this.#takeConfig(answer);
      return answer;
    }
    const { code = 'http' } = answer;
    // There is no web chat behind this door, and there never will be.
    if (code === 'inbox_type') this.hidden = true;
    this.#warn(code, `cannot use its inbox: ${code}`);
    return null;
  }

  #takeConfig = ({ appearance }: WidgetConfig) => {
    this.#appearance = appearance;
    void this.#refresh();
  };

  /** Once the page is at rest: the panel for a click that may come, and the badge of a visitor we know. */
  async #prepare() {
    const { signal } = this.#abort;
    await this.#idle;
    // Who saves data is asked nothing, and gets nothing, before the click.
    if (signal.aborted || (navigator as { connection?: { saveData?: boolean } }).connection?.saveData) return;
    // The badge is a courtesy; the click will say what is wrong.
    await this.#ask('peek').catch(() => {});
  }

  /** Off the page, or without an inbox, there is nothing to load yet: what is asked for waits. */
  async #ready() {
    if (this.#address) return;
    await new Promise((ready) => this.addEventListener('livechat-ready', ready, { once: true }));
  }

  #load(): Promise<Panel> {
    if (!this.#panel) {
      const loading = this.#loadPanel();
      this.#panel = loading;
      loading.catch(() => {
        if (this.#panel === loading) this.#panel = undefined;
      });
    }
    return this.#panel;
  }

  async #loadPanel(): Promise<Panel> {
    const { loader } = LivechatWidget;
    await this.#ready();
    const { signal } = this.#abort;
    const [{ createPanel }, { strings }] = await Promise.all([
      loader.panel(),
      loader.strings(pageLanguage(this, this.#memory)),
    ]);
    signal.throwIfAborted();
    return createPanel({
      ...this.#where(),
      signal,
      widget: this,
      view: this.#view!,
      memory: this.#memory,
      config: this.#config,
      loader,
      strings,
      emit: this.#emit,
      onConfig: this.#takeConfig,
    });
  }

  #setOpen(open: boolean, focus: boolean) {
    this.#synced = this.#sync(open, focus);
    // Only a page that waits for `open()` hears of a failure here.
    this.#synced.catch(() => {});
  }

  /** Brings the panel in line with the `open` attribute. Rejects if the panel cannot be loaded. */
  async #sync(open: boolean, focus: boolean): Promise<void> {
    const { root, button } = this.#view!;
    const { signal } = this.#abort;
    void this.#refresh();
    if (!open) return (await this.#panel?.catch(() => null))?.close();
    button.ariaBusy = 'true';
    root.querySelector('.card')?.remove();
    try {
      const panel = await this.#load();
      // Meanwhile it may have become the chat of another inbox.
      if (this.isOpen && !signal.aborted) panel.open(focus);
    } catch (error) {
      if (signal.aborted) return;
      this.open = false;
      const contact = this.getAttribute('contact') ?? this.#appearance.fallbackContact;
      root.append(contactCard(this.#words, contact, () => void this.open().catch(() => {})));
      this.#warn('load', `could not load: ${error as Error}`);
      throw error;
    } finally {
      button.ariaBusy = null;
    }
  }

  async #refresh(): Promise<void> {
    if (!this.#view) return;
    const { root, button, label } = this.#view;
    const { accent, position } = this.#appearance;
    // One that the browser does not know would leave the chat without any.
    const known = [this.getAttribute('accent'), accent].find((color) => CSS.supports('color', color!));
    root.style.setProperty('--_given', known ?? null);
    root.classList.toggle('start', (this.getAttribute('position') ?? position) === 'start');
    label.data = this.getAttribute('label') ?? '';
    button.ariaLabel = label.data || this.#words.open;
    button.ariaExpanded = String(this.isOpen);
    await (await this.#panel?.catch(() => null))?.update();
  }

  get #words() {
    return LAUNCHER_STRINGS[pageLanguage(this, this.#memory)];
  }

  #where() {
    return { host: this.getAttribute('host')!, inboxId: this.getAttribute('inbox')! };
  }

  /**
   * Whether the panel stood open on the page before, in this tab. A page that is all panel is not opened
   * unasked.
   */
  #wasOpen(): boolean {
    try {
      return innerWidth > 480 && innerHeight > 440 && !!sessionStorage.getItem(openKey(this.#where()));
    } catch {
      return false;
    }
  }

  #emit: Emit = (name, detail) => {
    this.#last[name] = detail;
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
  };

  #warn(code: string, message: string) {
    if (this.#warned === code) return;
    this.#warned = code;
    console.warn(`<livechat-widget> ${message}`, this);
    this.#emit('livechat-error', { code, message });
  }
}

function whenIdle(): Promise<unknown> {
  return new Promise((resolve) => {
    const { requestIdleCallback: idle } = globalThis as Partial<typeof globalThis>;
    if (idle) idle(resolve, { timeout: 10_000 });
    else setTimeout(resolve, 2_000);
  });
}

declare global {
  interface HTMLElementTagNameMap {
    'livechat-widget': LivechatWidget;
  }
}
