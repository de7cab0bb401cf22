import { html, nothing, type TemplateResult } from 'lit';
import { icon, type IconName } from './icons.ts';

/** What an empty or failed screen shows: the reason and what to do. */
export interface StateOptions {
  icon: IconName;
  title: string;
  text?: string;
  action?: { label: string; run: () => void };
  /** A link to another page. */
  link?: { label: string; href: string };
}

/** Renders an empty or failed screen. */
export function renderState(options: StateOptions): TemplateResult {
  const { action, link } = options;
  return html`<div class="state">
    ${icon(options.icon)}
    <h2>${options.title}</h2>
    ${options.text ? html`<p>${options.text}</p>` : nothing}
    ${action ? html`<button class="button" type="button" @click=${action.run}>${action.label}</button>` : nothing}
    ${link ? html`<a class="button" href=${link.href}>${link.label}</a>` : nothing}
  </div>`;
}

/** Renders grey bars in place of rows. */
export function renderSkeleton(rows: number): TemplateResult {
  return html`<div class="skeleton-rows" role="status">
    <span class="visually-hidden">Memuat…</span>
    ${Array.from({ length: rows }, () => html`<div class="skeleton"></div>`)}
  </div>`;
}
