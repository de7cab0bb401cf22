import type { Author, PublicHandler } from '@alur/client';
import { displayName, initials, safeImageUrl } from '@alur/flow/text';
import { html, type TemplateResult } from 'lit';
import type { Strings } from '../../strings/strings.ts';
import { sparkIcon } from './icons.ts';

/** What somebody is called on the screen. */
export function nameOf({ kind, name }: Author | PublicHandler, strings: Strings): string {
  if (kind === 'visitor') return strings.you;
  const shown = name && displayName(name);
  if (shown) return shown;
  return { agent: strings.agent, ai: strings.aiAgent, bot: strings.assistant }[kind];
}

/** Somebody's picture, or first letters; a spark for what is no human. */
export function avatar(author: Author | PublicHandler, strings: Strings): TemplateResult {
  const picture = safeImageUrl(author.avatarUrl, location.href);
  const face = picture
    ? html`<img src=${picture} alt="" loading="lazy" referrerpolicy="no-referrer" />`
    : author.kind === 'agent'
      ? initials(nameOf(author, strings))
      : sparkIcon;
  return html`<span class="avatar ${author.kind}" part="avatar" aria-hidden="true">${face}</span>`;
}
