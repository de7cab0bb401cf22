import { html, type TemplateResult } from 'lit';
import type { ChatSession } from '../../session/chat-session.ts';
import { languageOf, type Language } from '../../strings/language.ts';
import { PanelElement } from '../panel-element.ts';
import { tokens } from '../tokens.styles.ts';
import { MENU_WORDS, type MenuWords } from './menu-words.ts';
import { menuStyles } from './menu.styles.ts';

/** Step of the menu: its items, a question, or a result. */
type Step = 'items' | 'forget' | 'erase' | 'erasing' | 'erase-failed' | 'erase-unknown' | 'erased';

/**
 * @summary Menu with rarely used actions: language, sound, forget this device, delete everything.
 * @fires menu-close - The menu should be closed.
 * @fires panel-language - The visitor chose the other language.
 */
export class Menu extends PanelElement {
  static override styles = [tokens, menuStyles];
  static override properties = {
    session: { attribute: false },
    locale: { attribute: false },
    name: { attribute: false },
    muted: { attribute: false },
    step: { attribute: false },
  };

  declare session: ChatSession;
  /** Language of the panel. */
  declare locale: string;
  /** Name of the site. */
  declare name: string;
  declare muted: boolean;
  declare step: Step;

  constructor() {
    super();
    this.locale ??= '';
    this.step = 'items';
  }

  protected override updated(): void {
    // The menu was just opened, or its focused element was removed: focus the first item.
    if (!this.shadowRoot!.activeElement)
      this.renderRoot.querySelector<HTMLElement>('button, [tabindex]')?.focus();
  }

  get #language(): Language {
    return languageOf(this.locale);
  }
  get #words(): MenuWords {
    return MENU_WORDS[this.#language];
  }

  #close = () => {
    this.dispatchEvent(new Event('menu-close'));
  };
  #handleLanguage = () => {
    this.#close();
    this.dispatchEvent(new Event('panel-language', { bubbles: true, composed: true }));
  };
  #handleForget = () => {
    this.#close();
    void this.session.reset();
  };
  #handleErase = async () => {
    this.step = 'erasing';
    this.step = await this.session.erase().then(
      () => 'erased' as const,
      (error: { status?: number }) => (error.status ? 'erase-failed' : 'erase-unknown'),
    );
  };

  protected override render(): TemplateResult {
    const words = this.#words;
    switch (this.step) {
      case 'items':
        return this.#renderItems();
      case 'forget':
        return this.#renderQuestion(words.forgetQuestion, words.forgetYes, this.#handleForget);
      case 'erase':
        return this.#renderQuestion(words.eraseQuestion(this.name), words.eraseYes, this.#handleErase);
      case 'erase-failed':
        return this.#renderQuestion(words.eraseFailed(this.name), words.retry, this.#handleErase);
      case 'erase-unknown':
        return this.#renderQuestion(words.eraseUnknown(this.name), words.retry, this.#handleErase);
      case 'erasing':
        return html`<p role="status" tabindex="-1">${words.erasing}</p>`;
      case 'erased':
        return html`<p role="status">${words.erased}</p>
          <div class="answers"><button @click=${this.#close}>${words.close}</button></div>`;
    }
  }

  #renderItems() {
    const words = this.#words;
    return html`<div role="group">
      <button lang=${this.#language === 'id' ? 'en' : 'id'} @click=${this.#handleLanguage}>
        ${words.language}
      </button>
      <button role="switch" aria-checked=${!this.muted} @click=${() => this.session.setMuted(!this.muted)}>
        ${words.sound}<i></i>
      </button>
      <hr />
      <button @click=${() => (this.step = 'forget')}>${words.forget}</button>
      <button class="danger-text" @click=${() => (this.step = 'erase')}>${words.erase}</button>
    </div>`;
  }

  #renderQuestion(question: string, yes: string, act: () => void) {
    return html`<div role="group" aria-labelledby="question">
      <p id="question">${question}</p>
      <div class="answers">
        <button @click=${this.#close}>${this.#words.no}</button>
        <button class="danger" @click=${act}>${yes}</button>
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'livechat-menu': Menu;
  }
}
