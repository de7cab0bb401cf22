/**
 * Safari ends a composition with a `keydown` of Enter or Escape that has the key code 229 and `isComposing:
 * false`.
 */
import type { ConditionCard } from '@alur/flow';
import '../define.ts';
import {
  click,
  deep,
  equal,
  focused,
  kindsBelow,
  mountEditor,
  press,
  smallFlow,
  type,
  until,
} from '../testing/support.ts';

const pressInSafari = (key: string) => press(key, { keyCode: 229 });

describe('a key that ends a composition in Safari', () => {
  it('neither ends a keyword nor removes the last one', async () => {
    const editor = await mountEditor({ flow: smallFlow() });
    editor.showCard('vip', 'keywords');
    const keywords = await until(() => deep(editor, 'flow-keywords'));
    await until(() => keywords.shadowRoot!.contains(focused()));
    pressInSafari('Backspace');
    type('とくべつ');
    pressInSafari('Enter');
    equal((editor.flow!.cards['vip'] as ConditionCard).test, {
      kind: 'first-message-text',
      keywords: ['vip'],
    });
    press('Enter');
    equal((editor.flow!.cards['vip'] as ConditionCard).test, {
      kind: 'first-message-text',
      keywords: ['vip', 'とくべつ'],
    });
  });

  it('neither commits nor discards the name', async () => {
    const editor = await mountEditor({ flow: smallFlow() });
    const field = deep<HTMLInputElement>(editor, '.name input')!;
    field.focus();
    type('時間');
    pressInSafari('Enter');
    equal(editor.flow!.name, 'Jam kerja');
    pressInSafari('Escape');
    await editor.updateComplete;
    equal([field.value, focused() === field], ['Jam kerja時間', true]);
    press('Enter');
    equal(editor.flow!.name, 'Jam kerja時間');
  });

  it('neither adds a card from the add menu nor closes the menu', async () => {
    const editor = await mountEditor({ flow: smallFlow() });
    const before = kindsBelow(editor, 'vip');
    editor.view.openAddMenu('vip');
    await until(() => deep(editor, 'flow-add-menu') && focused().localName === 'input');
    type('webhook');
    pressInSafari('Enter');
    pressInSafari('Escape');
    await editor.updateComplete;
    equal(kindsBelow(editor, 'vip'), before);
    press('Enter');
    equal(kindsBelow(editor, 'vip')[0], 'webhook');
  });

  it('neither selects an option nor closes the list of a picker', async () => {
    const editor = await mountEditor({ flow: smallFlow() });
    editor.showCard('start');
    const picker = await until(() => deep(editor, '[data-field="timeZone"] flow-picker'));
    picker.focus();
    press('ArrowDown');
    type('makas');
    await until(() => deep(picker, '.option')?.textContent?.includes('Asia/Makassar'));
    pressInSafari('Enter');
    pressInSafari('Escape');
    equal(editor.flow!.timeZone, 'Asia/Jakarta');
    press('Enter');
    equal(editor.flow!.timeZone, 'Asia/Makassar');
  });

  it('does not close the details with Escape', async () => {
    const editor = await mountEditor({ flow: smallFlow() });
    await click(editor, '.card[data-id="vip"]');
    editor.showCard('vip', 'keywords');
    await until(() => deep(editor, 'flow-keywords')?.shadowRoot?.contains(focused()));
    const field = focused();
    pressInSafari('Escape');
    await editor.updateComplete;
    equal(focused() === field, true);
  });
});
