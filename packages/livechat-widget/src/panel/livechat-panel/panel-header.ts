import { html, nothing, type TemplateResult } from 'lit';
import { availabilityOf } from '../../store/availability.ts';
import { answererOf, typingAuthorOf } from '../../store/conversation.ts';
import type { ChatSession } from '../../session/chat-session.ts';
import type { Strings } from '../../strings/strings.ts';
import { avatar, nameOf } from '../templates/author.ts';
import { closeIcon, menuIcon } from '../templates/icons.ts';
import { availabilityWords } from './availability-words.ts';
import { isCut } from './connection-notice.ts';

/** Content and actions of the header. */
export interface HeaderOptions {
  session: ChatSession;
  strings: Strings;
  title: string;
  /** Whether the menu is open. */
  menu: boolean;
  loadMenu(): void;
  toggleMenu(): void;
  close(): void;
}

/** Renders the header: who answers, the menu, the close button. */
export function renderHeader(options: HeaderOptions): TemplateResult {
  const { session, strings, title, menu, loadMenu, toggleMenu, close } = options;
  const { status, conversation, muted } = session.view.get();
  const answerer = status === 'refused' ? null : answererOf(conversation);
  const typing = typingAuthorOf(conversation);
  return html`<div class="header" part="header">
    ${avatar(typing ?? answerer ?? { kind: 'bot' }, strings)}
    <div class="names">
      <h2 id="title"><bdi>${title}</bdi></h2>
      <p><bdi>${typing ? strings.typing(nameOf(typing, strings)) : subtitle(session, strings)}</bdi></p>
    </div>
    <button aria-label=${strings.menu} aria-expanded=${menu} @pointerenter=${loadMenu} @click=${toggleMenu}>
      ${menuIcon}
    </button>
    <button part="close" aria-label=${strings.close} @click=${close}>${closeIcon}</button>
    ${
      menu
        ? html`<livechat-menu
            aria-label=${strings.menu}
            .session=${session}
            .locale=${strings.locale}
            .name=${title}
            .muted=${muted}
            @menu-close=${toggleMenu}
          ></livechat-menu>`
        : nothing
    }
  </div>`;
}

/** Returns who answers, or when agents are available. */
function subtitle(session: ChatSession, strings: Strings): string {
  const view = session.view.get();
  const { status, config, conversation } = view;
  const answerer = status === 'refused' ? null : answererOf(conversation);
  if (answerer) {
    const isNamedAi = answerer.kind === 'ai' && answerer.name;
    return `${nameOf(answerer, strings)}${isNamedAi ? ` · ${strings.aiAgent}` : ''}`;
  }
  const availability = availabilityOf({
    isConfigured: config !== null,
    officeHours: config?.officeHours,
    now: session.client.hostNow(),
    isRefused: status === 'refused',
    isCut: isCut(view),
    hasNetwork: navigator.onLine,
  });
  return availabilityWords(availability, strings, new Date());
}
