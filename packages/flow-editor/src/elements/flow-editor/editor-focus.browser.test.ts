import type { ButtonsCard, ConditionCard } from '@alur/flow';
import '../../define.ts';
import {
  click,
  deep,
  equal,
  focusCard,
  focused,
  mountEditor,
  newFlow,
  ok,
  press,
  smallFlow,
  type,
  until,
} from '../../testing/support.ts';

/** Waits for the next task, the earliest time of another key press. */
const nextTask = () => new Promise<void>((resolve) => setTimeout(resolve));

// The order matters: the details are loading only before the first `until`.
describe('the focus of <flow-editor>', () => {
  // Unsaved changes would block leaving the page.
  afterEach(() => document.body.replaceChildren());

  it('keeps the text that is typed before the details are loaded, and runs no shortcut', async () => {
    const editor = await mountEditor({ flow: newFlow() });
    editor.view.openAddMenu('start');
    await editor.updateComplete;
    editor.actions.add('start', 'first-message-text');
    await editor.updateComplete;
    equal(customElements.get('flow-inspector'), undefined);
    equal(deep(editor, 'aside h2')!.textContent, 'Card details');
    for (const key of ['o', 'p', 't', 'x', 'Backspace', ',', 'a']) press(key);
    await until(() => focused().matches('input'));
    await until(() => (focused() as HTMLInputElement).value === 'opt,a');
    type(',');
    const card = Object.values(editor.flow!.cards).find(({ kind }) => kind === 'condition');
    equal((card as ConditionCard).test, { kind: 'first-message-text', keywords: ['opt', 'a'] });
    equal(editor.store.$view.get(), 'canvas');
    equal(editor.store.$panel.get(), 'details');
  });

  it('is in the first field before the next key press when a card is added', async () => {
    const editor = await mountEditor({ flow: smallFlow() });
    await until(() => customElements.get('flow-inspector'));
    for (const [kind, field] of [
      ['label', 'flow-picker'],
      ['webhook', 'flow-inspector'],
    ] as const) {
      editor.view.openAddMenu('vip');
      await until(() => deep(editor, `[data-kind="${kind}"]`));
      await click(editor, `[data-kind="${kind}"]`);
      await nextTask();
      ok(focused().matches('input'), focused().localName);
      equal((focused().getRootNode() as ShadowRoot).host.localName, field);
    }
  });

  it('is in the text of a button before the next key press when one is added', async () => {
    const editor = await mountEditor({ flow: newFlow() });
    editor.actions.add('start', 'buttons');
    await until(() => deep(editor, '.buttons > .button'));
    await click(editor, '.buttons > .button');
    await nextTask();
    const ask = Object.values(editor.flow!.cards).find(({ kind }) => kind === 'buttons') as ButtonsCard;
    const added = ask.next.at(-2)!;
    equal((focused() as HTMLElement).dataset['button'], added);
  });

  it('goes to the first field of a button that is added on the canvas', async () => {
    const editor = await mountEditor({ flow: newFlow() });
    const ask = editor.actions.add('start', 'buttons')!;
    await click(editor, `[data-parent="${ask}"]`);
    await nextTask();
    equal(focused().id, 'field-label');
  });

  it('goes to the parent when the only condition of a fork is deleted', async () => {
    const editor = await mountEditor({ flow: newFlow() });
    const id = editor.actions.add('start', 'first-message-text')!;
    await until(() => focused().matches('input'));
    await focusCard(editor, id);
    press('Delete');
    await click(editor, 'dialog .danger');
    await until(() => !editor.flow!.cards[id]);
    await until(() => (focused() as HTMLElement).dataset['id'] === 'start');
  });

  it('stays on a card that is moved in the outline', async () => {
    const editor = await mountEditor({ flow: smallFlow() });
    editor.view.toggleView();
    await until(() => deep(editor, '.line[data-id="hours"]'));
    await focusCard(editor, 'hours');
    press('ArrowUp', { altKey: true });
    equal(editor.flow!.cards['start']!.next[0], 'hours');
    await nextTask();
    equal((focused() as HTMLElement).dataset['id'], 'hours');
  });

  it('goes to a card when the Undo button has nothing left to undo', async () => {
    const editor = await mountEditor({ flow: smallFlow() });
    editor.actions.edit('team', { title: 'Tim' });
    await editor.updateComplete;
    const undo = deep<HTMLButtonElement>(editor, '[role=toolbar] [aria-label="Undo"]')!;
    undo.focus();
    undo.click();
    await until(() => focused().matches('[role=treeitem]'));
  });

  for (const index of [0, 1, 2, 3])
    it(`stays in the editor after button ${index + 1} of the conflict strip`, async () => {
      const editor = await mountEditor({ flow: smallFlow() });
      editor.addEventListener('flow-save', (event) => {
        event.respondWith(
          Promise.resolve({ conflict: { version: 7, flow: { ...smallFlow(), name: 'Lain' } } }),
        );
      });
      editor.actions.edit('team', { title: 'Tim' });
      editor.save();
      await until(() => deep(editor, '.strip .choices'));
      const button = deep(editor, '.strip .choices')!.querySelectorAll('button')[index]!;
      button.focus();
      button.click();
      await until(() => !button.isConnected || editor.saving.reviewed);
      await nextTask();
      await until(() => focused() !== document.body && editor.shadowRoot!.activeElement);
    });
});
