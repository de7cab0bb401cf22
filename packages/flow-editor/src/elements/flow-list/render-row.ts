import { isComposing } from '@alur/flow/keyboard';
import { html, nothing } from 'lit';
import { type AnsweredEvent, FlowDuplicateEvent, FlowExportEvent, FlowOpenEvent } from '../../events.ts';
import type { Strings } from '../../strings/strings.ts';
import { icon } from '../../styles/icons.ts';
import type { FlowListItem } from './flow-list-item.ts';
import { formatDate } from './format-date.ts';
import type { FlowList } from './flow-list.ts';

/** Renders a flow of the list: its name, inboxes, state and actions. */
export function renderRow(list: FlowList, item: FlowListItem) {
  const { strings } = list;
  const isDraft = item.live !== item.version;
  return html`<li class="row" part="row">
    <button class="open" @click=${() => list.answers.send(new FlowOpenEvent(item.id))}>
      <span class="tile">${icon('canvas')}</span>
      <span class="words">
        <span class="name">${item.name}</span>
        <span class="hint">${describeInboxes(item, strings)}</span>
      </span>
    </button>
    <span class="states">
      ${
        item.live === null
          ? html`<span class="state">${strings.list.notLive}</span>`
          : html`<span class="state live">${strings.list.live(item.live)}</span>`
      }
      ${isDraft ? html`<span class="state draft">${strings.list.draft(item.version)}</span>` : nothing}
      ${item.problemCount ? html`<span class="state bad">${strings.list.problems(item.problemCount)}</span>` : nothing}
    </span>
    <span class="hint when">
      <span class="visually-hidden">${strings.list.updated}</span>
      <time datetime=${item.updatedAt} title=${formatDate(item.updatedAt, strings, 'full')}
        >${formatDate(item.updatedAt, strings)}</time
      >
    </span>
    <span class="more">
      <button
        class="button quiet icon small"
        data-menu=${item.id}
        aria-label=${strings.list.actions(item.name)}
        aria-haspopup="menu"
        aria-expanded=${String(list.menuOf === item.id)}
        @click=${() => toggleMenu(list, item.id)}
      >
        ${icon('more')}
      </button>
      ${list.menuOf === item.id ? renderMenu(list, item) : nothing}
    </span>
  </li>`;
}

function renderMenu(list: FlowList, item: FlowListItem) {
  const { strings } = list;
  const send = (event: AnsweredEvent<void>) => {
    list.menuOf = null;
    void list.answers.send(event);
  };
  return html`<div
    class="menu"
    role="menu"
    aria-label=${strings.list.actions(item.name)}
    @keydown=${(event: KeyboardEvent) => handleMenuKey(list, event)}
  >
    ${
      list.readonly
        ? nothing
        : html`<button role="menuitem" @click=${() => list.ask({ what: 'rename', item })}>
              ${icon('edit')}${strings.list.rename}
            </button>
            <button role="menuitem" @click=${() => send(new FlowDuplicateEvent(item.id))}>
              ${icon('copy')}${strings.list.duplicate}
            </button>`
    }
    <button role="menuitem" @click=${() => send(new FlowExportEvent(item.id))}>
      ${icon('download')}${strings.list.export}
    </button>
    ${
      list.readonly
        ? nothing
        : html`<button role="menuitem" class="danger" @click=${() => list.ask({ what: 'delete', item })}>
            ${icon('trash')}${strings.list.delete}
          </button>`
    }
  </div>`;
}

function handleMenuKey(list: FlowList, event: KeyboardEvent): void {
  if (isComposing(event)) return;
  const items = [...(event.currentTarget as Element).querySelectorAll('button')];
  const index = items.indexOf(event.target as HTMLButtonElement);
  if (event.key === 'Escape') {
    event.preventDefault();
    const id = list.menuOf;
    list.menuOf = null;
    list.renderRoot.querySelector<HTMLElement>(`[data-menu="${id}"]`)?.focus();
  } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    const step = event.key === 'ArrowDown' ? 1 : -1;
    items[(index + step + items.length) % items.length]?.focus();
  }
}

async function toggleMenu(list: FlowList, id: string): Promise<void> {
  list.menuOf = list.menuOf === id ? null : id;
  await list.updateComplete;
  list.renderRoot.querySelector<HTMLElement>('[role=menu] button')?.focus();
}

function describeInboxes({ inboxes }: FlowListItem, strings: Strings): string {
  if (inboxes.length === 0) return strings.list.noInbox;
  return `${strings.list.inboxes} ${inboxes.map(({ name }) => name).join(', ')}`;
}
