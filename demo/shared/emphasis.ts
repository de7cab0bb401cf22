import { html, type TemplateResult } from 'lit';

/** A sentence in which `*…*` marks what an author wrote, with those parts set off. */
export function emphasise(text: string): (string | TemplateResult)[] {
  return text.split(/\*([^*]+)\*/).map((part, index) => (index % 2 ? html`<b>${part}</b>` : part));
}
