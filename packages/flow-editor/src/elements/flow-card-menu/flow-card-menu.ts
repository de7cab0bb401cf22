import { isComposing } from '@alur/flow/keyboard';
import { html } from 'lit';
import { showKey, type Command } from '../../store/commands.ts';
import { controls } from '../../styles/controls.styles.ts';
import { EditorPart } from '../editor-part.ts';
import { keepFloating } from '../float.ts';
import { isApple } from '../platform.ts';
import { CloseRequest, CommandRequest } from '../requests.ts';
import { cardMenuStyles } from './flow-card-menu.styles.ts';

/** Offset within the menu by key. Home and End are handled by position. */
const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

/**
 * @summary Menu of a card's commands, after the menu pattern of the ARIA Authoring Practices: the first item
 * is focused when it opens, arrow keys move, Tab and Escape close.
 * @internal Part of `<flow-editor>`.
 */
export class FlowCardMenu extends EditorPart {
  static override styles = [controls, cardMenuStyles];
  static override properties = {
    commands: { attribute: false },
    anchor: { attribute: false },
  };

  /** Commands that the menu offers. */
  declare commands: readonly Command[];
  /** Position on the page at which the menu opens. */
  declare anchor: DOMRect;

  #stopFloating: (() => void) | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('role', 'menu');
    this.addEventListener('keydown', this.#handleKeydown);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('keydown', this.#handleKeydown);
    this.#stopFloating?.();
  }

  override firstUpdated(): void {
    this.#stopFloating = keepFloating({ getBoundingClientRect: () => this.anchor }, this, { gap: 4 });
    this.#items[0]?.focus({ preventScroll: true });
  }

  get #items(): HTMLButtonElement[] {
    return [...this.renderRoot.querySelectorAll('button')];
  }

  #handleKeydown = (event: KeyboardEvent): void => {
    // The editor must not handle keys of an open menu.
    event.stopPropagation();
    if (isComposing(event)) return;
    if (event.key === 'Tab' || event.key === 'Escape') {
      event.preventDefault();
      this.dispatchEvent(new CloseRequest());
      return;
    }
    const next = this.#itemAfter(event);
    if (!next) return;
    event.preventDefault();
    next.focus();
  };

  /**
   * Returns the item that a key selects: the next or previous one, the first or last one, or the next one
   * with that initial.
   */
  #itemAfter({ key }: KeyboardEvent): HTMLButtonElement | undefined {
    const items = this.#items;
    const index = items.findIndex((item) => item.matches(':focus'));
    if (key === 'Home') return items[0];
    if (key === 'End') return items.at(-1);
    const step = STEPS[key];
    if (step !== undefined) return items[(index + step + items.length) % items.length];
    if (key.length !== 1 || key === ' ') return undefined;
    const initial = key.toLowerCase();
    const following = [...items.slice(index + 1), ...items.slice(0, index + 1)];
    return following.find(({ textContent }) => textContent.trim().toLowerCase().startsWith(initial));
  }

  protected override render() {
    return this.commands.map(
      (command) =>
        html`<button
          role="menuitem"
          tabindex="-1"
          class=${command.id === 'delete' ? 'danger' : ''}
          data-command=${command.id}
          @click=${() => this.dispatchEvent(new CommandRequest(command.id))}
        >
          <span>${this.strings.commands[command.id]}</span><kbd>${showKey(command.keys[0]!, isApple)}</kbd>
        </button>`,
    );
  }
}
