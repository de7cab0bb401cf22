import { html, type TemplateResult } from 'lit';
import { splitLinks } from '@alur/flow/text';

/** Renders a message as text nodes and safe links, in the direction of its own script. */
export function renderText(text: string): TemplateResult {
  return html`<span class="text" dir="auto"
    >${splitLinks(text).map((part) =>
      part.href
        ? html`<a href=${part.href} target="_blank" rel="noopener noreferrer" dir="auto">${part.text}</a>`
        : part.text,
    )}</span
  >`;
}
