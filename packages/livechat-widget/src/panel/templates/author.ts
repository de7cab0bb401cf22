import type { Author, PublicHandler } from '@alur/client';
import { html, type TemplateResult } from 'lit/html.js';
import { safeImageUrl } from '../../store/safe-url.ts';
import type { Strings } from '../../strings/strings.ts';
import { sparkIcon } from './icons.ts';

/** What somebody is called on the screen. */
export function nameOf({ kind, name }: Author | PublicHandler, strings: Strings): string {
  if (kind === 'visitor') return strings.you;
  if (name) return name;
  return { agent: strings.agent, ai: strings.aiAgent, bot: strings.assistant }[kind];
}

/** Somebody's picture, or first letters; a spark for what is no human. */
export function avatar(author: Author | PublicHandler, strings: Strings): TemplateResult {
  const picture = safeImageUrl(author.avatarUrl);
  const face = picture
    ? html`<img src=${picture} alt="" loading="lazy" referrerpolicy="no-referrer" />`
    : author.kind === 'agent'
      ? initials(nameOf(author, strings))
      : sparkIcon;
  return html`<span class="avatar ${author.kind}" part="avatar" aria-hidden="true">${face}</span>`;
}

function initials(name: string): string {
  const words = name.split(/\s+/u).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : ''].map((word) => [...(word ?? '')][0] ?? '');
  return letters.join('').toUpperCase();
}
