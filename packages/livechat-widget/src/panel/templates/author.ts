import type { Author, PublicHandler } from '@alur/client';
import { displayName, initials, safeImageUrl } from '@alur/flow/text';
import { html, type TemplateResult } from 'lit';
import type { Strings } from '../../strings/strings.ts';
import { sparkIcon } from './icons.ts';

/** Returns the displayed name of an author. */
export function nameOf({ kind, name }: Author | PublicHandler, strings: Strings): string {
  if (kind === 'visitor') return strings.you;
  const shown = name && displayName(name);
  if (shown) return shown;
  return { agent: strings.agent, ai: strings.aiAgent, bot: strings.assistant }[kind];
}

/** Renders the picture or initials of an author, or an icon for a flow or an AI agent. */
export function avatar(author: Author | PublicHandler, strings: Strings): TemplateResult {
  const picture = safeImageUrl(author.avatarUrl, location.href);
  const face = picture
    ? html`<img src=${picture} alt="" loading="lazy" referrerpolicy="no-referrer" />`
    : author.kind === 'agent'
      ? initials(nameOf(author, strings))
      : sparkIcon;
  return html`<span class="avatar ${author.kind}" part="avatar" aria-hidden="true">${face}</span>`;
}
