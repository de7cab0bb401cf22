import { html, nothing } from 'lit';
import { icon } from '../../styles/icons.ts';
import type { Asking, FlowListItem } from './flow-list-item.ts';
import type { FlowList } from './flow-list.ts';

/** Renders the dialog for a name, or for the confirmation of a deletion. */
export function renderDialog(list: FlowList) {
  const { asking, strings } = list;
  if (!asking) return nothing;
  return html`<dialog aria-labelledby="ask" @close=${() => list.closed()}>
    <form method="dialog" novalidate @submit=${(event: SubmitEvent) => list.submit(event)}>
      ${asking.what === 'delete' ? renderDelete(list, asking.item) : renderNameForm(list, asking)}
      ${
        list.answers.failure === null
          ? nothing
          : html`<p class="fault" role="alert">
              ${icon('error', 14)}${strings.list.failed} ${list.answers.failure}
            </p>`
      }
      <div class="buttons">
        <button type="button" class="button" @click=${() => list.ask(null)}>${strings.list.cancel}</button>
        <button
          class="button ${asking.what === 'delete' ? 'danger' : 'primary'}"
          ?disabled=${list.answers.isBusy}
        >
          ${
            asking.what === 'delete'
              ? strings.list.deleteAction
              : asking.what === 'create'
                ? strings.list.createAction
                : strings.list.renameAction
          }
        </button>
      </div>
    </form>
  </dialog>`;
}

function renderNameForm(list: FlowList, asking: Asking) {
  const { strings } = list;
  return html`<h2 id="ask">
      ${asking.what === 'create' ? strings.list.createTitle : strings.list.renameTitle}
    </h2>
    <div class="field">
      <label for="name">${strings.list.name}</label>
      <input
        class="input"
        id="name"
        type="text"
        dir="auto"
        autocomplete="off"
        autofocus
        placeholder=${strings.list.namePlaceholder}
        aria-invalid=${String(list.fault !== '')}
        aria-describedby="name-hint"
        .value=${'item' in asking ? asking.item.name : ''}
        @input=${() => (list.fault = '')}
      />
      ${
        list.fault
          ? html`<p class="fault" id="name-hint" role="alert">${icon('error', 14)}${list.fault}</p>`
          : html`<p class="hint" id="name-hint">${strings.list.nameHint}</p>`
      }
    </div>`;
}

function renderDelete({ strings }: FlowList, item: FlowListItem) {
  return html`<h2 id="ask">${strings.list.deleteTitle(item.name)}</h2>
    <p>${strings.list.deleteText}</p>
    ${
      item.inboxes.length > 0
        ? html`<p class="used">${strings.list.deleteUsed}</p>
            <ul class="chips">
              ${item.inboxes.map(({ name }) => html`<li class="chip">${icon('inbox', 14)}<span class="text">${name}</span></li>`)}
            </ul>`
        : nothing
    }`;
}
