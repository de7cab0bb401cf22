import type { ConditionCard, TimeTest } from '@alur/flow';
import '../../define.ts';
import {
  click,
  deep,
  equal,
  focused,
  mountEditor,
  newFlow,
  ok,
  press,
  smallFlow,
  type,
  until,
} from '../../testing/support.ts';
import type { FlowEditor } from '../flow-editor/flow-editor.ts';

/** Accepts every save and returns the saved documents. */
function takeSaves(editor: FlowEditor) {
  const saved: NonNullable<FlowEditor['flow']>[] = [];
  editor.addEventListener('flow-save', (event) => {
    saved.push(event.flow);
    event.respondWith(Promise.resolve({ version: saved.length + 1, live: true, problems: [] }));
  });
  return saved;
}

function nameField(editor: FlowEditor): HTMLInputElement {
  return deep<HTMLInputElement>(editor, '.name input')!;
}

/** Clears the name and types another one. */
async function writeName(editor: FlowEditor, name: string): Promise<HTMLInputElement> {
  const field = nameField(editor);
  field.focus();
  field.value = '';
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  type(name);
  await editor.updateComplete;
  return field;
}

describe('<flow-toolbar>', () => {
  it('saves a name that is being typed, by shortcut and by a call of the page', async () => {
    const editor = await mountEditor({ flow: smallFlow() });
    const saved = takeSaves(editor);
    await writeName(editor, 'Nama baru');
    press('s', { ctrlKey: true });
    await until(() => saved.length === 1 && !editor.dirty);
    equal(saved[0]!.name, 'Nama baru');
    equal(nameField(editor).value, 'Nama baru');
    await writeName(editor, 'Lebih baru');
    editor.save();
    await until(() => saved.length === 2);
    equal(saved[1]!.name, 'Lebih baru');
  });

  it('saves a time and a keyword that are being typed', async () => {
    const editor = await mountEditor({ flow: smallFlow() });
    const saved = takeSaves(editor);
    editor.showCard('hours', 'from');
    await until(() => focused().id === 'field-from');
    (focused() as HTMLInputElement).value = '';
    type('7');
    press('s', { ctrlKey: true });
    await until(() => saved.length === 1 && !editor.dirty);
    equal(((saved[0]!.cards['hours'] as ConditionCard).test as TimeTest).windows[0]!.from, '07:00');
    editor.showCard('vip', 'keywords');
    await until(() => deep(editor, 'flow-keywords')?.shadowRoot?.contains(focused()));
    type('emas');
    press('s', { ctrlKey: true });
    await until(() => saved.length === 2);
    equal((saved[1]!.cards['vip'] as ConditionCard).test, {
      kind: 'first-message-text',
      keywords: ['vip', 'emas'],
    });
  });

  it('keeps an invalid name in the field, shows the reason, and saves nothing under the old name', async () => {
    const editor = await mountEditor({ flow: smallFlow() });
    const saved = takeSaves(editor);
    const field = await writeName(editor, 'x'.repeat(120));
    press('s', { ctrlKey: true });
    await editor.updateComplete;
    equal(deep(editor, '#name-fault')!.textContent, 'A name has at most 100 characters.');
    equal([field.value.length, field.ariaInvalid, focused() === field, saved.length], [120, 'true', true, 0]);
    await writeName(editor, '');
    press('Enter');
    await editor.updateComplete;
    equal(deep(editor, '#name-fault')!.textContent, 'Give the flow a name.');
    equal([field.value, focused() === field], ['', true]);
    press('Escape');
    await editor.updateComplete;
    equal([field.value, deep(editor, '#name-fault')], ['Jam kerja', null]);
    await until(() => focused().matches('.card'), 'the focus did not move to a card');
  });

  it('does not offer to save while the other version is shown', async () => {
    const editor = await mountEditor({ flow: smallFlow() });
    editor.actions.rename('Milikku');
    editor.addEventListener('flow-save', (event) =>
      event.respondWith(Promise.resolve({ conflict: { version: 2, flow: smallFlow() } })),
    );
    editor.save();
    await click(editor, '.strip .choices button');
    await editor.updateComplete;
    const buttons = () => [
      ...deep(editor, 'flow-toolbar')!.shadowRoot!.querySelectorAll<HTMLButtonElement>('.save button'),
    ];
    equal(
      buttons().map(({ disabled }) => disabled),
      [true, true],
    );
    await click(editor, '.strip .primary');
    await until(() => buttons().every(({ disabled }) => !disabled));
  });

  it('shows neither success nor errors before a flow is checked', async () => {
    const editor = await mountEditor({ flow: newFlow() });
    const badge = deep(editor, '.problems')!;
    equal(badge.ariaLabel, 'Problems: being checked');
    await until(() => badge.ariaLabel === 'Problems: 1 to fix, 0 to review');
    editor.flow = smallFlow();
    await until(() => badge.ariaLabel === 'Problems: none');
  });

  for (const width of [320, 390, 719, 720, 820, 900, 1024, 1280, 1440]) {
    it(`has room for the name and no overlapping controls at ${width} pixels`, async () => {
      const flow = { ...smallFlow(), name: 'Keluhan pelanggan prioritas di luar jam kerja, semua cabang' };
      const editor = await mountEditor({ flow, locale: 'id' }, { width, height: 500 });
      const parts = [
        ...deep(editor, 'flow-toolbar')!.shadowRoot!.querySelectorAll(
          '.title, .tools > button, .segments, .save > button',
        ),
      ];
      const boxes = parts.map((part) => part.getBoundingClientRect());
      const right = editor.getBoundingClientRect().right;
      for (const [i, box] of boxes.entries()) {
        ok(box.right <= right + 0.5, `${parts[i]!.className} is cut off`);
        for (const [j, other] of boxes.entries()) {
          if (j <= i) continue;
          const meets =
            box.left < other.right - 0.5 &&
            other.left < box.right - 0.5 &&
            box.top < other.bottom - 0.5 &&
            other.top < box.bottom - 0.5;
          ok(!meets, `${parts[i]!.className} overlaps ${parts[j]!.className}`);
        }
      }
      const name = deep(editor, '.name')!.getBoundingClientRect().width;
      ok(name >= 140, `the name has ${name} pixels`);
    });
  }
});
