import '../../define.ts';
import {
  audit,
  deep,
  equal,
  focused,
  mountEditor,
  ok,
  press,
  smallFlow,
  type,
  until,
} from '../../testing/support.ts';
import type { FlowEditor } from '../flow-editor/flow-editor.ts';

const inputOf = (editor: FlowEditor): HTMLInputElement => deep<HTMLInputElement>(editor, '.name input')!;

/** Replaces the text in the field by keyboard. Does not commit it. */
async function write(editor: FlowEditor, text: string): Promise<HTMLInputElement> {
  const input = inputOf(editor);
  input.focus();
  input.value = '';
  input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  type(text);
  await editor.nameField!.updateComplete;
  return input;
}

describe('<flow-name-field>', () => {
  afterEach(() => document.body.replaceChildren());

  for (const commit of ['Enter', 'blur'])
    it(`commits the trimmed text as one undo step on ${commit}`, async () => {
      const editor = await mountEditor({ flow: smallFlow() });
      const input = await write(editor, '  Baru ');
      equal([editor.flow!.name, editor.dirty], ['Jam kerja', true]);
      if (commit === 'Enter') press('Enter');
      else input.dispatchEvent(new Event('change'));
      equal(editor.flow!.name, 'Baru');
      await until(() => input.value === 'Baru');
      editor.undo();
      equal([editor.flow!.name, editor.dirty], ['Jam kerja', false]);
      await until(() => input.value === 'Jam kerja');
    });

  it('discards the text on Escape, and leaves the page without a warning', async () => {
    const editor = await mountEditor({ flow: smallFlow() });
    const input = await write(editor, 'Baru');
    await editor.updateComplete;
    const leave = () => window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
    equal(leave(), false, 'the warning before');
    equal(press('Escape'), false, 'the key is not left to the page');
    await until(() => focused().matches('.card'));
    await editor.updateComplete;
    equal([input.value, editor.flow!.name, editor.dirty, leave()], ['Jam kerja', 'Jam kerja', false, true]);
  });

  it('shows an error instead of the state until the text changes', async () => {
    const editor = await mountEditor({ flow: smallFlow() });
    const state = deep(editor, '.state')!;
    equal(state.checkVisibility(), true);
    const input = await write(editor, '');
    press('Enter');
    await until(() => deep(editor, '#name-fault'));
    equal([input.getAttribute('aria-describedby'), state.checkVisibility()], ['name-fault', false]);
    await audit(editor.nameField!);
    await write(editor, 'Baru');
    equal([deep(editor, '#name-fault'), input.ariaInvalid, state.checkVisibility()], [null, 'false', true]);
  });

  it('cannot be changed in a read-only editor', async () => {
    const editor = await mountEditor({ flow: smallFlow(), readonly: true });
    const input = inputOf(editor);
    equal(input.readOnly, true);
    ok(editor.nameField!.commit(), 'nothing to commit');
    editor.readonly = false;
    await until(() => !input.readOnly);
  });
});
