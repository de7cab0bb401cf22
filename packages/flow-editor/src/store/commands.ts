import type { Strings } from '../strings/strings.ts';
import type { EditorActions } from './editor-actions.ts';

/** The stable name of a command; its words are in the strings under the same name. */
export type CommandId = keyof Strings['commands'];

/** Everything a command is, in one place: keys, menu, outline, toolbar and shortcut sheet all read this table. */
export interface Command {
  id: CommandId;
  /** Keys that run it, such as `mod+shift+z`; `mod` is Ctrl, on Apple's systems Command. */
  keys: string[];
  /** The heading under which the shortcut sheet lists it. */
  group: keyof Strings['groups'];
  /** It changes the flow: not available in a read-only editor. */
  edits?: boolean;
  /** It needs a card in hand. */
  needsCard?: boolean;
  /** It stands in the menu of a card. */
  inMenu?: boolean;
  /** Whether it can do something now. */
  isEnabled?(actions: EditorActions): boolean;
  run(actions: EditorActions): void | Promise<void>;
}

/** The table of commands. */
export const commands: readonly Command[] = [
  { id: 'go-up', keys: ['arrowup'], group: 'move', run: (a) => a.go('up') },
  { id: 'go-down', keys: ['arrowdown'], group: 'move', run: (a) => a.go('down') },
  { id: 'go-left', keys: ['arrowleft'], group: 'move', run: (a) => a.go('left') },
  { id: 'go-right', keys: ['arrowright'], group: 'move', run: (a) => a.go('right') },
  { id: 'go-start', keys: ['home'], group: 'move', run: (a) => a.goToStart() },
  {
    id: 'go-target',
    keys: ['g'],
    group: 'move',
    needsCard: true,
    inMenu: true,
    isEnabled: (a) => a.hasTarget,
    run: (a) => a.goToTarget(),
  },
  { id: 'open', keys: ['enter'], group: 'edit', needsCard: true, inMenu: true, run: (a) => a.open() },
  {
    id: 'add',
    keys: ['a', '+', 'shift++'],
    group: 'edit',
    edits: true,
    needsCard: true,
    inMenu: true,
    isEnabled: (a) => a.canAdd,
    run: (a) => a.openAddMenu(),
  },
  {
    id: 'duplicate',
    keys: ['mod+d'],
    group: 'edit',
    edits: true,
    needsCard: true,
    inMenu: true,
    isEnabled: (a) => a.canDuplicate,
    run: (a) => a.duplicate(),
  },
  {
    id: 'copy',
    keys: ['mod+c'],
    group: 'edit',
    needsCard: true,
    inMenu: true,
    isEnabled: (a) => a.canCopy,
    run: (a) => a.copy(),
  },
  {
    id: 'cut',
    keys: ['mod+x'],
    group: 'edit',
    edits: true,
    needsCard: true,
    inMenu: true,
    isEnabled: (a) => a.canCopy,
    run: (a) => a.cut(),
  },
  {
    id: 'paste',
    keys: ['mod+v'],
    group: 'edit',
    edits: true,
    needsCard: true,
    inMenu: true,
    run: (a) => a.paste(),
  },
  {
    id: 'move-left',
    keys: ['alt+arrowleft', 'alt+arrowup'],
    group: 'edit',
    edits: true,
    needsCard: true,
    inMenu: true,
    isEnabled: (a) => a.canMove(-1),
    run: (a) => a.move(-1),
  },
  {
    id: 'move-right',
    keys: ['alt+arrowright', 'alt+arrowdown'],
    group: 'edit',
    edits: true,
    needsCard: true,
    inMenu: true,
    isEnabled: (a) => a.canMove(1),
    run: (a) => a.move(1),
  },
  {
    id: 'delete',
    keys: ['delete', 'backspace'],
    group: 'edit',
    edits: true,
    needsCard: true,
    inMenu: true,
    isEnabled: (a) => a.canDelete,
    run: (a) => a.delete(),
  },
  {
    id: 'undo',
    keys: ['mod+z'],
    group: 'edit',
    edits: true,
    isEnabled: (a) => a.store.canUndo,
    run: (a) => a.undo(),
  },
  {
    id: 'redo',
    keys: ['mod+shift+z', 'mod+y'],
    group: 'edit',
    edits: true,
    isEnabled: (a) => a.store.canRedo,
    run: (a) => a.redo(),
  },
  { id: 'save', keys: ['mod+s'], group: 'file', edits: true, run: (a) => a.view.save(true) },
  { id: 'try-it', keys: ['t'], group: 'file', run: (a) => a.view.togglePanel('try') },
  { id: 'problems', keys: ['p'], group: 'file', run: (a) => a.view.togglePanel('problems') },
  { id: 'search', keys: ['/', 'mod+f'], group: 'view', run: (a) => a.view.togglePanel('search') },
  { id: 'toggle-view', keys: ['o'], group: 'view', run: (a) => a.view.toggleView() },
  { id: 'zoom-in', keys: ['=', 'mod+='], group: 'view', run: (a) => a.view.zoom('in') },
  { id: 'zoom-out', keys: ['-', 'mod+-'], group: 'view', run: (a) => a.view.zoom('out') },
  { id: 'zoom-actual', keys: ['0', 'mod+0'], group: 'view', run: (a) => a.view.zoom('actual') },
  { id: 'zoom-fit', keys: ['1', 'shift+!'], group: 'view', run: (a) => a.view.zoom('fit') },
  { id: 'shortcuts', keys: ['?', 'shift+?'], group: 'view', run: (a) => a.view.openShortcuts() },
  { id: 'close', keys: ['escape'], group: 'view', run: (a) => a.view.closeTopmost() },
];

const byId = new Map(commands.map((command) => [command.id, command]));

/** A command by its name. */
export function commandOf(id: CommandId): Command {
  return byId.get(id)!;
}

/** Whether a command can run now. */
export function canRun(command: Command, actions: EditorActions): boolean {
  if (command.edits && actions.isReadonly) return false;
  if (command.needsCard && actions.store.$selected.get() === null) return false;
  return command.isEnabled?.(actions) ?? true;
}

/** The command that a key stands for, if any. `isTyping`: the focus is in a field, whose own keys come first. */
export function findCommand(event: KeyboardEvent, isTyping: boolean): Command | undefined {
  const pressed = nameKey(event);
  const whileTyping = new Set<CommandId>(['save', 'close']);
  return commands.find(({ id, keys }) => keys.includes(pressed) && (!isTyping || whileTyping.has(id)));
}

/** A key as the table writes it. */
export function nameKey({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): string {
  const parts = [];
  if (ctrlKey || metaKey) parts.push('mod');
  if (altKey) parts.push('alt');
  if (shiftKey) parts.push('shift');
  return [...parts, key.toLowerCase()].join('+');
}

/** A key as people read it. */
export function showKey(key: string, isApple: boolean): string {
  const words: Record<string, string> = {
    mod: isApple ? '⌘' : 'Ctrl',
    alt: isApple ? '⌥' : 'Alt',
    shift: '⇧',
    arrowup: '↑',
    arrowdown: '↓',
    arrowleft: '←',
    arrowright: '→',
    enter: '↵',
    escape: 'Esc',
    delete: 'Del',
    backspace: '⌫',
    home: 'Home',
  };
  return key
    .split(/\+(?!$)/)
    .map((part) => words[part] ?? part.toUpperCase())
    .join(' ');
}
