import '../../define.ts';
import { audit, deep, equal, focused, mount, mountEditor, smallFlow, until } from '../../testing/support.ts';
import type { FlowConfirmDialog } from './flow-confirm-dialog.ts';

const question = { name: 'VIP', count: 3, jumps: 1, takesElse: false };

/** Adds a dialog to the page, next to a button that has the focus. */
async function mountDialog(): Promise<{ dialog: FlowConfirmDialog; opener: HTMLElement }> {
  const { context } = await mountEditor({ flow: smallFlow() });
  const dialog = await mount<FlowConfirmDialog>('flow-confirm-dialog', { context });
  const opener = document.createElement('button');
  dialog.before(opener);
  opener.focus();
  return { dialog, opener };
}

const open = (dialog: FlowConfirmDialog) =>
  until(() => deep<HTMLDialogElement>(dialog, 'dialog[open]'), 'the dialog never opened');

describe('<flow-confirm-dialog>', () => {
  afterEach(() => document.body.replaceChildren());

  it('lists what is deleted, with the focus on Cancel', async () => {
    const { dialog } = await mountDialog();
    const answer = dialog.ask({ ...question, takesElse: true });
    const { textContent } = await open(dialog);
    const { confirm } = dialog.strings;
    for (const text of [
      confirm.deleteBranch('VIP'),
      confirm.deleteCount(3),
      confirm.deleteJumps(1),
      confirm.elseStays,
    ])
      equal(textContent!.includes(text), true, text);
    equal(focused().textContent, confirm.cancel);
    await audit(dialog);
    dialog.remove();
    equal(await answer, false, 'a removed dialog confirms nothing');
  });

  for (const [selector, isConfirmed] of [
    ['.danger', true],
    ['.button:not(.danger)', false],
  ] as const)
    it(`resolves with ${isConfirmed} and restores the focus`, async () => {
      const { dialog, opener } = await mountDialog();
      const answer = dialog.ask(question);
      await open(dialog);
      deep(dialog, selector)!.click();
      equal(await answer, isConfirmed);
      equal(document.activeElement === opener, true, 'the focus is back');
      await until(() => deep(dialog, 'dialog') === null);
    });

  it('confirms nothing when the browser closes it', async () => {
    const { dialog } = await mountDialog();
    const answer = dialog.ask(question);
    // Browsers close a modal dialog on Escape, or on the Back gesture of a phone.
    (await open(dialog)).close();
    equal(await answer, false);
  });

  it('resolves an open question with false when another one opens', async () => {
    const { dialog } = await mountDialog();
    const first = dialog.ask(question);
    await open(dialog);
    const second = dialog.ask({ ...question, name: 'Other' });
    equal(await first, false);
    await until(() => deep(dialog, 'dialog[open] h2')?.textContent?.includes('Other'));
    deep(dialog, '.danger')!.click();
    equal(await second, true);
  });
});
