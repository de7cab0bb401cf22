import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { ConsentState } from '../../session/identity/consent.ts';
import type { ChatSession } from '../../session/chat-session.ts';
import { contactWays } from '../../store/contact-ways.ts';
import { safeUrl } from '@alur/flow/text';
import { languageOf } from '../../strings/language.ts';
import { PanelElement } from '../panel-element.ts';
import type { PanelSettings } from '../panel-settings.ts';
import { tokens } from '../tokens.styles.ts';
import { consentCardStyles } from './consent-card.styles.ts';
import { CONSENT_WORDS, type ConsentWords } from './consent-words.ts';

/** @summary Asks for the visitor's consent before the first message is sent, and explains a refusal. */
export class ConsentCard extends PanelElement {
  static override styles = [tokens, consentCardStyles];
  static override properties = {
    session: { attribute: false },
    state: { attribute: false },
    settings: { attribute: false },
    locale: { attribute: false },
    name: { attribute: false },
  };

  declare session: ChatSession;
  declare state: ConsentState;
  declare settings: PanelSettings;
  /** Language of the panel. */
  declare locale: string;
  /** Name of the site. */
  declare name: string;

  protected override updated(changed: PropertyValues): void {
    // The answer buttons disappear with the question, and may have had the focus.
    const wasLost = changed.get('state') === 'asked' && document.activeElement === document.body;
    // Focus the card, so that a screen reader reads it. Not a button, because the Enter key that sent the
    // message could press it.
    if (this.state === 'asked' || wasLost) this.renderRoot.querySelector<HTMLElement>('.card')!.focus();
  }

  get #words(): ConsentWords {
    return CONSENT_WORDS[languageOf(this.locale)];
  }

  protected override render(): TemplateResult {
    const words = this.#words;
    if (this.state === 'denied') {
      const ways = contactWays(this.settings.contact);
      return html`<div class="card" role="status" tabindex="-1">
        <p>${words.refused}</p>
        ${
          ways.length > 0
            ? html`<p class="ways">
                ${ways.map(({ href, text }) => html`<a href=${href}>${text ?? words.form}</a>`)}
              </p>`
            : nothing
        }
      </div>`;
    }
    const privacy = safeUrl(this.settings.privacy);
    return html`<div
      class="card"
      role="group"
      tabindex="-1"
      aria-labelledby="title"
      aria-describedby="question"
    >
      <h3 id="title">${words.title}</h3>
      <p id="question">
        ${words.question(this.name)}
        ${privacy ? html`<a href=${privacy} target="_blank" rel="noopener">${words.privacy}</a>` : nothing}
      </p>
      <div class="answers">
        <button class="agree" @click=${() => void this.session.decide('granted')}>${words.agree}</button>
        <button @click=${() => void this.session.decide('denied')}>${words.refuse}</button>
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'livechat-consent': ConsentCard;
  }
}
