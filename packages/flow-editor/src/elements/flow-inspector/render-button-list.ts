import type { ButtonCard } from '@alur/flow';
import { isComposing } from '@alur/flow/keyboard';
import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { MAX_BUTTONS } from '../../kinds/add-choices.ts';
import { icon } from '../../styles/icons.ts';
import { AddRequest, ArrangeRequest, EditRequest, SelectRequest } from '../requests.ts';
import type { FieldScene } from './field-scene.ts';

/** Maximum length of a button's text, in code points. */
const LABEL_MAX = 20;

/**
 * Renders the buttons of a message: edit, reorder, remove, open. Each button is its own card on the canvas.
 */
export function renderButtonList(host: HTMLElement, { card, cardId, flow, strings, readonly }: FieldScene) {
  const ids = card.next.filter((id) => flow.cards[id]?.kind === 'button');
  const words = strings.fields;
  return html`<section class="buttons" role="group" aria-label=${words.buttons}>
    <h3>${words.buttons} <span class="hint">${words.count(ids.length, MAX_BUTTONS)}</span></h3>
    <ol>
      ${repeat(
        ids,
        (id) => id,
        (id, index) => {
          const { label } = flow.cards[id] as ButtonCard;
          const length = [...label].length;
          const name = label || `${index + 1}`;
          return html`<li>
            <span class="number" aria-hidden="true">${index + 1}</span>
            <input
              class="input"
              type="text"
              dir="auto"
              autocomplete="off"
              data-button=${id}
              aria-label="${words.buttonPlaceholder} ${index + 1}"
              aria-invalid=${String(length === 0 || length > LABEL_MAX)}
              placeholder=${words.buttonPlaceholder}
              .value=${live(label)}
              ?disabled=${readonly}
              @input=${(event: InputEvent) =>
                host.dispatchEvent(new EditRequest(id, { label: (event.target as HTMLInputElement).value }))}
              @keydown=${(event: KeyboardEvent) => {
                if (event.key !== 'Enter' || isComposing(event) || ids.length >= MAX_BUTTONS) return;
                event.preventDefault();
                host.dispatchEvent(new AddRequest(cardId, { stay: true }));
              }}
            />
            <span class="count ${length > LABEL_MAX ? 'over' : ''}">${words.count(length, LABEL_MAX)}</span>
            ${
              readonly
                ? nothing
                : html`<button
                      class="button quiet icon small"
                      aria-label=${words.moveUp(name)}
                      title=${words.moveUp(name)}
                      ?disabled=${index === 0}
                      @click=${() => host.dispatchEvent(new ArrangeRequest(id, -1))}
                    >
                      ${icon('up', 14)}
                    </button>
                    <button
                      class="button quiet icon small"
                      aria-label=${words.removeButton(name)}
                      title=${words.removeButton(name)}
                      @click=${() => host.dispatchEvent(new ArrangeRequest(id, 'delete'))}
                    >
                      ${icon('trash', 14)}
                    </button>`
            }
            <button
              class="button quiet icon small"
              aria-label=${words.openCard(name)}
              title=${words.openCard(name)}
              @click=${() => host.dispatchEvent(new SelectRequest(id, { open: true }))}
            >
              ${icon('right', 14)}
            </button>
          </li>`;
        },
      )}
    </ol>
    ${
      readonly
        ? nothing
        : html`<button
            class="button small"
            ?disabled=${ids.length >= MAX_BUTTONS}
            @click=${() => host.dispatchEvent(new AddRequest(cardId, { stay: true }))}
          >
            ${icon('plus', 14)}${words.addButton}
          </button>`
    }
    <p class="hint">${ids.length >= MAX_BUTTONS ? words.fullButtons : words.buttonsHint}</p>
  </section>`;
}
