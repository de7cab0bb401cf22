import type { Author } from '@alur/client';
import { isComposing } from '@alur/flow/keyboard';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

import type { ConsentState } from '../../session/identity/consent.ts';
import type { ChatSession } from '../../session/chat-session.ts';
import type { View } from '../../session/view-model.ts';
import { contactWays } from '../../store/contact-ways.ts';
import { availabilityOf, nextOfficeChange, type Availability } from '../../store/availability.ts';
import { Announcements, type Announcement } from '../../store/announcements.ts';
import { answererOf } from '../../store/conversation.ts';
import type { Strings } from '../../strings/strings.ts';
import type { Composer } from '../composer/composer.ts';
import type { PanelSettings } from '../panel-settings.ts';
import type { PanelRequestEvent } from '../request.ts';
import { loadModule } from '../load-module.ts';
import { startOfDay } from '../local-day.ts';
import { avatar, nameOf } from '../templates/author.ts';
import { avatarStyles } from '../templates/avatar.styles.ts';
import { closeIcon, menuIcon } from '../templates/icons.ts';
import { PanelElement } from '../panel-element.ts';
import { tokens } from '../tokens.styles.ts';
import { availabilityWords } from './availability-words.ts';
import { livechatPanelStyles } from './livechat-panel.styles.ts';

/**
 * @summary The open chat: header, notice, messages, composer.
 * @fires panel-close - The visitor closed the panel.
 * @fires panel-language - The visitor chose the other language.
 */
export class LivechatPanel extends PanelElement {
  static override styles = [tokens, avatarStyles, livechatPanelStyles];
  static override properties = {
    session: { attribute: false },
    strings: { attribute: false },
    settings: { attribute: false },
    open: { attribute: false },
    full: { attribute: false },
    menu: { attribute: false },
    failed: { attribute: false },
    refusesFile: { attribute: false },
  };

  declare session: ChatSession;
  declare strings: Strings;
  declare settings: PanelSettings;
  declare open: boolean;
  /** Whether the panel covers the screen, as on a phone. */
  declare full: boolean;
  declare menu: boolean;
  /** Whether there was a network when a lazy module failed to load; null if none failed. */
  declare failed: boolean | null;
  /** Whether the visitor has just tried to send a file. */
  declare refusesFile: boolean;

  #unsubscribe = () => {};
  /** Timer that renders the panel again when a displayed day or opening time changes. */
  #timer = 0;
  /** Whether the consent card is shown, now and at the last update. */
  #showsConsent = false;
  #showedConsent = false;
  /** Whether something in the panel had the focus before an update. */
  #hadFocus = false;
  readonly #announcements = new Announcements();
  #announced: readonly Announcement[] = [];

  constructor() {
    super();
    this.open = false;
    this.full = false;
    this.menu = false;
    this.failed = null;
    this.refusesFile = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const unsubscribe = this.session.view.subscribe(() => this.requestUpdate());
    // Timers do not run while a device sleeps.
    const redraw = () => this.requestUpdate();
    document.addEventListener('visibilitychange', redraw);
    this.#unsubscribe = () => {
      unsubscribe();
      document.removeEventListener('visibilitychange', redraw);
      clearTimeout(this.#timer);
    };
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unsubscribe();
  }

  get #view(): View {
    return this.session.view.get();
  }

  protected override willUpdate(changed: PropertyValues): void {
    this.#hadFocus = this.shadowRoot!.activeElement !== null;
    if (changed.has('open') && !this.open) {
      this.menu = false;
      this.failed = null;
    }
    this.toggleAttribute('open', this.open);
    this.toggleAttribute('full', this.full);
    const { consent } = this.#view;
    this.#showsConsent = consent === 'asked' || consent === 'denied';
    if (this.#showsConsent) void this.#load('consent');
    this.#announced = this.#announcements.update(this.#view, this.open);
    this.#watchClock();
  }

  /** Schedules the next update: labels such as "Today" change at midnight, and office hours start and end. */
  #watchClock() {
    clearTimeout(this.#timer);
    // A timer would keep a removed panel in memory until midnight.
    if (!this.open || !this.isConnected) return;
    const now = new Date();
    const hostNow = this.session.client.hostNow();
    const toMidnight = startOfDay(now, 1) - now.getTime();
    const toOfficeChange = nextOfficeChange(this.#view.config?.officeHours, hostNow) - hostNow;
    this.#timer = setTimeout(() => this.requestUpdate(), Math.min(toMidnight, toOfficeChange)) as never;
  }

  protected override updated(changed: PropertyValues): void {
    const isLost = this.open && !this.shadowRoot!.activeElement;
    // The closed menu had the focus: return it to the menu button.
    if (!this.menu && changed.get('menu') && isLost) {
      this.renderRoot.querySelector<HTMLElement>('.header button')?.focus();
    } else if (this.#hadFocus && isLost) this.focus(); // The composer disappears when the chat is refused.
    // After the consent question, continue in the composer.
    if (this.#showedConsent && !this.#showsConsent && this.open && !this.shadowRoot!.activeElement)
      this.focus();
    this.#showedConsent = this.#showsConsent;
  }

  #announcementText(announcement: Announcement): string {
    const { strings } = this;
    if (announcement.kind === 'ended') return strings.resolved;
    if (announcement.kind === 'handover') return strings.joined(nameOf(announcement.handler, strings));
    const { author, text, choices } = announcement.message;
    const labels = choices?.buttons.map(({ label }) => label).join(', ');
    return `${nameOf(author, strings)}: ${text || strings.image}${labels ? `. ${strings.choices}: ${labels}` : ''}`;
  }

  /**
   * Focuses the composer. Focuses the messages where there is no composer, and on touch screens, because a
   * focused field opens a keyboard that covers them.
   */
  override focus(): void {
    const composer = matchMedia('(pointer: coarse)').matches ? null : this.#composer;
    if (composer) return composer.focus();
    const list = this.renderRoot.querySelector('livechat-message-list');
    // The list renders in a later task.
    void list?.updateComplete.then(() => list.log.focus({ preventScroll: true }));
  }

  get #composer(): Composer | null {
    return this.renderRoot.querySelector<Composer>('livechat-composer');
  }

  #handleRequest = ({ request }: PanelRequestEvent) => {
    const { session } = this;
    switch (request.do) {
      case 'send':
        // After a refusal, the draft stays in the composer.
        void session.sendDraft().catch(() => {});
        break;
      case 'press':
        void session.press(request.cardId, request.buttonId);
        // The pressed button becomes disabled and would keep the focus.
        this.focus();
        break;
      case 'retry':
        void session.retry(request.id);
        this.focus();
        break;
      case 'edit':
        void session.edit(request.id);
        this.#composer?.focus();
        break;
      case 'older':
        void session.loadOlder().catch(() => {});
        break;
      case 'draft':
        session.setDraft(request.text);
        session.noteTyping();
        break;
    }
  };

  /** Prevents the default for dropped files, which would replace the page. */
  #handleDrag = (event: DragEvent) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    // Browsers do not dispatch a drop that is not allowed, and the visitor would not see why.
    event.dataTransfer.dropEffect = 'copy';
    if (event.type === 'drop') this.refusesFile = true;
  };

  #handlePaste = (event: ClipboardEvent) => {
    const { files, types } = event.clipboardData ?? {};
    if (!files?.length || types?.includes('text/plain')) return;
    event.preventDefault();
    this.refusesFile = true;
  };

  #handleKey = (event: KeyboardEvent) => {
    this.failed = null;
    this.refusesFile = false;
    if (event.key === 'Escape' && !isComposing(event)) {
      event.stopPropagation();
      if (this.menu) this.menu = false;
      else this.#handleClose();
    }
    if (event.key === 'Tab' && this.full) this.#keepFocus(event);
  };

  /** Keeps Tab inside a panel that covers the page. */
  #keepFocus(event: KeyboardEvent) {
    const buttons = [...this.renderRoot.querySelectorAll<HTMLElement>('.header button')];
    const [first] = buttons;
    const composer = this.#composer;
    const isFirst = this.shadowRoot!.activeElement === first;
    const isLast = this.shadowRoot!.activeElement === composer && !composer?.canSend;
    const onSend = composer?.shadowRoot?.activeElement?.localName === 'button';
    if (event.shiftKey && isFirst) composer?.focus();
    else if (!event.shiftKey && (isLast || onSend)) first?.focus();
    else return;
    event.preventDefault();
  }

  #handleClose = () => {
    this.dispatchEvent(new Event('panel-close'));
  };

  #handleMenu = () => {
    this.menu = !this.menu;
    if (this.menu) void this.#loadMenu();
  };
  #loadMenu = async () => {
    if (!(await this.#load('menu', () => this.menu))) this.menu = false;
  };
  /** Loads a lazy module. Returns false on failure, which is shown if `isWanted` returns true. */
  async #load(part: 'menu' | 'consent', isWanted = () => true): Promise<boolean> {
    const here = await loadModule(part).then(
      () => true,
      () => false,
    );
    if (here) this.failed = null;
    else if (isWanted()) this.failed = navigator.onLine;
    return here;
  }
  #handlePress = (event: PointerEvent) => {
    const header = this.renderRoot.querySelector('.header')!;
    // The visitor has seen the load error and continues.
    this.failed = null;
    if (this.menu && !event.composedPath().includes(header)) this.menu = false;
  };

  protected override render(): TemplateResult {
    const { strings, settings } = this;
    const { screen, conversation, loading, draft, status, consent } = this.#view;
    return html`<section
      class="panel"
      part="panel"
      role="dialog"
      aria-modal=${this.full}
      aria-labelledby="title"
      @keydown=${this.#handleKey}
      @dragover=${this.#handleDrag}
      @drop=${this.#handleDrag}
      @paste=${this.#handlePaste}
      @pointerdown=${this.#handlePress}
    >
      ${this.#renderHeader()} ${this.#renderNotice()}
      <livechat-message-list
        exportparts="log, message, bubble, avatar, choices, choice, latest"
        .messages=${screen.messages}
        .strings=${strings}
        .greeting=${status === 'refused' ? strings.refused : settings.greeting}
        .typing=${this.#typingAuthor}
        .more=${conversation.more}
        .loading=${loading}
        .resolved=${screen.resolved}
        .today=${startOfDay(new Date())}
        @panel-request=${this.#handleRequest}
      ></livechat-message-list>
      ${this.#showsConsent ? this.#renderConsent(consent) : nothing}
      ${
        status === 'refused'
          ? nothing
          : html`<livechat-composer
              exportparts="composer, input, send"
              .draft=${draft}
              .shown=${this.open}
              .strings=${strings}
              @panel-request=${this.#handleRequest}
            ></livechat-composer>`
      }
      <div class="hidden-text" aria-live="polite">
        ${status === 'refused' ? strings.refused : nothing}
        ${repeat(
          this.#announced,
          ({ key }) => key,
          (one) => html`<p>${this.#announcementText(one)}</p>`,
        )}
      </div>
    </section>`;
  }

  #renderConsent(state: ConsentState) {
    return html`<livechat-consent
      .session=${this.session}
      .state=${state}
      .settings=${this.settings}
      .locale=${this.strings.locale}
      .name=${this.#title}
    ></livechat-consent>`;
  }

  get #title(): string {
    return this.settings.title || this.#view.config?.inbox.name || this.strings.defaultTitle;
  }
  get #typingAuthor(): Author | null {
    const { conversation } = this.#view;
    const { typing, handler } = conversation;
    if (!typing) return null;
    const { name } = typing;
    const kind = typing.by === 'ai' ? 'ai' : 'agent';
    // The picture must belong to the person with this name.
    const known = [answererOf(conversation), handler].find(
      (one) => one?.kind === kind && (!name || one.name === name),
    );
    return { ...known, kind, ...(name && { name }) };
  }

  #renderHeader() {
    const { strings } = this;
    const answerer = this.#view.status === 'refused' ? null : answererOf(this.#view.conversation);
    const who = answerer
      ? `${nameOf(answerer, strings)}${answerer.kind === 'ai' && answerer.name ? ` · ${strings.aiAgent}` : ''}`
      : availabilityWords(this.#availability, strings, new Date());
    const typingAuthor = this.#typingAuthor;
    return html`<div class="header" part="header">
      ${avatar(typingAuthor ?? answerer ?? { kind: 'bot' }, strings)}
      <div class="names">
        <h2 id="title"><bdi>${this.#title}</bdi></h2>
        <p><bdi>${typingAuthor ? strings.typing(nameOf(typingAuthor, strings)) : who}</bdi></p>
      </div>
      <button
        aria-label=${strings.menu}
        aria-expanded=${this.menu}
        @pointerenter=${this.#loadMenu}
        @click=${this.#handleMenu}
      >
        ${menuIcon}
      </button>
      <button part="close" aria-label=${strings.close} @click=${this.#handleClose}>${closeIcon}</button>
      ${
        this.menu
          ? html`<livechat-menu
              aria-label=${strings.menu}
              .session=${this.session}
              .locale=${strings.locale}
              .name=${this.#title}
              .muted=${this.#view.muted}
              @menu-close=${this.#handleMenu}
            ></livechat-menu>`
          : nothing
      }
    </div>`;
  }

  /** Renders an error message, with other ways to contact the site. */
  #renderNotice() {
    const { strings, session } = this;
    const { status } = this.#view;
    const words = this.#noticeText;
    const isAway = status === 'refused' || (status === 'offline' && navigator.onLine);
    const ways = isAway ? contactWays(this.settings.contact) : [];
    return html`<div class="notice ${status}" part="notice" role="status">
      ${
        words || ways.length > 0
          ? html`<div>
              <p>${words}</p>
              <div class="ways">
                ${ways.map(({ href, text }) => html`<a href=${href}>${text ?? strings.form}</a>`)}
                ${
                  isAway && status === 'offline'
                    ? html`<button @click=${() => session.retryNow()}>${strings.retry}</button>`
                    : nothing
                }
              </div>
            </div>`
          : nothing
      }
    </div>`;
  }

  get #availability(): Availability {
    const { status, config } = this.#view;
    return availabilityOf({
      isConfigured: config !== null,
      officeHours: config?.officeHours,
      now: this.session.client.hostNow(),
      isRefused: status === 'refused',
      isCut: this.#isCut,
      hasNetwork: navigator.onLine,
    });
  }

  get #isCut(): boolean {
    const { status, conversation } = this.#view;
    // A stream may survive the network for a while. A failed send is more reliable.
    const stuck = conversation.pending.some(({ state, attempts }) => state !== 'failed' && attempts > 0);
    return status === 'offline' || stuck;
  }

  get #noticeText(): string {
    const { strings } = this;
    const { status, kept, config, conversation } = this.#view;
    // In an empty chat the text replaces the greeting.
    if (status === 'refused') return conversation.messages.length > 0 ? strings.refused : '';
    const notes = kept ? [] : [strings.notKept];
    if (this.refusesFile) notes.push(strings.noFiles);
    if (this.#isCut) {
      // The text that messages are kept is shown only if it is true.
      const isKnown = kept && config && conversation.session;
      const away = isKnown ? strings.reconnecting : strings.unreachable;
      notes.unshift(navigator.onLine ? away : strings.offline);
    } else if (this.failed === navigator.onLine)
      // When the network is back, this error no longer applies.
      notes.unshift(navigator.onLine ? strings.partFailed : strings.offline);
    return notes.join(' ');
  }
}
