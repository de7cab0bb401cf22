import '../../define.ts';
import {
  audit,
  deep,
  equal,
  focusCard,
  focused,
  mountEditor,
  ok,
  press,
  smallFlow,
  until,
} from '../../testing/support.ts';
import type { FlowEditor } from '../flow-editor/flow-editor.ts';

const labelOf = (item: Element): string => item.querySelector('span')!.textContent;
const hasFocusIn = (name: string): boolean => focused().matches(`[data-command="${name}"]`);

/** Opens the menu like a keyboard: browsers fire `contextmenu` for Shift+F10 and the menu key. */
async function openByKeyboard(editor: FlowEditor, cardId: string): Promise<HTMLElement> {
  await focusCard(editor, cardId);
  focused().dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, composed: true, cancelable: true }));
  return until(() => deep(editor, 'flow-card-menu'));
}

describe('<flow-card-menu>', () => {
  afterEach(() => document.body.replaceChildren());

  it('has the focus on its first item when the keyboard opens it, beside the card', async () => {
    const editor = await mountEditor({ flow: smallFlow() });
    const menu = await openByKeyboard(editor, 'vip');
    await until(() => hasFocusIn('open'));
    await until(() => Number(getComputedStyle(menu).opacity) === 1);
    const card = editor.canvas!.cardRect('vip')!;
    const box = menu.getBoundingClientRect();
    ok(Math.abs(box.left - card.left) < 8, `menu at ${box.left}, card at ${card.left}`);
    await audit(menu);
  });

  it('has the focus on its first item when the button in the details opens it', async () => {
    const editor = await mountEditor({ flow: smallFlow() });
    editor.showCard('vip');
    const more = await until(() => deep(editor, '[aria-haspopup="menu"]'));
    more.focus();
    more.click();
    await until(() => hasFocusIn('open'));
  });

  it('moves with arrows, Home, End and initials, and runs the selected command', async () => {
    const editor = await mountEditor({ flow: smallFlow() });
    const menu = await openByKeyboard(editor, 'vip');
    await until(() => hasFocusIn('open'));
    const items = [...menu.shadowRoot!.querySelectorAll('button')];
    press('End');
    equal(focused() === items.at(-1), true, 'End');
    press('ArrowDown');
    equal(focused() === items[0], true, 'beyond the end');
    press('ArrowUp');
    press('Home');
    equal(focused() === items[0], true, 'Home');
    press('d');
    equal(labelOf(focused())[0]!.toLowerCase(), 'd');
    await until(() => editor.flow!.cards['start']!.next.length === 3);
    (items.find(({ dataset }) => dataset['command'] === 'duplicate') as HTMLElement).click();
    await until(() => editor.flow!.cards['start']!.next.length === 4);
    equal(deep(editor, 'flow-card-menu'), null);
  });

  for (const key of ['Tab', 'Escape'])
    it(`closes with ${key} and returns the focus to the card`, async () => {
      const editor = await mountEditor({ flow: smallFlow() });
      await openByKeyboard(editor, 'vip');
      await until(() => hasFocusIn('open'));
      equal(press(key), false, 'the key was not passed to the page');
      await until(() => (focused() as HTMLElement).dataset['id'] === 'vip');
      equal(deep(editor, 'flow-card-menu'), null);
    });

  it('opens in the outline as well', async () => {
    const editor = await mountEditor({ flow: smallFlow() });
    editor.view.toggleView();
    await until(() => deep(editor, '.line[data-id="vip"]'));
    await openByKeyboard(editor, 'vip');
    await until(() => hasFocusIn('open'));
  });
});
