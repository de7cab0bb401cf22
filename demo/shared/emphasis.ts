import { html, type TemplateResult } from 'lit';

/** Renders a sentence and emphasizes the parts in `*…*`, which mark what an author wrote. */
export function emphasise(text: string): (string | TemplateResult)[] {
  return text.split(/\*([^*]+)\*/).map((part, index) => (index % 2 ? html`<b>${part}</b>` : part));
}
