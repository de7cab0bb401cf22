import '../../define.ts';
import { stringsFor } from '../../strings/strings.ts';
import { audit, equal, focused, mount, press, type, until } from '../../testing/support.ts';
import { loadPart } from '../lazy-parts.ts';
import type { ValueChange } from '../value-change.ts';
import type { FlowPicker } from './flow-picker.ts';

const options = [
  { id: 'a', name: 'Anggur', aliases: ['Grape'] },
  { id: 'b', name: 'Belimbing', detail: 'hijau' },
  { id: 'c', name: 'Cempedak' },
];

/** Adds a picker to the page, and collects its values. */
async function mountPicker(properties: Partial<FlowPicker> = {}) {
  await loadPart('details');
  const strings = stringsFor('en');
  const picker = await mount<FlowPicker>('flow-picker', { options, label: 'Fruit', strings, ...properties });
  const values: string[][] = [];
  picker.addEventListener('value-change', (event) => values.push((event as ValueChange<string[]>).value));
  picker.focus();
  return { picker, values, strings };
}

const shown = (picker: FlowPicker) =>
  [...picker.shadowRoot!.querySelectorAll('.option .text')].map(({ textContent }) => textContent);
const chips = (picker: FlowPicker) =>
  [...picker.shadowRoot!.querySelectorAll('.chip .text')].map(({ textContent }) => textContent);

describe('<flow-picker>', () => {
  afterEach(() => document.body.replaceChildren());

  it('selects one option by keyboard, and closes', async () => {
    const { picker, values } = await mountPicker();
    press('ArrowDown');
    await until(() => shown(picker).length === 3);
    press('ArrowDown');
    press('Enter');
    await until(() => shown(picker).length === 0);
    equal([values, chips(picker)], [[['b']], ['Belimbing']]);
  });

  it('selects several options, stays open, and removes them by Backspace and by their buttons', async () => {
    const { picker, values } = await mountPicker({ multiple: true });
    press('Enter');
    await until(() => shown(picker).length === 3);
    press('Enter');
    press('ArrowDown');
    press('Enter');
    await until(() => chips(picker).length === 2 && shown(picker).length === 3);
    await audit(picker);
    press('Backspace');
    await until(() => chips(picker).length === 1);
    picker.shadowRoot!.querySelector<HTMLElement>('.chip button')!.click();
    equal(values, [['a'], ['a', 'b'], ['a'], []]);
  });

  it('finds options by name, detail and alias', async () => {
    const { picker, strings } = await mountPicker();
    for (const [text, found] of [
      ['cemp', ['Cempedak']],
      ['HIJAU', ['Belimbing']],
      ['grape', ['Anggur']],
      ['zzz', []],
    ] as const) {
      const input = focused() as HTMLInputElement;
      input.value = '';
      type(text);
      await until(() => JSON.stringify(shown(picker)) === JSON.stringify(found), text);
    }
    equal(picker.shadowRoot!.querySelector('.empty')!.textContent, strings.fields.noMatch('zzz'));
  });

  it('closes on Escape without a change, and leaves the next Escape to the page', async () => {
    const { picker, values } = await mountPicker({ value: ['a'] });
    press('ArrowDown');
    await until(() => shown(picker).length === 2);
    equal(press('Escape'), false);
    await until(() => shown(picker).length === 0);
    equal([press('Escape'), values], [true, []]);
  });

  it('shows a value without an option as missing, but not while the options load', async () => {
    const { picker } = await mountPicker({ value: ['gone'] });
    equal(picker.shadowRoot!.querySelectorAll('.chip.missing').length, 1);
    picker.options = null;
    await picker.updateComplete;
    equal(picker.shadowRoot!.querySelectorAll('.chip.missing').length, 0);
  });
});
