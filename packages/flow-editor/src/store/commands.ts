import type { Strings } from '../strings/strings.ts';
import type { EditorActions } from './editor-actions.ts';

/** The stable name of a command; its words are in the strings under the same name. */
export type CommandId = keyof Strings['commands'];

/**
 * Everything a command is, in one place: keys, menu, outline, toolbar and shortcut sheet all read this table.
 */
export interface Command {
  id: CommandId;
  /** Keys that run it, such as `mod+shift+z`; `mod` is Ctrl, on Apple's systems Command. */
  keys: string[];
  /** The heading under which the shortcut sheet lists it. */
  group: keyof Strings['groups'];
  /** It changes the flow: not available in a read-only editor. */
  edits?: boolean;
  /** It needs a selected card. */
  needsCard?: boolean;
  /** It stands in the menu of a card. */
  inMenu?: boolean;
  /** Why it can do nothing now, in the editor's language; null when it can. Default: it always can. */
  refusal?(actions: EditorActions): string | null;
  /** Returns false when it did nothing and the key is left to the page. */
  run(actions: EditorActions): void | boolean | Promise<void>;
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

/** A command by its name. */
export function commandOf(id: CommandId): Command {
  return byId.get(id)!;
}

/** Why a command can do nothing now, in the editor's language; null when it can run. */
export function refusalOf(command: Command, actions: EditorActions): string | null {
  const { refused } = actions.view.strings;
  if (command.edits && actions.isReadonly) return refused.readonly;
  if (command.needsCard && actions.store.$selected.get() === null) return refused.noCard;
  return command.refusal?.(actions) ?? null;
}

/** Whether a command can run now. */
export function canRun(command: Command, actions: EditorActions): boolean {
  return refusalOf(command, actions) === null;
}

/**
 * The command that a key stands for, if any. `isTyping`: the focus is in a field, whose own keys come first.
 */
export function findCommand(event: KeyboardEvent, isTyping: boolean): Command | undefined {
  const pressed = nameKey(event);
  const whileTyping = new Set<CommandId>(['save', 'close']);
  return commands.find(({ id, keys }) => keys.includes(pressed) && (!isTyping || whileTyping.has(id)));
}

/** A key as the table writes it. */
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
 * The key, or what a Latin layout has in its place: on Cyrillic, Arabic or Thai layouts `key` is no ASCII
 * letter.
 */
function latinKey({ key, code }: KeyboardEvent): string {
  const isLatin = key.length !== 1 || key.charCodeAt(0) < 0x80;
  const physical = SYMBOLS[code] ?? /^(?:Key|Digit)(.)$/.exec(code)?.[1];
  return (isLatin ? key : (physical ?? key)).toLowerCase();
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
