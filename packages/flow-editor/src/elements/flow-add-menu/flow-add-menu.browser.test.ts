import '../../define.ts';
import {
  audit,
  deep,
  equal,
  focused,
  kindsBelow,
  mountEditor,
  ok,
  press,
  smallFlow,
  type,
  until,
} from '../../testing/support.ts';
import type { FlowEditor } from '../flow-editor/flow-editor.ts';

/** Opens the menu below a card with its `+`. */
async function openMenu(cardId = 'vip'): Promise<{ editor: FlowEditor; menu: HTMLElement }> {
  const editor = await mountEditor({ flow: smallFlow() });
  (await until(() => deep(editor, `[data-parent="${cardId}"]`))).click();
  const menu = await until(() => deep(editor, 'flow-add-menu'));
  await until(() => focused().matches('[role=combobox]'), 'the search field has no focus');
  return { editor, menu };
}

const options = (menu: Element) => [...menu.shadowRoot!.querySelectorAll<HTMLElement>('[role=option]')];
const activeKind = (menu: Element) =>
  options(menu).find(({ id }) => id === focused().getAttribute('aria-activedescendant'))?.dataset['kind'];

describe('<flow-add-menu>', () => {
  afterEach(() => document.body.replaceChildren());

  it('lists the cards that can be added, in groups with names', async () => {
    const { menu } = await openMenu();
    ok(options(menu).length > 5, `${options(menu).length} options`);
    for (const group of menu.shadowRoot!.querySelectorAll('[role=group]'))
      ok(menu.shadowRoot!.getElementById(group.getAttribute('aria-labelledby')!)?.textContent);
    await audit(menu);
  });

  it('selects with the arrow keys, around both ends, and adds with Enter', async () => {
    const { editor, menu } = await openMenu();
    const kinds = options(menu).map(({ dataset }) => dataset['kind']);
    equal(activeKind(menu), kinds[0]);
    press('ArrowUp');
    await until(() => activeKind(menu) === kinds.at(-1));
    press('ArrowDown');
    press('ArrowDown');
    await until(() => activeKind(menu) === kinds[1]);
    press('ArrowUp');
    press('Enter');
    await until(() => deep(editor, 'flow-add-menu') === null);
    equal([kinds[0], ...kindsBelow(editor, 'vip')], ['first-message-text', 'condition', 'else']);
  });

  it('finds cards by their name and adds the pressed one', async () => {
    const { editor, menu } = await openMenu();
    type('webhook');
    await until(() => options(menu).length === 1);
    options(menu)[0]!.click();
    await until(() => kindsBelow(editor, 'vip')[0] === 'webhook');
  });

  it('says that nothing matches, and Enter adds nothing then', async () => {
    const { editor, menu } = await openMenu();
    type('zzzz');
    await until(() => options(menu).length === 0);
    equal(menu.shadowRoot!.querySelector('.empty')!.textContent, editor.strings.add.noMatch('zzzz'));
    equal(focused().hasAttribute('aria-activedescendant'), false);
    press('Enter');
    equal(kindsBelow(editor, 'vip'), ['label']);
  });

  for (const key of ['Escape', 'Tab'])
    it(`closes with ${key}, changes nothing, and focuses the card`, async () => {
      const { editor } = await openMenu();
      equal(press(key), false, 'the key is not left to the page');
      await until(() => (focused() as HTMLElement).dataset['id'] === 'vip');
      equal([deep(editor, 'flow-add-menu'), kindsBelow(editor, 'vip')], [null, ['label']]);
    });
});
