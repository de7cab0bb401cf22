import { html, type TemplateResult } from 'lit/html.js';
import type { LivechatSession } from '../../session/livechat-session.ts';
import { languageOf, type Language } from '../../strings/language.ts';
import { PanelElement } from '../panel-element.ts';
import { tokens } from '../tokens.styles.ts';
import { MENU_WORDS, type MenuWords } from './menu-words.ts';
import { menuStyles } from './menu.styles.ts';

/**
 * @summary What is seldom wanted: another language, being forgotten.
 * @fires menu-close - It has served.
 * @fires panel-language - The visitor chose the other language.
 */
export class Menu extends PanelElement {
  static override styles = [tokens, menuStyles];
  static override properties = ['session', 'locale', 'asking'];

  declare session: LivechatSession;
  /** Language of the panel around it. */
  declare locale: string;
  /** Whether the visitor is being asked if all shall be forgotten. */
  declare asking: boolean;

  constructor() {
    super();
    this.locale ??= '';
    this.asking = false;
  }

  protected override updated(): void {
    // It opens under the keyboard user's hands, and what had the focus may just have gone.
    if (!this.renderRoot.activeElement) this.renderRoot.querySelector('button')?.focus();
  }

  get #language(): Language {
    return languageOf(this.locale);
  }
  get #words(): MenuWords {
    return MENU_WORDS[this.#language];
  }

  #close() {
    this.dispatchEvent(new Event('menu-close'));
  }
  #handleLanguage = () => {
    this.#close();
    this.dispatchEvent(new Event('panel-language'));
  };
  #handleForget = () => {
    this.#close();
    void this.session.reset();
  };

  protected override render(): TemplateResult {
    const words = this.#words;
    if (this.asking) {
      return html`<div role="group" aria-label=${words.forget}>
        <p>${words.forgetQuestion}</p>
        <div class="answers">
          <button @click=${() => this.#close()}>${words.forgetNo}</button>
          <button class="danger" @click=${this.#handleForget}>${words.forgetYes}</button>
        </div>
      </div>`;
    }
    return html`<div role="group">
      <button lang=${this.#language === 'id' ? 'en' : 'id'} @click=${this.#handleLanguage}>
        ${words.language}
      </button>
      <button @click=${() => (this.asking = true)}>${words.forget}</button>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'livechat-menu': Menu;
  }
}
