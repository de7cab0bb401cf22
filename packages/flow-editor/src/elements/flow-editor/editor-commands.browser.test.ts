/**
 * Runs every command from every surface against every rejection of the engine. If the document did not
 * change, success is not announced, and a rejected command explains why.
 */
import type { Card, Flow } from '@alur/flow';
import '../../define.ts';
import { appearanceOfKind } from '../../kinds/appearance.ts';
import { canRun, commands, type Command, runCommand } from '../../store/commands.ts';
import { writeClipboard } from '../../store/clipboard.ts';
import { en } from '../../strings/en.ts';
import {
  deep,
  equal,
  flowOf,
  focused,
  mountEditor,
  ok,
  press,
  smallFlow,
  until,
} from '../../testing/support.ts';
import type { FlowEditor } from './flow-editor.ts';
import { editorKinds } from '../../kinds/editor-kinds.ts';

const end: Card = { kind: 'assign-ai', aiAgentId: 'ai_cs', agentIds: [], next: [] };

/** Returns a flow with the maximum number of buttons, and a jump without a target below their Else. */
function fullButtons(): Flow {
  const buttons = Array.from({ length: 10 }, (_, index) => `b${index}`);
  return flowOf({
    start: { kind: 'start', next: ['ask'] },
    ask: { kind: 'buttons', text: 'Halo', next: [...buttons, 'typed'] },
    ...Object.fromEntries(buttons.map((id) => [id, { kind: 'button', label: id, next: [] } as Card])),
    typed: { kind: 'else', next: ['nowhere'] },
    nowhere: { kind: 'jump', to: null, next: [] },
  } as Record<string, Card>);
}

/** Returns a flow with the maximum depth of `limits`. */
function deepFlow(): Flow {
  return flowOf({
    start: { kind: 'start', next: ['a'] },
    a: { kind: 'label', labelIds: ['lbl_vip'], next: ['b'] },
    b: { kind: 'label', labelIds: ['lbl_vip'], next: ['c'] },
    c: end,
  });
}

/** Contents of the clipboard: more cards than fit, or invalid cards. */
const clips = {
  big: {
    rootId: 'x',
    cards: Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [
        index === 0 ? 'x' : `x${index}`,
        { kind: 'label', labelIds: [], next: index === 11 ? [] : [`x${index + 1}`] } as Card,
      ]),
    ),
  },
  broken: { rootId: 'x', cards: { x: { kind: 'label', labelIds: [], next: ['missing'] } as Card } },
};

interface Situation {
  name: string;
  properties: Partial<FlowEditor>;
  selected: string | null;
  clip?: keyof typeof clips;
}

const kinds = [
  'condition',
  'else',
  'first-message-text',
  'first-message-time',
  'button',
  'label',
  'jump',
  'buttons',
  'assign-ai',
  'assign-human',
] as const;
const full = { limits: { cards: 8 } };
const situations: Situation[] = [
  { name: 'a read-only flow', properties: { flow: smallFlow(), readonly: true }, selected: 'vip' },
  { name: 'nothing selected', properties: { flow: smallFlow() }, selected: null },
  { name: 'Start Point', properties: { flow: smallFlow() }, selected: 'start' },
  { name: 'an Else', properties: { flow: smallFlow() }, selected: 'rest' },
  { name: 'an end', properties: { flow: smallFlow() }, selected: 'team' },
  { name: 'the leftmost branch', properties: { flow: smallFlow() }, selected: 'vip' },
  { name: 'a full message with buttons', properties: { flow: fullButtons() }, selected: 'ask' },
  { name: 'one of ten buttons', properties: { flow: fullButtons() }, selected: 'b0' },
  { name: 'a jump to nowhere', properties: { flow: fullButtons() }, selected: 'nowhere' },
  { name: 'a full flow', properties: { flow: smallFlow(), ...full }, selected: 'vip' },
  { name: 'a full depth', properties: { flow: deepFlow(), limits: { depth: 3 } }, selected: 'b' },
  { name: 'a clip too big', properties: { flow: smallFlow(), ...full }, selected: 'mark', clip: 'big' },
  { name: 'a broken clip', properties: { flow: smallFlow() }, selected: 'mark', clip: 'broken' },
];

/** Patterns of the announcements of success. Names of cards, undo labels and numbers are placeholders. */
const names = kinds.map((kind) => appearanceOfKind(kind, editorKinds).name).join('|');
const doneSentences = (
  ['added', 'addedFork', 'deleted', 'duplicated', 'pasted', 'moved', 'undone', 'redone'] as const
).map((name) => {
  const sentence = (en.say[name] as (...values: (string | number)[]) => string)('~', 1, 1);
  const words = sentence.replace('~', name === 'undone' || name === 'redone' ? '.+' : `(?:${names})`);
  return new RegExp(`^${words.replaceAll('1', '\\d+')}$`);
});

function isDone(text: string): boolean {
  return doneSentences.some((pattern) => pattern.test(text));
}

/** Surfaces that run a command. Each returns false if it does not offer the command now. */
const surfaces: Record<string, (editor: FlowEditor, command: Command) => boolean> = {
  key: (editor, { keys }) => {
    const parts = keys[0]!.split(/\+(?!$)/);
    editor.drawing!.shadowRoot!.querySelector<HTMLElement>('[tabindex="0"], .surface')!.focus();
    press(parts.at(-1)!, {
      ctrlKey: parts.includes('mod'),
      altKey: parts.includes('alt'),
      shiftKey: parts.includes('shift'),
    });
    return true;
  },
  request: (editor, { id }) => {
    runCommand(id, editor.actions);
    return true;
  },
  menu: (editor, command) => {
    const cardId = editor.store.$selected.get();
    if (!command.inMenu || cardId === null || !canRun(command, editor.actions)) return false;
    editor.view.menu = { cardId, anchor: new DOMRect() };
    return true;
  },
  toolbar: (editor, { id }) => {
    const button = deep<HTMLButtonElement>(editor, `[role=toolbar] [aria-label="${en.commands[id]}"]`);
    if (!button || button.disabled) return false;
    button.click();
    return true;
  },
};

/** Waits for asynchronous commands (clipboard, dialogs). */
async function settle(editor: FlowEditor): Promise<void> {
  for (let turn = 0; turn < 3; turn++) {
    await editor.updateComplete;
    deep<HTMLButtonElement>(editor, 'dialog.question .danger')?.click();
    await new Promise((resolve) => setTimeout(resolve));
  }
}

async function mountIn(view: 'canvas' | 'outline', { properties, clip }: Situation): Promise<FlowEditor> {
  const editor = await mountEditor(properties);
  editor.store.$view.set(view);
  await editor.updateComplete;
  await until(() => editor.drawing?.shadowRoot?.querySelector('[role=treeitem]'));
  await writeClipboard(clips[clip ?? 'broken']);
  return editor;
}

// Saving and panels are not edits. Other tests cover their announcements.
const tested = commands.filter(({ edits, needsCard, id }) => (edits || needsCard) && id !== 'save');

describe('commands of <flow-editor>', () => {
  afterEach(() => document.body.replaceChildren());

  for (const situation of situations)
    for (const view of ['canvas', 'outline'] as const)
      it(`announce only actual changes: ${situation.name}, ${view}`, async () => {
        let editor = await mountIn(view, situation);
        for (const command of tested)
          for (const [surface, run] of Object.entries(surfaces)) {
            // Only the key surface depends on the view.
            if (view === 'outline' && surface !== 'key') continue;
            const about = `${command.id} by ${surface}`;
            // After a rejected letter the editor ignores letters for a second.
            if (surface === 'key' && command.keys[0]!.length === 1) editor = await mountIn(view, situation);
            // Load a new document, which clears history, dialog and announcements of the last command.
            editor.flow = structuredClone(situation.properties.flow!);
            editor.view.addingTo = null;
            editor.announcer.announce('');
            await editor.updateComplete;
            editor.actions.select(situation.selected);
            await editor.updateComplete;
            const before = editor.flow;
            const refused = !canRun(command, editor.actions);
            const hasRun = run(editor, command);
            await editor.updateComplete;
            deep<HTMLElement>(editor, `flow-card-menu [data-command="${command.id}"]`)?.click();
            await settle(editor);
            const text = editor.announcer.text.trim();
            if (editor.flow === before) ok(!isDone(text), `${about}: "${text}"`);
            const isSame = editor.store.$selected.get() === situation.selected;
            if (refused && surface === 'key' && isSame)
              ok(text !== '', `${about} was rejected without a message`);
            if (hasRun && refused) equal(editor.flow === before, true, about);
          }
      });

  it('show why the engine rejects an added card', async () => {
    const editor = await mountEditor({ flow: smallFlow(), limits: { cards: 8 } });
    editor.actions.add('vip', 'label');
    await until(() => deep(editor, '.explanation')?.textContent.includes('A flow has at most 8 cards'));
    equal(editor.announcer.text, 'A flow has at most 8 cards');
    equal(editor.store.$panel.get(), null);
  });

  it('do not delete a card that was removed while the dialog was open', async () => {
    const editor = await mountEditor({ flow: smallFlow() });
    editor.actions.select('vip');
    void editor.actions.delete();
    await until(() => deep(editor, 'dialog[open]'));
    void editor.actions.delete('mark');
    editor.flow = { ...smallFlow(), cards: { start: { kind: 'start', next: [] } } };
    await editor.updateComplete;
    deep<HTMLButtonElement>(editor, 'dialog .danger')?.click();
    await settle(editor);
    ok(!isDone(editor.announcer.text), editor.announcer.text);
  });

  it('explain why nothing can follow an end, and ignore the letters that are typed next', async () => {
    const editor = await mountEditor({ flow: smallFlow() });
    editor.actions.select('team');
    editor.view.focusCard('team');
    await until(() => (focused() as HTMLElement).dataset['id'] === 'team');
    press('a');
    await until(() => deep(editor, '.explanation'));
    for (const letter of 'top') press(letter);
    equal([editor.store.$view.get(), editor.store.$panel.get()], ['canvas', null]);
  });

  for (const [name, key, code, modifiers, works] of [
    ['Cyrillic', 'я', 'KeyZ', { ctrlKey: true }, true],
    ['Greek', 'ζ', 'KeyZ', { ctrlKey: true }, true],
    ['Arabic', 'ئ', 'KeyZ', { ctrlKey: true }, true],
    ['Hebrew', 'ז', 'KeyZ', { ctrlKey: true }, true],
    ['Thai', 'ผ', 'KeyZ', { ctrlKey: true }, true],
    ['Korean', 'ㅋ', 'KeyZ', { ctrlKey: true }, true],
    // On Latin layouts the letter counts, not the position of the key.
    ['German', 'y', 'KeyZ', { ctrlKey: true }, false],
  ] as const)
    it(`undo with Ctrl+Z on a ${name} layout${works ? '' : ' only by the letter'}`, async () => {
      const editor = await mountEditor({ flow: smallFlow() });
      editor.actions.edit('team', { title: 'Tim' });
      editor.focus();
      await until(() => editor.drawing!.shadowRoot!.activeElement);
      press(key, { code, ...modifiers });
      equal(editor.flow!.cards['team']!.title, works ? undefined : 'Tim');
    });

  it('leave zooming and searching to the browser, but prevent a back navigation at the edge', async () => {
    const editor = await mountEditor({ flow: smallFlow() });
    editor.actions.select('vip');
    editor.view.focusCard('vip');
    await until(() => (focused() as HTMLElement).dataset['id'] === 'vip');
    for (const key of ['+', '-', '0', 'f', '=']) equal(press(key, { ctrlKey: true }), true, `Ctrl+${key}`);
    equal(press('ArrowLeft', { altKey: true }), false, 'Alt+Left');
  });

  it('prevent Escape when it closes a part of the editor, and otherwise leave it to the page', async () => {
    const editor = await mountEditor({ flow: smallFlow() });
    editor.actions.select('vip');
    editor.view.focusCard('vip');
    await until(() => (focused() as HTMLElement).dataset['id'] === 'vip');
    editor.view.togglePanel('problems');
    await editor.updateComplete;
    equal([press('Escape'), press('Escape'), press('Escape')], [false, false, true]);
    deep(editor, '.name input')!.focus();
    equal(press('Escape'), true, 'in the name, with nothing typed');
  });
});
