import { isComposing } from '@alur/flow/keyboard';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ChatSession } from '../../session/chat-session.ts';
import type { ConsentState } from '../../session/identity/consent.ts';
import type { View } from '../../session/view-model.ts';
import { Announcements, type Announcement } from '../../store/announcements.ts';
import { typingAuthorOf } from '../../store/conversation.ts';
import type { Strings } from '../../strings/strings.ts';
import type { Composer } from '../composer/composer.ts';
import { loadModule } from '../load-module.ts';
import { startOfDay } from '../local-day.ts';
import { PanelElement } from '../panel-element.ts';
import type { PanelSettings } from '../panel-settings.ts';
import type { PanelRequestEvent } from '../request.ts';
import { avatarStyles } from '../templates/avatar.styles.ts';
import { tokens } from '../tokens.styles.ts';
import { announcementText } from './announcement-text.ts';
import { renderNotice } from './connection-notice.ts';
import { keepTabInside } from './keep-tab-inside.ts';
import { livechatPanelStyles } from './livechat-panel.styles.ts';
import { renderHeader } from './panel-header.ts';
import { RedrawClock } from './redraw-clock.ts';
import { refuseDrop, refusePaste } from './refuse-files.ts';

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
    this.addController(new RedrawClock(this));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#unsubscribe = this.session.view.subscribe(() => this.requestUpdate());
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

  #handleDrag = (event: DragEvent) => {
    if (refuseDrop(event)) this.refusesFile = true;
  };

  #handlePaste = (event: ClipboardEvent) => {
    if (refusePaste(event)) this.refusesFile = true;
  };

  #handleKey = (event: KeyboardEvent) => {
    this.failed = null;
    this.refusesFile = false;
    if (event.key === 'Escape' && !isComposing(event)) {
      event.stopPropagation();
      if (this.menu) this.menu = false;
      else this.#handleClose();
    }
    if (event.key === 'Tab' && this.full) keepTabInside(event, this.shadowRoot!, this.#composer);
  };

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
        .typing=${typingAuthorOf(conversation)}
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
          (one) => html`<p>${announcementText(one, strings)}</p>`,
        )}
      </div>
    </section>`;
  }

  #renderHeader() {
    return renderHeader({
      session: this.session,
      strings: this.strings,
      title: this.#title,
      menu: this.menu,
      loadMenu: this.#loadMenu,
      toggleMenu: this.#handleMenu,
      close: this.#handleClose,
    });
  }

  #renderNotice() {
    const { strings, settings, failed, refusesFile, session } = this;
    const retry = () => session.retryNow();
    return renderNotice(this.#view, { strings, contact: settings.contact, failed, refusesFile, retry });
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
}
