import type { Flow } from '@alur/flow';
import { html, nothing } from 'lit';
import { listAddChoices } from '../../kinds/add-choices.ts';
import { canRun, commands } from '../../store/commands.ts';
import { icon } from '../../styles/icons.ts';
import type {
  AddRequest,
  ArrangeRequest,
  CommandRequest,
  EditRequest,
  GoToRequest,
  MenuRequest,
  PickRequest,
  SelectRequest,
  ZoneRequest,
} from '../requests.ts';
import type { FlowEditor } from './flow-editor.ts';
import { renderBar } from './render-bar.ts';
import { renderSaveNotice } from './render-save-notice.ts';
import { renderDrawing, renderPanel } from './render-work.ts';

/** Renders the editor: its flow, or the reason why there is none. */
export function renderEditor(editor: FlowEditor) {
  const flow = editor.store.$flow.get();
  const { errors } = editor.strings;
  if (editor.unreadable !== null) {
    return html`<div class="empty" role="alert">
      ${icon('error', 24)}<strong>${errors.unreadable}</strong>
      <p>${errors.unreadableText} ${editor.unreadable}</p>
    </div>`;
  }
  if (!flow) {
    return html`<div class="empty">
      ${icon('canvas', 24)}<strong>${errors.empty}</strong>
      <p>${errors.emptyText}</p>
    </div>`;
  }
  return renderFrame(editor, flow);
}

/** Renders an editor with a flow, and handles the requests of the inner elements. */
function renderFrame(editor: FlowEditor, flow: Flow) {
  const { actions, addingTo, strings } = editor;
  return html`<div
    class="frame ${editor.isNarrow ? 'narrow' : ''}"
    @pointerdown=${(event: PointerEvent) => handlePointerDown(editor, event)}
    @focusin=${(event: FocusEvent) => handleFocusIn(editor, event)}
    @select-request=${(event: SelectRequest) => {
      actions.select(event.cardId, event);
      if (event.cardId) editor.revealCard(event.cardId);
    }}
    @add-request=${(event: AddRequest) => handleAdd(editor, event)}
    @arrange-request=${(event: ArrangeRequest) => handleArrange(editor, event)}
    @edit-request=${(event: EditRequest) => actions.edit(event.cardId, event.fields, event.isStep)}
    @zone-request=${(event: ZoneRequest) => actions.setTimeZone(event.timeZone)}
    @command-request=${(event: CommandRequest) => {
      editor.closeMenus();
      editor.run(event.command);
    }}
    @go-to-request=${(event: GoToRequest) => actions.goToTarget(event.cardId)}
    @menu-request=${(event: MenuRequest) => (editor.menu = event)}
    @pick-request=${(event: PickRequest) => {
      editor.addingTo = null;
      actions.add(addingTo!, event.choice);
    }}
    @input=${() => editor.requestUpdate()}
    @close-request=${() => editor.closeTopmost()}
  >
    ${renderBar(editor)} ${renderSaveNotice(editor)}
    <div class="work">
      <div class="main" part="main">${renderDrawing(editor, flow)}</div>
      ${renderPanel(editor, flow)}
    </div>
    ${
      addingTo
        ? html`<flow-add-menu
            role="dialog"
            aria-label=${strings.add.title}
            .choices=${listAddChoices(flow, addingTo)}
            .anchor=${() => anchorOf(editor, editor.addingTo)}
            .strings=${strings}
          ></flow-add-menu>`
        : nothing
    }
    ${renderCardMenu(editor)} ${editor.question.render()} ${editor.announcer.render()}
  </div>`;
}

/** Renders the menu of the commands for the selected card. */
function renderCardMenu({ actions, menu, strings }: FlowEditor) {
  if (!menu) return nothing;
  return html`<flow-card-menu
    aria-label=${strings.menu.label}
    .commands=${commands.filter((command) => command.inMenu && canRun(command, actions))}
    .anchor=${menu.anchor}
    .strings=${strings}
  ></flow-card-menu>`;
}

function handleAdd(editor: FlowEditor, { parentId, stay }: AddRequest): void {
  if (!stay) {
    if (editor.addingTo === parentId) editor.closeTopmost();
    else editor.openAddMenu(parentId);
    return;
  }
  const buttonId = editor.actions.add(parentId, 'button', { stay });
  if (buttonId) editor.keyboard.toField({ buttonId });
}

function handleArrange({ actions }: FlowEditor, { cardId, what }: ArrangeRequest): void {
  if (what === 'delete') void actions.delete(cardId);
  else if (typeof what === 'object') actions.moveTo(cardId, what.index);
  else actions.move(what, cardId);
}

/** Selects a card that gets the focus by keyboard. A pressed card can be the start of a drag. */
function handleFocusIn({ actions, store }: FlowEditor, event: FocusEvent): void {
  const target = event.composedPath()[0] as HTMLElement;
  const cardId = target.matches('[role=treeitem]:focus-visible') ? target.dataset['id'] : undefined;
  if (cardId && cardId !== store.$selected.get()) actions.select(cardId);
}

/** Closes floating menus on a press elsewhere. */
function handlePointerDown(editor: FlowEditor, event: PointerEvent): void {
  const path = event.composedPath() as Element[];
  const isInside = path.some(
    (node) =>
      node.localName === 'flow-add-menu' ||
      node.localName === 'flow-card-menu' ||
      node.hasAttribute?.('data-parent'),
  );
  if (isInside) return;
  editor.addingTo = null;
  editor.menu = null;
}

function anchorOf({ drawing }: FlowEditor, parentId: string | null): DOMRect | null {
  if (!parentId || !drawing) return null;
  return 'insertPointRect' in drawing ? drawing.insertPointRect(parentId) : drawing.cardRect(parentId);
}
