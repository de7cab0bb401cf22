import { isComposing } from '@alur/flow/keyboard';
import { html, nothing } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { canRun, commands, showKey, type Command } from '../../store/commands.ts';
import { keepFloating } from '../float.ts';
import { isApple } from '../platform.ts';
import type { FlowEditor } from './flow-editor.ts';

const stops = new WeakMap<Element, () => void>();

/** The menu of the commands that suit the card in hand. */
export function renderCardMenu(editor: FlowEditor) {
  const { menu, strings } = editor;
  if (!menu) return nothing;
  const entries = commands.filter((command) => command.inMenu && canRun(command, editor.actions));
  const run = (command: Command) => {
    editor.menu = null;
    editor.focusCard(menu.cardId);
    void command.run(editor.actions);
  };
  let shown: Element | null = null;
  const place = (element: Element | undefined) => {
    if (!element) {
      if (shown) stops.get(shown)?.();
      return;
    }
    shown = element;
    if (stops.has(element)) return;
    const anchor = { getBoundingClientRect: () => editor.menu?.anchor ?? menu.anchor };
    stops.set(element, keepFloating(anchor, element as HTMLElement, { gap: 4 }));
    element.querySelector('button')?.focus({ preventScroll: true });
  };
  return html`<div
    class="card-menu"
    role="menu"
    aria-label=${strings.menu.label}
    ${ref(place)}
    @keydown=${handleKeydown}
  >
    ${entries.map(
      (command) =>
        html`<button
          role="menuitem"
          tabindex="-1"
          class=${command.id === 'delete' ? 'danger' : ''}
          @click=${() => run(command)}
        >
          <span>${strings.commands[command.id]}</span><kbd>${showKey(command.keys[0]!, isApple)}</kbd>
        </button>`,
    )}
  </div>`;
}

function handleKeydown(event: KeyboardEvent): void {
  if (isComposing(event)) return;
  const menu = event.currentTarget as Element;
  const items = [...menu.querySelectorAll('button')];
  const index = items.indexOf(event.target as HTMLButtonElement);
  const moves: Record<string, number> = {
    ArrowDown: 1,
    ArrowUp: -1,
    Home: -index,
    End: items.length - 1 - index,
  };
  const step = moves[event.key];
  if (step === undefined) {
    if (event.key !== 'Escape') event.stopPropagation();
    return;
  }
  event.preventDefault();
  event.stopPropagation();
  items[(index + step + items.length) % items.length]?.focus();
}
