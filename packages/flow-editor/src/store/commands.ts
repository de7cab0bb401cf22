import type { Strings } from '../strings/strings.ts';
import type { EditorActions } from './editor-actions.ts';

/** Stable name of a command. The strings have its texts under the same name. */
export type CommandId = keyof Strings['commands'];

/** Definition of a command. Keys, menu, outline, toolbar and shortcut dialog use the same table. */
export interface Command {
  id: CommandId;
  /** Keys that run the command, such as `mod+shift+z`. `mod` is Ctrl, on Apple systems Command. */
  keys: string[];
  /** Heading in the shortcut dialog. */
  group: keyof Strings['groups'];
  /** Whether it changes the flow. Such a command is not available in a read-only editor. */
  edits?: boolean;
  /** Whether it needs a selected card. */
  needsCard?: boolean;
  /** Whether it is in the menu of a card. */
  inMenu?: boolean;
  /**
   * Returns the reason why the command cannot run now, in the editor's language; null if it can. Default: it
   * always can.
   */
  refusal?(actions: EditorActions): string | null;
  /** Runs the command. Returns false if it had no effect; the key is then left to the page. */
  run(actions: EditorActions): void | boolean | Promise<void>;
}

/** Table of commands. */
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
    refusal: (a) => a.targetRefusal,
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
    refusal: (a) => a.addRefusal,
    run: (a) => a.openAddMenu(),
  },
  {
    id: 'duplicate',
    keys: ['mod+d'],
    group: 'edit',
    edits: true,
    needsCard: true,
    inMenu: true,
    refusal: (a) => a.duplicateRefusal,
    run: (a) => a.duplicate(),
  },
  {
    id: 'copy',
    keys: ['mod+c'],
    group: 'edit',
    needsCard: true,
    inMenu: true,
    refusal: (a) => a.copyRefusal,
    run: (a) => a.copy(),
  },
  {
    id: 'cut',
    keys: ['mod+x'],
    group: 'edit',
    edits: true,
    needsCard: true,
    inMenu: true,
    refusal: (a) => a.copyRefusal,
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
    refusal: (a) => a.moveRefusal(-1),
    run: (a) => a.move(-1),
  },
  {
    id: 'move-right',
    keys: ['alt+arrowright', 'alt+arrowdown'],
    group: 'edit',
    edits: true,
    needsCard: true,
    inMenu: true,
    refusal: (a) => a.moveRefusal(1),
    run: (a) => a.move(1),
  },
  {
    id: 'delete',
    keys: ['delete', 'backspace'],
    group: 'edit',
    edits: true,
    needsCard: true,
    inMenu: true,
    refusal: (a) => a.deleteRefusal,
    run: (a) => a.delete(),
  },
  {
    id: 'undo',
    keys: ['mod+z'],
    group: 'edit',
    edits: true,
    refusal: (a) => (a.store.canUndo ? null : a.view.strings.refused.undo),
    run: (a) => a.undo(),
  },
  {
    id: 'redo',
    keys: ['mod+shift+z', 'mod+y'],
    group: 'edit',
    edits: true,
    refusal: (a) => (a.store.canRedo ? null : a.view.strings.refused.redo),
    run: (a) => a.redo(),
  },
  { id: 'save', keys: ['mod+s'], group: 'file', edits: true, run: (a) => a.view.save(true) },
  { id: 'try-it', keys: ['t'], group: 'file', run: (a) => a.view.togglePanel('try') },
  { id: 'problems', keys: ['p'], group: 'file', run: (a) => a.view.togglePanel('problems') },
  { id: 'search', keys: ['/'], group: 'view', run: (a) => a.view.togglePanel('search') },
  { id: 'toggle-view', keys: ['o'], group: 'view', run: (a) => a.view.toggleView() },
  { id: 'zoom-in', keys: ['='], group: 'view', run: (a) => a.view.zoom('in') },
  { id: 'zoom-out', keys: ['-'], group: 'view', run: (a) => a.view.zoom('out') },
  { id: 'zoom-actual', keys: ['0'], group: 'view', run: (a) => a.view.zoom('actual') },
  { id: 'zoom-fit', keys: ['1', 'shift+!'], group: 'view', run: (a) => a.view.zoom('fit') },
  { id: 'shortcuts', keys: ['?', 'shift+?'], group: 'view', run: (a) => a.view.openShortcuts() },
  { id: 'close', keys: ['escape'], group: 'view', run: (a) => a.view.closeTopmost() },
];

const byId = new Map(commands.map((command) => [command.id, command]));

/** Returns a command by its name. */
export function commandOf(id: CommandId): Command {
  return byId.get(id)!;
}

/** Returns the reason why a command cannot run now, in the editor's language; null if it can. */
export function refusalOf(command: Command, actions: EditorActions): string | null {
  const { refused } = actions.view.strings;
  if (command.edits && actions.isReadonly) return refused.readonly;
  if (command.needsCard && actions.store.$selected.get() === null) return refused.noCard;
  return command.refusal?.(actions) ?? null;
}

/** Returns whether a command can run now. */
export function canRun(command: Command, actions: EditorActions): boolean {
  return refusalOf(command, actions) === null;
}

/** Runs a command if it can run now. */
export function runCommand(id: CommandId, actions: EditorActions): void {
  const command = commandOf(id);
  if (canRun(command, actions)) void command.run(actions);
}

/**
 * Returns the command of a key, if any. `isTyping`: the focus is in a field, whose own keys have priority.
 */
export function findCommand(event: KeyboardEvent, isTyping: boolean): Command | undefined {
  const pressed = nameKey(event);
  const whileTyping = new Set<CommandId>(['save', 'close']);
  return commands.find(({ id, keys }) => keys.includes(pressed) && (!isTyping || whileTyping.has(id)));
}

/** Returns a key in the format of the table. */
export function nameKey(event: KeyboardEvent): string {
  const { ctrlKey, metaKey, altKey, shiftKey } = event;
  const parts = [];
  if (ctrlKey || metaKey) parts.push('mod');
  if (altKey) parts.push('alt');
  if (shiftKey) parts.push('shift');
  return [...parts, latinKey(event)].join('+');
}

const SYMBOLS: Record<string, string> = { Slash: '/', Minus: '-', Equal: '=' };

/**
 * Returns the key, or the Latin letter at its position: on Cyrillic, Arabic or Thai layouts `key` is not an
 * ASCII letter.
 */
function latinKey({ key, code }: KeyboardEvent): string {
  const isLatin = key.length !== 1 || key.charCodeAt(0) < 0x80;
  const physical = SYMBOLS[code] ?? /^(?:Key|Digit)(.)$/.exec(code)?.[1];
  return (isLatin ? key : (physical ?? key)).toLowerCase();
}

/** Returns a key in the format for display. */
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
