import { isComposing } from '@alur/flow/keyboard';
import { css, html, nothing, type PropertyValues } from 'lit';
import type { AddChoice } from '../../kinds/add-choices.ts';
import type { AddGroup } from '../../kinds/editor-kind.ts';
import { rankChoices } from '../../kinds/rank-choices.ts';
import { controls } from '../../styles/controls.styles.ts';
import { icon } from '../../styles/icons.ts';
import { tints } from '../../styles/tokens.styles.ts';
import { EditorPart } from '../editor-part.ts';
import { keepFloating } from '../float.ts';
import { CloseRequest, PickRequest } from '../requests.ts';

/**
 * @summary Menu of cards that can be added at an insert point: a search field and a grouped list.
 * @internal Part of `<flow-editor>`. It is outside the canvas content, which is scaled.
 */
export class FlowAddMenu extends EditorPart {
  static override styles = [
    controls,
    tints,
    css`
      :host {
        position: fixed;
        z-index: 20;
        inset-block-start: 0;
        left: 0;
        inline-size: 344px;
        max-inline-size: calc(100vw - 16px);
        /* Transparent until it is positioned. A hidden element cannot be focused. */
        opacity: 0;
        display: flex;
        flex-direction: column;
        border: 1px solid var(--_line);
        border-radius: 12px;
        background: var(--_raised);
        box-shadow: var(--_shadow-high);
        overflow: hidden;
        animation: appear var(--_fast) var(--_ease);
      }
      @keyframes appear {
        from {
          opacity: 0;
          translate: 0 -4px;
        }
      }
      .search {
        display: flex;
        align-items: center;
        gap: 8px;
        padding: 0 12px;
        border-block-end: 1px solid var(--_line);
        color: var(--_muted);
      }
      .search input {
        flex: 1;
        min-inline-size: 0;
        block-size: 44px;
        border: 0;
        background: transparent;
        color: var(--_text);
        outline: none;
        font-size: 14px;
      }
      .search input::placeholder {
        color: var(--_muted);
        opacity: 1;
      }
      .list {
        overflow: auto;
        overscroll-behavior: contain;
        padding: 4px;
      }
      .group {
        padding: 8px 8px 4px;
        font-size: 11px;
        line-height: 16px;
        font-weight: 600;
        letter-spacing: 0.02em;
        color: var(--_muted);
      }
      .option {
        display: flex;
        align-items: center;
        gap: 10px;
        min-block-size: 36px;
        padding: 2px 8px;
        border-radius: 8px;
        cursor: pointer;
      }
      .option.active {
        background: var(--_hover);
      }
      .tile {
        display: grid;
        place-items: center;
        inline-size: 26px;
        block-size: 26px;
        border-radius: 7px;
        background: var(--_tint);
        color: var(--_tint-ink);
        flex: none;
      }
      .name {
        font-weight: 500;
        white-space: nowrap;
      }
      .detail {
        flex: 1;
        min-inline-size: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        text-align: end;
        font-size: 12px;
        color: var(--_muted);
      }
      .empty {
        padding: 20px 12px;
        text-align: center;
        color: var(--_muted);
      }
      @media (pointer: coarse) {
        .option {
          min-block-size: 48px;
        }
        .search input {
          font-size: 16px;
        }
      }
      @media (forced-colors: active) {
        .option.active {
          outline: 2px solid Highlight;
          outline-offset: -2px;
        }
      }
    `,
  ];
  static override properties = {
    choices: { attribute: false },
    anchor: { attribute: false },
    query: { state: true },
    active: { state: true },
  };

  declare choices: AddChoice[];
  /** Returns the position of the insert point on the page. Called again after each move. */
  declare anchor: () => DOMRect | null;
  declare query: string;
  declare active: number;

  #stop: (() => void) | null = null;

  constructor() {
    super();
    this.choices = [];
    this.query = '';
    this.active = 0;
  }

  override firstUpdated(): void {
    let last = new DOMRect();
    const getBoundingClientRect = () => (last = this.anchor() ?? last);
    this.#stop = keepFloating({ getBoundingClientRect }, this, {
      placement: 'bottom',
      gap: 10,
      maxHeight: 560,
    });
    this.renderRoot.querySelector('input')!.focus({ preventScroll: true });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
  }

  override updated(changed: PropertyValues): void {
    if (changed.has('active')) this.renderRoot.querySelector('.active')?.scrollIntoView({ block: 'nearest' });
  }

  get #matches(): AddChoice[] {
    return rankChoices(this.choices, this.query, this.strings);
  }

  #pick(choice: AddChoice | undefined): void {
    if (choice) this.dispatchEvent(new PickRequest(choice.kind));
  }

  #handleKeydown(event: KeyboardEvent): void {
    if (isComposing(event)) return;
    const count = this.#matches.length;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      if (count > 0) this.active = (this.active + step + count) % count;
    } else if (event.key === 'Enter') {
      event.preventDefault();
      this.#pick(this.#matches[this.active]);
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      event.stopPropagation();
      this.dispatchEvent(new CloseRequest());
    }
  }

  #handleInput(event: InputEvent): void {
    this.query = (event.target as HTMLInputElement).value;
    this.active = 0;
  }

  protected override render() {
    const { strings } = this;
    const matches = this.#matches;
    return html`<div class="search">
        ${icon('search')}
        <input
          type="text"
          role="combobox"
          dir="auto"
          autocomplete="off"
          enterkeyhint="go"
          aria-expanded="true"
          aria-controls="list"
          aria-autocomplete="list"
          aria-activedescendant=${matches.length > 0 ? `option-${this.active}` : nothing}
          aria-label=${strings.add.search}
          placeholder=${strings.add.search}
          .value=${this.query}
          @input=${this.#handleInput}
          @keydown=${this.#handleKeydown}
        />
      </div>
      <div class="list" id="list" role="listbox" tabindex="-1" aria-label=${strings.add.title}>
        ${groupsOf(matches).map((group) => this.#renderGroup(group, matches))}
      </div>
      ${
        matches.length === 0
          ? html`<p class="empty">${this.query ? strings.add.noMatch(this.query) : strings.add.nothing}</p>`
          : nothing
      }
      <div class="visually-hidden" role="status">
        ${this.query ? strings.add.results(matches.length) : ''}
      </div>`;
  }

  #renderGroup(group: AddGroup, matches: AddChoice[]) {
    const { strings } = this;
    return html`<div role="group" aria-labelledby="group-${group}">
      <div class="group" id="group-${group}" role="presentation">${strings.add.groups[group]}</div>
      ${matches.map((choice, index) =>
        choice.group === group
          ? html`<div
              id="option-${index}"
              role="option"
              data-kind=${choice.kind}
              class="option tint-${choice.tint} ${index === this.active ? 'active' : ''}"
              aria-selected=${String(index === this.active)}
              @click=${() => this.#pick(choice)}
              @pointermove=${() => (this.active = index)}
            >
              <span class="tile">${icon(choice.icon)}</span>
              <span class="name">${choice.name}</span>
              <span class="detail">${strings.add.hints[choice.kind] ?? ''}</span>
            </div>`
          : nothing,
      )}
    </div>`;
  }
}

function groupsOf(choices: AddChoice[]): AddGroup[] {
  return [...new Set(choices.map(({ group }) => group))];
}
