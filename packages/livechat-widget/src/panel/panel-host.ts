import type { LivechatEventDetails } from '../events.ts';
import type { Launcher } from '../launcher/launcher.ts';
import { markOpen } from '../launcher/open-mark.ts';
import type { Identity, Panel, PanelOptions } from '../launcher/panel-loader.ts';
import { ChatSession } from '../session/chat-session.ts';
import type { ConsentDecision, ConsentState } from '../session/identity/consent.ts';
import { languageOf, pageLanguage, pageLanguageTag } from '../strings/language.ts';
import type { Strings } from '../strings/strings.ts';
import { closeOnBack, type BackWatcher } from './close-on-back.ts';
import { containEvents } from './contain-events.ts';
import { fitToView, NARROW } from './fit-to-view.ts';
import type { LivechatPanel } from './livechat-panel/livechat-panel.ts';
import { loadModule } from './load-module.ts';
import { moveToTopLayer } from './move-to-top-layer.ts';
import { nextTask, noteWarm } from './next-task.ts';
import { noteFaintAccent } from './note-faint-accent.ts';
import { openLauncherStyles } from './open-launcher.styles.ts';
import { addStyles } from './panel-element.ts';
import { persistenceOf, settingsOf } from './panel-settings.ts';

/** CSS parts that the page can style. */
const PARTS =
  'panel, header, close, notice, log, message, bubble, avatar, choices, choice, latest, composer, input, send';

/** Connects a launcher, a chat session and the panel's elements. */
export class PanelHost implements Panel {
  readonly session: ChatSession;
  identified = Promise.resolve();
  readonly #options: PanelOptions;
  readonly #launcher: Launcher;
  readonly #back: BackWatcher;
  #element!: LivechatPanel;
  #strings: Strings;
  #unread = 0;
  #isOpen = false;
  /** Whether the visitor closes the chat from inside it. Then the launcher takes the focus. */
  #isClosedInside = false;
  /** Whether the panel opens or closes because another tab did. */
  #isFollowing = false;

  private constructor(options: PanelOptions) {
    const { widget, memory, signal } = options;
    const persist = persistenceOf(widget);
    this.#options = options;
    this.#launcher = options.launcher;
    this.#strings = options.strings;
    this.#back = closeOnBack(() => void widget.closePanel(), signal);
    this.session = new ChatSession({
      ...options,
      emit: this.#forwardEvent,
      persist,
      // Set in any case: a page may have extended Object.prototype.
      storage:
        persist === 'tab' ? async (...wanted) => (await loadModule('openTabStorage'))(...wanted) : undefined,
      loadEngine: () => loadModule('engine'),
      loadIdentify: () => loadModule('identify'),
      language: () => pageLanguageTag(widget, memory),
      kinds: () => memory.kinds,
      muted: widget.getAttribute('sound') === 'off',
      needsConsent: () => widget.getAttribute('consent') === 'required',
      onShared: (key, value) => key === 'open' && this.#followOtherTab(value),
      onForgotten: () => {
        // The next visitor of this element starts with a clean state.
        memory.identity = memory.attributes = memory.consent = undefined;
        this.#markOpen();
      },
    });
  }

  /**
   * Creates the panel of a launcher. It is rendered immediately, and takes no space before the first `open`.
   */
  static async create(options: PanelOptions): Promise<Panel> {
    const host = new PanelHost(options);
    options.signal.addEventListener('abort', () => host.session.close());
    // The module was evaluated in this task too. Yield before the next long step.
    await nextTask();
    await host.#applyMemory();
    await host.#render();
    return host;
  }

  open(focus: boolean): void {
    const element = this.#element;
    this.#setOpen(true);
    this.session.connect(true);
    if (focus && !this.#isFollowing) void element.updateComplete.then(() => element.focus());
    this.#options.emit('livechat-open', null);
    void element.updateComplete.then(() => noteFaintAccent(element));
  }

  close(): void {
    if (!this.#isOpen) return;
    const { root, button } = this.#launcher;
    // A visitor who is elsewhere on the page keeps the focus there.
    const wasInside = this.#isClosedInside || (root.getRootNode() as ShadowRoot).activeElement !== null;
    this.#isClosedInside = false;
    this.#setOpen(false);
    if (wasInside) button.focus();
    this.#options.emit('livechat-close', null);
  }

  peek(): Promise<void> {
    return this.session.peek();
  }

  async update(): Promise<void> {
    const { widget, memory, loader } = this.#options;
    this.#adoptStyles();
    this.#mountSlots();
    const language = pageLanguage(widget, memory);
    if (languageOf(this.#strings.locale) !== language) {
      const words = await loader.strings(language).catch(() => null);
      // Another language may have been chosen in the meantime. A failed load keeps the current one.
      if (words && language === pageLanguage(widget, memory)) this.#strings = words.strings;
      this.#element.failed = words ? null : navigator.onLine;
    }
    this.#updatePanel();
  }

  async identify(token: Identity): Promise<void> {
    await this.session.identify(async () => (typeof token === 'function' ? token() : token));
    this.#options.memory.identity = token;
  }

  setAttributes(attributes: Record<string, unknown>): void {
    const { memory } = this.#options;
    memory.attributes = { ...memory.attributes, ...attributes };
    this.session.setAttributes(attributes);
  }

  sendMessage(text: string): Promise<string> {
    return this.session.send(text);
  }

  prefill(text: string): void {
    this.session.setDraft(String(text ?? ''));
  }

  reset(): Promise<void> {
    return this.session.reset();
  }

  async consent(decision?: ConsentDecision): Promise<ConsentState> {
    const { memory } = this.#options;
    const state = await this.session.decide(decision);
    if (state === 'denied') memory.identity = memory.attributes = undefined;
    // A later panel of the same element starts with the same decision.
    const lasting = state === 'withdrawn' ? 'denied' : state;
    memory.consent = lasting === 'granted' || lasting === 'denied' ? lasting : undefined;
    this.#markOpen();
    return state;
  }

  destroy(): void {
    this.#element.remove();
    this.#launcher.setState({ open: false, unread: 0 });
    this.#options.emit('livechat-status', { status: 'idle' });
  }

  /** Applies what the page has set before the panel existed. */
  async #applyMemory() {
    const { session } = this;
    const { memory, signal } = this.#options;
    const { attributes, consent, identity } = memory;
    if (attributes) session.setAttributes(attributes);
    try {
      if (consent) await session.decide(consent);
      // Without it the chat would show another person's conversation. If it fails, the chat opens
      // anonymously.
      if (identity) await (this.identified = this.identify(identity)).catch(() => {});
      signal.throwIfAborted();
    } catch (error) {
      session.close();
      throw error;
    }
  }

  async #render() {
    const { signal } = this.#options;
    const { root, button } = this.#launcher;
    this.#adoptStyles();
    this.#launcher.setState({ open: false, unread: this.#unread });
    moveToTopLayer(root, button, signal);
    this.#element = document.createElement('livechat-panel');
    this.#attachPanel();
    this.#mountSlots();
    // Its child elements are rendered in later tasks, before the click.
    await this.#element.updateComplete;
    await nextTask();
    noteWarm();
    document.addEventListener('visibilitychange', () => this.#updateWatched(), { signal });
    this.session.share('open', null);
  }

  #attachPanel() {
    const element = this.#element;
    const { widget, signal } = this.#options;
    element.session = this.session;
    element.setAttribute('exportparts', PARTS);
    this.#updatePanel();
    element.addEventListener('panel-close', () => {
      this.#isClosedInside = true;
      void widget.closePanel();
    });
    containEvents(element, widget);
    element.addEventListener(
      'panel-language',
      () => void widget.setLocale(this.#strings.locale === 'id' ? 'en' : 'id'),
    );
    fitToView(element, signal);
    // Before the launcher, so that Tab goes from panel to launcher.
    this.#launcher.root.prepend(element);
  }

  #updatePanel() {
    const element = this.#element;
    const { config } = this.session.view.get();
    element.settings = settingsOf(this.#options.widget, config?.appearance);
    element.strings = this.#strings;
    element.lang = this.#strings.locale;
    element.toggleAttribute('at-start', this.#launcher.root.classList.contains('start'));
  }

  #adoptStyles() {
    const { root, sheet } = this.#launcher;
    addStyles(root.getRootNode() as ShadowRoot, [sheet, openLauncherStyles]);
  }

  /** Shows the page's own content in the panel's slots, if there is any. */
  #mountSlots() {
    if (!this.#options.widget.querySelector('[slot]:not([slot=launcher])')) return;
    void loadModule('fillSlots')
      .then((fillSlots) => fillSlots(this.#element))
      .catch(() => {});
  }

  readonly #forwardEvent: PanelOptions['emit'] = (name, detail) => {
    if (name === 'livechat-unread') {
      this.#unread = (detail as LivechatEventDetails['livechat-unread']).count;
      this.#launcher.setState({ unread: this.#unread });
    }
    if (name === 'livechat-message') {
      const { author } = detail as LivechatEventDetails['livechat-message'];
      // A missing sound is not an error.
      void loadModule('chime')
        .then((chime) => chime(author, this.session, () => this.#unread))
        .catch(() => {});
    }
    this.#options.emit(name, detail);
  };

  #setOpen(open: boolean) {
    this.#isOpen = open;
    this.#element.open = open;
    this.#back.set(open && this.#element.full);
    this.#launcher.setState({ open });
    this.#markOpen();
    this.#updateWatched();
    if (!this.#isFollowing) this.session.share('open', open);
  }

  #updateWatched() {
    const { session } = this;
    const visible = document.visibilityState === 'visible';
    session.setWatched(this.#isOpen && visible);
    // A hidden page with a closed chat needs no connection.
    if (!visible && !this.#isOpen) session.disconnectWhenIdle();
    else session.reconnect();
  }

  #markOpen() {
    markOpen(this.#options, this.#isOpen && this.session.mayKeep);
  }

  /**
   * Opens or closes with another tab, and answers a new tab. A panel that would cover the page does not
   * follow.
   */
  #followOtherTab(open: unknown) {
    const { widget } = this.#options;
    if (open === null) return this.#isOpen && this.session.share('open', true);
    if (open === this.#isOpen || matchMedia(NARROW).matches) return;
    this.#isFollowing = true;
    void widget[open ? 'openPanel' : 'closePanel']().finally(() => (this.#isFollowing = false));
  }
}
