import type { CustomRunKinds } from '@alur/flow/run';
import type { Appearance } from '@alur/client';
import type { LivechatEvent, LivechatEventTopic, LivechatIdentity, LivechatStatus } from '../events.ts';
import { LAUNCHER_STRINGS, languageOf, pageLanguage } from '../strings/language.ts';
import type { ConsentDecision, ConsentState } from '../session/identity/consent.ts';
import type { DoctorReport } from '../panel/doctor/report.ts';
import { Launcher } from './launcher.ts';
import { wasOpen } from './open-mark.ts';
import { PageEvents } from './page-events.ts';
import { PanelControl } from './panel-control.ts';
import type { Identity, PanelLoader, PanelMemory } from './panel-loader.ts';

/** Servers have no `HTMLElement`. The module can be imported there. */
const Base = globalThis.HTMLElement ?? (Object as unknown as typeof HTMLElement);

/** Attributes that select the visitor. A change starts a new chat. */
const VISITOR_ATTRIBUTES = ['inbox', 'host', 'persist'];

/**
 * @summary A chat for visitors: a launcher that paints at once, and a panel that is loaded on demand.
 *
 * @attr inbox - Id of the inbox. Required.
 * @attr host - URL of the host. Required.
 * @attr accent - Colour of launcher and own messages, any CSS colour. Default: the inbox's, else a blue.
 * @attr {'end' | 'start'} position - Corner: at the end or the start of the inline direction. Default: the
 * inbox's, else `end`.
 * @attr label - Text on the launcher. Default: none, a round button.
 * @attr lang - Language: a tag that begins with `id` is Indonesian, any other English. Default: the page's.
 * @attr {'light' | 'dark' | 'auto'} theme - `auto` follows the page's `color-scheme`. Default: `auto`.
 * @attr {boolean} open - Whether the panel is open. The element sets and removes it too.
 * @attr title-text - Title of the panel. Default: the inbox's.
 * @attr greeting - Text of an empty conversation. Default: the inbox's.
 * @attr {'browser' | 'tab' | 'none'} persist - How long the visitor is remembered: by all tabs of the
 * browser, by this tab until it is closed, or only until the page is closed. Default: `browser`.
 * @attr {'required'} consent - Nothing is stored or sent before the visitor agrees. The panel asks on the
 * first message.
 * @attr privacy - URL of the site's privacy notice, shown with the consent question.
 * @attr {'off'} sound - Replies make no sound unless the visitor switches it on in the menu. Default: a short
 * tone for a reply while the chat is not visible, in one of the tabs.
 * @attr contact - `mailto:`, `tel:` and `https:` addresses, separated by spaces, shown when the chat cannot
 * be reached. Default: the inbox's.
 *
 * @fires livechat-ready - The launcher is rendered.
 * @fires livechat-open - The panel was opened.
 * @fires livechat-close - The panel was closed.
 * @fires livechat-unread - The number of unread messages changed.
 * @fires livechat-message - A message that the visitor did not write arrived.
 * @fires livechat-message-sent - The host accepted a message of the visitor.
 * @fires livechat-message-failed - The host refused a message of the visitor permanently.
 * @fires livechat-status - The state of the connection to the host changed.
 * @fires livechat-flow-end - The flow ended.
 * @fires livechat-rating - The visitor rated the conversation.
 * @fires livechat-identity - The identity of the visitor changed, or the host accepted it.
 * @fires livechat-consent - The consent state changed.
 * @fires livechat-error - An error for the site's developer.
 *
 * @slot launcher - An image on the launcher, instead of the speech bubble. For text use the attribute
 * `label`.
 * @slot logo - An image in the header, instead of the avatar. Up to 140 by 40 pixels.
 * @slot header - Content below the header: opening hours, a link.
 * @slot intro - Content of an empty conversation, instead of the greeting.
 * @slot footer - Content below the composer: a privacy note.
 *
 * @csspart launcher - The round button.
 * @csspart badge - The number of unread messages on the launcher.
 * @csspart panel - The open chat.
 * @csspart header - The header of the panel.
 * @csspart close - The button in the header that closes the chat.
 * @csspart notice - The message about a connection error.
 * @csspart log - The list of messages.
 * @csspart message - One message with its buttons and its delivery state.
 * @csspart bubble - The text of a message.
 * @csspart avatar - The picture or initials of the author.
 * @csspart choices - The buttons of a message from the flow.
 * @csspart choice - One of these buttons.
 * @csspart latest - The button that scrolls to the newest message.
 * @csspart composer - The text field with the send button.
 * @csspart input - The text field.
 * @csspart send - The send button.
 * @cssprop --livechat-accent - Accent colour. Overrides the `accent` attribute.
 * @cssprop --livechat-on-accent - Text on the accent. Default: black or white, whichever has more contrast.
 * @cssprop --livechat-surface - Background of the panel.
 * @cssprop --livechat-text - Text on the panel.
 * @cssprop --livechat-muted - Secondary text.
 * @cssprop --livechat-line - Thin borders.
 * @cssprop --livechat-bubble - Background of messages that the visitor did not write.
 * @cssprop [--livechat-radius=20px] - Corner radius of the panel.
 * @cssprop --livechat-font - Font family.
 * @cssprop [--livechat-width=400px] - Width of the panel, if there is room.
 * @cssprop [--livechat-height=680px] - Height of the panel, if there is room.
 * @cssprop [--livechat-offset=20px] - Distance from the page's edges, in both directions.
 * @cssprop --livechat-offset-block - Distance from the bottom edge. Default: `--livechat-offset`.
 * @cssprop --livechat-offset-inline - Distance from the side edge. Default: `--livechat-offset`.
 * @cssprop [--livechat-z-index=2147483000] - Stacking order in the page.
 *
 * @example <livechat-widget inbox="inb_shop" host="https://chat.example.com"
 * accent="#0a7f5a"></livechat-widget>
 */
export class LivechatWidget extends Base {
  static readonly observedAttributes = [
    // Written as literals: bundlers do not remove a class with computed static fields.
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
  /** @internal Loads the panel. Set by the module that defines the element. */
  declare static loader: PanelLoader;

  readonly #events = new PageEvents(this);
  readonly #memory: PanelMemory = Object.create(null);
  /** Created when the element is connected for the first time. */
  #launcher: Launcher | undefined;
  readonly #panel = new PanelControl({
    widget: this,
    launcher: () => this.#launcher!,
    loader: () => LivechatWidget.loader,
    memory: this.#memory,
    events: this.#events,
    onConfig: ({ appearance }) => {
      this.#appearance = appearance;
      void this.#refresh();
    },
    onLoadError: () => this.#showContact(),
  });
  #appearance: Appearance = {};
  /** Values of the attributes that select the visitor. */
  #address = '';
  /** Resolves when the panel matches the `open` attribute. */
  #synced: Promise<void> | undefined;

  connectedCallback(): void {
    if (!this.#launcher) this.#build();
    this.#start();
  }

  disconnectedCallback(): void {
    // A moved element is connected again before this runs.
    queueMicrotask(() => this.isConnected || this.#stop());
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (before === now || !this.#launcher) return;
    if (VISITOR_ATTRIBUTES.includes(name)) {
      if (this.isConnected) this.#start();
    } else if (name !== 'open') void this.#refresh();
    else if (this.#panel.isStarted) this.#sync(true);
  }

  /** Whether the panel is open or opening. Set it to open or close the panel. It reflects the attribute. */
  get open(): boolean {
    return this.hasAttribute('open');
  }

  set open(isOpen: boolean | '' | null | undefined) {
    // Some frameworks assign the value of an attribute: `''` is true.
    this.toggleAttribute('open', isOpen === '' || !!isOpen);
  }

  /**
   * Card kinds of your own, whose names begin with `x-`: how the engine runs them in this page. Set it before
   * the panel is opened. A flow with a kind that the page does not know is run by the host only.
   */
  get kinds(): CustomRunKinds | undefined {
    return this.#memory.kinds;
  }

  set kinds(kinds: CustomRunKinds | undefined) {
    this.#memory.kinds = kinds;
  }

  /** Number of messages that the visitor has not seen; undefined while it is not known. */
  get unread(): number | undefined {
    return this.#events.last('livechat-unread')?.count;
  }

  /** State of the connection to the host; undefined before the panel was needed. */
  get status(): LivechatStatus | undefined {
    return this.#events.last('livechat-status')?.status;
  }

  /** Identity of the visitor; undefined while it is not known. */
  get identity(): LivechatIdentity | undefined {
    return this.#events.last('livechat-identity');
  }

  /** Opens the panel and focuses the composer. Rejects if the panel cannot be loaded. */
  async openPanel(): Promise<void> {
    this.open = true;
    await this.#panel.ready();
    await this.#synced;
  }

  /** Closes the panel and returns the focus. */
  async closePanel(): Promise<void> {
    this.open = false;
    await this.#synced;
  }

  /** Opens the panel, or closes it. */
  async togglePanel(): Promise<void> {
    await (this.open ? this.closePanel() : this.openPanel());
  }

  /** Shows the launcher after `hide`. */
  async show(): Promise<void> {
    this.hidden = false;
  }

  /** Hides launcher and panel. The conversation continues. */
  async hide(): Promise<void> {
    this.hidden = true;
  }

  /**
   * Identifies the visitor by a JWT from the site's backend, or by a function that fetches one. Rejects if
   * there is no token. Then the chat does not change, an unopened one opens anonymously, and `livechat-error`
   * has the code `identity`.
   */
  async identify(token: Identity): Promise<void> {
    if (this.#panel.current) return this.#panel.call('identify', token);
    // Only stored in memory until the page is idle or the chat is opened, so that it does not delay the page.
    this.#memory.identity = token;
    await this.#panel.identified();
  }

  /**
   * Sets facts for the flow: `name`, `email`, `phone`, and anything else as an attribute. They apply from the
   * next session.
   */
  async setAttributes(attributes: Record<string, string | number | boolean>): Promise<void> {
    if (this.#panel.current) return this.#panel.call('setAttributes', attributes);
    this.#memory.attributes = { ...this.#memory.attributes, ...attributes };
  }

  /** Changes the language: `en` or `id`. */
  async setLocale(tag: string): Promise<void> {
    this.#memory.language = languageOf(tag);
    this.#memory.languageTag = tag;
    await this.#refresh();
  }

  /** Sends a message of the visitor. Resolves with the message's id when it is stored on the device. */
  sendMessage(text: string): Promise<string> {
    return this.#panel.call('sendMessage', text);
  }

  /** Puts text into the composer. */
  prefill(text: string): Promise<void> {
    return this.#panel.call('prefill', text);
  }

  /**
   * Records the consent decision, for example of the page's own banner, and resolves with the current consent
   * state. `withdrawn` deletes the data on the device and at the host; so does `denied` if there is data.
   * Without a decision it only returns the state. With the attribute `consent="required"` nothing is stored
   * or sent before `granted`, and the panel asks the visitor.
   */
  async consent(decision?: ConsentDecision): Promise<ConsentState> {
    const canWait = decision === 'denied' || decision === 'granted';
    if (this.#panel.current || !canWait) return this.#panel.call('consent', decision);
    return (this.#memory.consent = decision);
  }

  /** Forgets this visitor and all earlier visitors of the inbox on this device, for example on sign-out. */
  reset(): Promise<void> {
    // A panel that is created only for this must not request an identity from the page.
    const memory = this.#memory;
    if (!this.#panel.current) memory.identity = memory.attributes = memory.consent = undefined;
    return this.#panel.call('reset');
  }

  /**
   * Checks everything that the chat needs (policies, host, storage, duplicates, clock) and reports what is
   * missing. The report's `text` is for pasting. It contains no token and no message.
   */
  async doctor(): Promise<DoctorReport> {
    return (await LivechatWidget.loader.doctor()).examine(this, this.#panel.current);
  }

  /** Removes the element permanently. Unsent messages stay on the device. */
  async destroy(): Promise<void> {
    this.remove();
  }

  /**
   * Listens to an event by its short name, such as `unread`. Returns a function that removes the listener.
   */
  on<Topic extends LivechatEventTopic>(
    topic: Topic,
    listener: (event: LivechatEvent<`livechat-${Topic}`>) => void,
  ): () => void {
    const name = `livechat-${topic}`;
    this.addEventListener(name, listener as (event: Event) => void);
    return () => this.removeEventListener(name, listener as (event: Event) => void);
  }

  #build() {
    this.#launcher = new Launcher(this.attachShadow({ mode: 'open' }));
    const { button } = this.#launcher;
    button.addEventListener('click', () => {
      // The card shows the error of an earlier click.
      if (!this.#launcher!.hideContact()) this.togglePanel().catch(() => {});
    });
    // These events predict a click (touch fires `pointerenter` too), so preload the panel. Ignore errors: the
    // click reports them.
    for (const hint of ['pointerenter', 'focus']) {
      button.addEventListener(hint, () => void this.#panel.load().catch(() => {}));
    }
  }

  #start() {
    const [inboxId, host, ...rest] = VISITOR_ATTRIBUTES.map((name) => this.getAttribute(name));
    const address = [inboxId, host, ...rest].join(' ');
    void this.#refresh();
    if (address === this.#address) return;
    this.#stop();
    if (!inboxId || !host) return this.#events.warn('configuration', 'needs "host" and "inbox".');
    if (wasOpen({ inboxId, host })) this.open = true;
    this.#address = address;
    this.#panel.start({ inboxId, host });
    // The visitor did not just open it, so do not move the focus.
    if (this.open) this.#sync(false);
    else void this.#panel.prepare();
    // Deferred, so that code that has just added the element can add listeners.
    queueMicrotask(() => this.#events.emit('livechat-ready', null));
  }

  #stop() {
    this.#address = '';
    this.#panel.stop();
  }

  /** Opens or closes the panel, as the attribute says. */
  #sync(focus: boolean) {
    void this.#refresh();
    this.#synced = this.#panel.sync(focus);
    // Only a caller of `openPanel()` receives this error.
    this.#synced.catch(() => {});
  }

  async #refresh(): Promise<void> {
    if (!this.#launcher) return;
    const { accent, position } = this.#appearance;
    this.#launcher.applySettings({
      words: this.#words,
      label: this.getAttribute('label') ?? '',
      accents: [this.getAttribute('accent'), accent],
      position: this.getAttribute('position') ?? position,
    });
    this.#launcher.button.ariaExpanded = String(this.open);
    await this.#panel.update();
  }

  #showContact() {
    const contact = this.getAttribute('contact') ?? this.#appearance.fallbackContact;
    this.#launcher!.showContact(this.#words, contact, () => void this.openPanel().catch(() => {}));
  }

  get #words() {
    return LAUNCHER_STRINGS[pageLanguage(this, this.#memory)];
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'livechat-widget': LivechatWidget;
  }
}
