import type { Flow } from '@alur/flow';
import { html, nothing } from 'lit';
import { listAddChoices } from '../../kinds/add-choices.ts';
import { canRun, commands, runCommand } from '../../store/commands.ts';
import { icon } from '../../styles/icons.ts';
import type {
  AddRequest,
  ArrangeRequest,
  CommandRequest,
  EditRequest,
  GoToRequest,
  MenuRequest,
  PickRequest,
  SaveChoiceRequest,
  SelectRequest,
  ZoneRequest,
} from '../requests.ts';
import type { FlowEditor } from './flow-editor.ts';
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
  const { actions, context, saving, view } = editor;
  return html`<div
    class="frame ${editor.narrow.isNarrow ? 'narrow' : ''}"
    @pointerdown=${(event: PointerEvent) => handlePointerDown(editor, event)}
    @focusin=${(event: FocusEvent) => handleFocusIn(editor, event)}
    @select-request=${(event: SelectRequest) => {
      actions.select(event.cardId, event);
      if (event.cardId) view.revealCard(event.cardId);
    }}
    @add-request=${(event: AddRequest) => handleAdd(editor, event)}
    @arrange-request=${(event: ArrangeRequest) => handleArrange(editor, event)}
    @edit-request=${(event: EditRequest) => actions.edit(event.cardId, event.fields, event.isStep)}
    @zone-request=${(event: ZoneRequest) => actions.setTimeZone(event.timeZone)}
    @command-request=${(event: CommandRequest) => {
      view.closeMenus();
      runCommand(event.command, actions);
    }}
    @go-to-request=${(event: GoToRequest) => actions.goToTarget(event.cardId)}
    @menu-request=${(event: MenuRequest) => view.openCardMenu(event.cardId, event.anchor)}
    @pick-request=${(event: PickRequest) => view.pick(event.choice)}
    @save-choice-request=${(event: SaveChoiceRequest) => saving.choose(event.choice)}
    @input=${() => editor.requestUpdate()}
    @close-request=${() => view.closeTopmost()}
  >
    <flow-toolbar
      exportparts="bar"
      ?narrow=${editor.narrow.isNarrow}
      .context=${context}
      .checkState=${editor.checking.state}
      ><slot name="actions" slot="actions"></slot
    ></flow-toolbar>
    <flow-save-notice
      .context=${context}
      .phase=${editor.store.$phase.get()}
      .isReviewing=${saving.reviewed !== null}
      .note=${saving.note}
    ></flow-save-notice>
    <div class="work">
      <div class="main" part="main">${renderDrawing(editor, flow)}</div>
      ${renderPanel(editor, flow)}
    </div>
    ${renderMenus(editor, flow)}
    <flow-confirm-dialog .context=${context}></flow-confirm-dialog>
    ${editor.announcer.render()}
  </div>`;
}

/** Renders the open menu: of the cards that can be added, or of the commands for the selected card. */
function renderMenus(editor: FlowEditor, flow: Flow) {
  const { actions, context, strings, view } = editor;
  const { addingTo, menu } = view;
  return html`${
    addingTo
      ? html`<flow-add-menu
          role="dialog"
          aria-label=${strings.add.title}
          .context=${context}
          .choices=${listAddChoices(flow, addingTo, context.kinds)}
          .anchor=${() => anchorOf(editor, view.addingTo)}
        ></flow-add-menu>`
      : nothing
  }
  ${
    menu
      ? html`<flow-card-menu
          aria-label=${strings.menu.label}
          .context=${context}
          .commands=${commands.filter((command) => command.inMenu && canRun(command, actions))}
          .anchor=${menu.anchor}
        ></flow-card-menu>`
      : nothing
  }`;
}

function handleAdd(editor: FlowEditor, { parentId, stay }: AddRequest): void {
  if (!stay) {
    if (editor.view.addingTo === parentId) editor.view.closeTopmost();
    else editor.view.openAddMenu(parentId);
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
  if (!isInside) editor.view.hideMenus();
}

function anchorOf({ drawing }: FlowEditor, parentId: string | null): DOMRect | null {
  if (!parentId || !drawing) return null;
  return 'insertPointRect' in drawing ? drawing.insertPointRect(parentId) : drawing.cardRect(parentId);
}
