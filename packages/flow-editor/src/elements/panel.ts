import { css, html, type TemplateResult } from 'lit';
import type { Strings } from '../strings/strings.ts';
import { icon } from '../styles/icons.ts';

/** Styles of the header of a side panel. */
export const panelHeadStyles = css`
  .panel-head {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 12px 12px 12px 16px;
    border-block-end: 1px solid var(--_line);
  }
  .panel-head h2 {
    flex: 1;
    font-size: 14px;
    line-height: 28px;
    font-weight: 600;
  }
`;

/** Styles of a side panel: a header with its name, and a scrolling body. */
export const panelStyles = css`
  ${panelHeadStyles}
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    block-size: 100%;
    background: var(--_surface);
  }
  .scroll {
    flex: 1;
    min-block-size: 0;
    overflow: auto;
    overscroll-behavior: contain;
    display: flex;
    flex-direction: column;
    gap: 24px;
    padding: 16px;
  }
`;

/** Renders the header of a side panel, with its close button and other controls. */
export function renderPanelHead(
  title: string,
  strings: Strings,
  close: () => void,
  extra: unknown = '',
): TemplateResult {
  return html`<div class="panel-head">
    <h2>${title}</h2>
    ${extra}
    <button
      class="button quiet icon small"
      aria-label=${strings.inspector.close}
      title=${strings.inspector.close}
      @click=${close}
    >
      ${icon('close')}
    </button>
  </div>`;
}
