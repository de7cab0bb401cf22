import { safeImageUrl, splitLinks } from '@alur/flow/text';
import { html, nothing, type TemplateResult } from 'lit';
import type { Choices, ScreenMessage } from '../../store/screen.ts';
import type { Strings } from '../../strings/strings.ts';
import type { PanelRequest } from '../request.ts';
import { nameOf } from './author.ts';
import { checkIcon, clockIcon } from './icons.ts';

/** Context of a message in its list. */
export interface MessageContext {
  strings: Strings;
  request(request: PanelRequest): void;
  /** Whether to show the delivery state: for the visitor's last message. Failed messages always show it. */
  showsDelivery: boolean;
}

/** Renders a message: its bubble, its buttons and its delivery state. */
export function messageTemplate(message: ScreenMessage, context: MessageContext): TemplateResult {
  const { author, text, imageUrl, choices, delivery } = message;
  const image = safeImageUrl(imageUrl, location.href);
  const state = delivery === 'failed' || delivery === 'queued' ? delivery : '';
  return html`<div class="message ${state}" part="message">
    <span class="hidden-text">${nameOf(author, context.strings)}:</span>
    ${image ? imageTemplate(image, text, context.strings) : nothing}
    ${text ? html`<div class="bubble" part="bubble">${linkedText(text)}</div>` : nothing}
    ${choices ? choicesTemplate(choices, context) : nothing}
    ${delivery && (context.showsDelivery || delivery === 'failed') ? deliveryTemplate(message, context) : nothing}
  </div>`;
}

function linkedText(text: string) {
  return splitLinks(text).map((part) =>
    part.href
      ? html`<a href=${part.href} dir="ltr" target="_blank" rel="noopener noreferrer nofollow ugc"
          >${part.text}</a
        >`
      : part.text,
  );
}

function imageTemplate(address: string, text: string, strings: Strings): TemplateResult {
  return html`<a class="picture" href=${address} target="_blank" rel="noopener noreferrer"
    ><img
      src=${address}
      alt=${text ? '' : strings.image}
      loading="lazy"
      decoding="async"
      referrerpolicy="no-referrer"
    />
    ${text ? html`<span class="hidden-text">${strings.image}</span>` : nothing}</a
  >`;
}

function choicesTemplate({ cardId, buttons, open, chosen }: Choices, { strings, request }: MessageContext) {
  return html`<div
    class="choices ${open ? 'open' : ''}"
    part="choices"
    role="group"
    aria-label=${strings.choices}
  >
    ${buttons.map(({ id, label }) => {
      const press = () => request({ do: 'press', cardId, buttonId: id });
      const isChosen = id === chosen;
      return html`<button
        part="choice"
        class=${isChosen ? 'chosen' : ''}
        aria-label=${isChosen ? `${label}, ${strings.chosen}` : nothing}
        ?disabled=${!open}
        @click=${press}
        dir="auto"
      >
        ${label}${isChosen ? checkIcon : nothing}
      </button>`;
    })}
  </div>`;
}

function deliveryTemplate({ id, delivery, fault }: ScreenMessage, { strings, request }: MessageContext) {
  if (delivery !== 'failed') {
    const waits = delivery === 'queued' || delivery === 'sending';
    return html`<div class="delivery">${waits ? clockIcon : checkIcon}${strings[delivery!]}</div>`;
  }
  const why = fault?.code === 'too_large' ? strings.failedTooLarge : strings.failed;
  return html`<div class="delivery" role="alert">
    <span>${why}</span>
    <button @click=${() => request({ do: 'edit', id })}>${strings.edit}</button>
    <button @click=${() => request({ do: 'retry', id })}>${strings.retry}</button>
  </div>`;
}
