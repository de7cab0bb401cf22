import type { Flow } from '@alur/flow';
import { html, nothing } from 'lit';
import type { Panel } from '../../store/editor-store.ts';
import { icon } from '../../styles/icons.ts';
import { renderPanelHead } from '../panel.ts';
import { isAboutFlowZone, type ShownProblem } from '../problem-text.ts';
import type { FlowEditor } from './flow-editor.ts';

/** Tag name of each panel. */
const tags = {
  details: 'flow-inspector',
  problems: 'flow-problems',
  search: 'flow-search',
  try: 'flow-simulator',
};

/** Shared empty array for cards without problems, so that their details need no update. */
const noProblems: ShownProblem[] = [];

/** Renders the flow as a canvas or as an outline. */
export function renderDrawing(editor: FlowEditor, flow: Flow) {
  const { context, store, layout, view } = editor;
  if (store.$view.get() === 'outline') {
    return html`<flow-outline
      .context=${context}
      .flow=${flow}
      .layout=${layout}
      .selected=${store.$selected.get()}
      .problems=${editor.checking.byCard}
      .trace=${store.$trace.get()}
      .addingTo=${view.addingTo}
    ></flow-outline>`;
  }
  return html`<flow-canvas
    exportparts="canvas, card, add, zoom"
    .context=${context}
    .flow=${flow}
    .layout=${layout}
    .selected=${store.$selected.get()}
    .problems=${editor.checking.byCard}
    .trace=${store.$trace.get()}
    .found=${store.$found.get()}
    .addingTo=${view.addingTo}
  ></flow-canvas>`;
}

/** Renders the open panel. */
export function renderPanel(editor: FlowEditor, flow: Flow) {
  const panel = editor.store.$panel.get();
  const content = panel && renderContent(editor, panel, flow);
  if (!content) return nothing;
  return html`<aside class="panel" part="panel" tabindex="-1" aria-label=${nameOf(editor, panel)}>
    ${content}
  </aside>`;
}

/**
 * Records that a field lost the focus to another element on the page. A switch to another window does not
 * count.
 */
function handleFieldLeft(editor: FlowEditor, event: FocusEvent): void {
  const [field] = event.composedPath() as Element[];
  const selected = editor.store.$selected.get();
  if (selected && document.hasFocus() && field?.matches('input, textarea, select'))
    editor.checking.touch(selected);
}

function nameOf({ strings }: FlowEditor, panel: Panel): string {
  const names = {
    details: strings.inspector.label,
    problems: strings.problems.title,
    search: strings.search.title,
    try: strings.tryIt.title,
  };
  return names[panel];
}

function renderContent(editor: FlowEditor, panel: Panel, flow: Flow) {
  const { context, store, layout, strings } = editor;
  const selected = store.$selected.get();
  const close = () => editor.view.closeTopmost();
  if (editor.parts.failed.has(panel)) {
    return html`${renderPanelHead(nameOf(editor, panel), strings, close)}
      <div class="empty" role="alert">
        ${icon('warning', 24)}
        <p>${strings.errors.loadFailed}</p>
        <button class="button" @click=${() => editor.parts.retry(panel)}>${strings.errors.retry}</button>
      </div>`;
  }
  if (panel === 'details' && !(selected && layout.byId.has(selected))) return null;
  if (!customElements.get(tags[panel])) {
    return html`${renderPanelHead(nameOf(editor, panel), strings, close)}
      <div class="empty" role="status">
        <span class="spinner"></span><span class="visually-hidden">${strings.fields.loading}</span>
      </div>`;
  }
  switch (panel) {
    case 'problems':
      return html`<flow-problems
        .context=${context}
        .flow=${flow}
        .problems=${store.$problems.get()}
      ></flow-problems>`;
    case 'search':
      return html`<flow-search .context=${context} .flow=${flow} .layout=${layout}></flow-search>`;
    case 'try':
      return html`<flow-simulator .context=${context} .flow=${flow}></flow-simulator>`;
    default:
      return html`<flow-inspector
        .context=${context}
        .flow=${flow}
        .layout=${layout}
        .cardId=${selected!}
        .problems=${problemsFor(editor, flow, selected!)}
        @focusout=${(event: FocusEvent) => handleFieldLeft(editor, event)}
      ></flow-inspector>`;
  }
}

/**
 * Returns the problems that a card's details show. Start Point shows those of the flow's time zone too,
 * because it is chosen there.
 */
function problemsFor(editor: FlowEditor, flow: Flow, cardId: string): ShownProblem[] {
  const own = editor.checking.byCard.get(cardId) ?? noProblems;
  if (flow.cards[cardId]?.kind !== 'start') return own;
  const zone = editor.store.$problems.get().filter(isAboutFlowZone);
  return zone.length > 0 ? [...own, ...zone] : own;
}
