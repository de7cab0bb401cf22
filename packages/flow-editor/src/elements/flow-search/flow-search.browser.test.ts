import '../../define.ts';
import {
  audit,
  deep,
  equal,
  focused,
  mountEditor,
  press,
  settle,
  smallFlow,
  type,
  until,
} from '../../testing/support.ts';
import type { FlowEditor } from '../flow-editor/flow-editor.ts';

async function openSearch(): Promise<{ editor: FlowEditor; panel: HTMLElement }> {
  const editor = await mountEditor({ flow: smallFlow() });
  editor.view.togglePanel('search');
  await until(() => focused().matches('[type=search]'));
  return { editor, panel: deep(editor, 'flow-search')! };
}

const hits = (panel: Element) => [...panel.shadowRoot!.querySelectorAll<HTMLElement>('.hit')];
const selected = (editor: FlowEditor) => editor.store.$selected.get();

describe('<flow-search>', () => {
  afterEach(() => document.body.replaceChildren());

  it('finds cards by names of the directory and highlights them', async () => {
    const { editor, panel } = await openSearch();
    type('tim vip');
    await until(() => hits(panel).length === 1);
    equal([...editor.store.$found.get()!], ['team']);
    equal(
      panel.shadowRoot!.querySelector('[role=status]')!.textContent!.trim(),
      editor.strings.search.found(1),
    );
    // Opening panels are transparent.
    await settle(editor);
    await audit(panel);
  });

  it('moves through the results by keyboard, and around the end', async () => {
    const { editor, panel } = await openSearch();
    type('vip');
    const found = () => [...(editor.store.$found.get() ?? [])];
    await until(() => hits(panel).length > 1 && found().length === hits(panel).length);
    const ids = found();
    for (const id of [...ids, ids[0]]) {
      press('Enter');
      equal(selected(editor), id);
    }
    press('Enter', { shiftKey: true });
    equal(selected(editor), ids.at(-1));
  });

  it('selects a pressed result', async () => {
    const { editor, panel } = await openSearch();
    type('asisten');
    await until(() => hits(panel).length === 1);
    hits(panel)[0]!.click();
    equal(selected(editor), 'bot');
  });

  it('says that nothing is found, and ends the highlights when it closes', async () => {
    const { editor, panel } = await openSearch();
    type('zzzz');
    await until(() => panel.shadowRoot!.querySelector('[role=status]')!.textContent!.includes('zzzz'));
    equal(editor.store.$found.get()?.size, 0);
    press('Escape');
    await until(() => deep(editor, 'flow-search') === null);
    equal(editor.store.$found.get(), null);
  });
});
