import '../../define.ts';
import {
  audit,
  deep,
  equal,
  focusCard,
  focused,
  kindsBelow,
  mountEditor,
  press,
  smallFlow,
  until,
} from '../../testing/support.ts';
import type { FlowEditor } from '../flow-editor/flow-editor.ts';

async function mountOutline(properties: Partial<FlowEditor> = {}): Promise<FlowEditor> {
  const editor = await mountEditor({ flow: smallFlow(), ...properties });
  editor.view.toggleView();
  await until(() => deep(editor, '.line'));
  return editor;
}

const lines = (editor: FlowEditor) => [
  ...deep(editor, 'flow-outline')!.shadowRoot!.querySelectorAll('.line'),
];
const shownIds = (editor: FlowEditor) => lines(editor).map((line) => (line as HTMLElement).dataset['id']);
const focusedId = () => (focused() as HTMLElement).dataset['id'];

describe('<flow-outline>', () => {
  afterEach(() => document.body.replaceChildren());

  it('is a tree in reading order, indented by branches', async () => {
    const editor = await mountOutline();
    equal(
      shownIds(editor),
      editor.layout.order.map(({ id }) => id),
    );
    const levels = Object.fromEntries(
      lines(editor).map((line) => [(line as HTMLElement).dataset['id'], line.ariaLevel]),
    );
    equal([levels['start'], levels['vip'], levels['mark'], levels['team']], ['1', '2', '3', '3']);
    await audit(deep(editor, 'flow-outline')!);
  });

  it('moves between lines with the arrow keys', async () => {
    const editor = await mountOutline();
    await focusCard(editor, 'vip');
    for (const [key, id] of [
      ['ArrowDown', 'mark'],
      ['ArrowUp', 'vip'],
      ['ArrowRight', 'mark'],
    ] as const) {
      press(key);
      await until(() => focusedId() === id, `${key} did not move to ${id}`);
    }
  });

  it('collapses a branch by key and by its button, and opens it for a selected card', async () => {
    const editor = await mountOutline();
    const all = shownIds(editor).length;
    await focusCard(editor, 'vip');
    press('ArrowLeft');
    await until(() => shownIds(editor).length === all - 2);
    equal(focused().ariaExpanded, 'false');
    deep(editor, '.line[data-id="hours"] .fold')!.click();
    await until(() => shownIds(editor).length === all - 3);
    editor.showCard('team');
    await until(() => shownIds(editor).includes('team'));
  });

  it('selects a pressed line and opens its details', async () => {
    const editor = await mountOutline();
    deep(editor, '.line[data-id="bot"]')!.click();
    equal([editor.store.$selected.get(), editor.store.$panel.get()], ['bot', 'details']);
    await until(() => focusedId() === 'bot');
  });

  it('opens the add menu of a line, and has none in a read-only editor', async () => {
    const editor = await mountOutline();
    deep(editor, '.add[data-parent="mark"]')!.click();
    (await until(() => deep(editor, '[role=option][data-kind="webhook"]'))).click();
    await until(() => kindsBelow(editor, 'mark')[0] === 'webhook');
    editor.readonly = true;
    await until(() => deep(editor, '.line .add') === null);
  });
});
