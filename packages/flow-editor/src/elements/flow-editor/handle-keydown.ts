import { isComposing } from '@alur/flow/keyboard';
import { canRun, findCommand } from '../../store/commands.ts';
import type { FlowEditor } from './flow-editor.ts';

/** Runs the command that a key stands for. Plain keys count only in the drawing, and never while somebody types. */
export function handleKeydown(editor: FlowEditor, event: KeyboardEvent): void {
  if (event.defaultPrevented || isComposing(event) || editor.keyboard.hold(event)) return;
  const path = event.composedPath() as Element[];
  const target = path[0]!;
  const isTyping =
    target.matches?.('input:not([type=checkbox]), textarea, select, [contenteditable]') ?? false;
  const command = findCommand(event, isTyping);
  if (!command) return;
  const isInDrawing = path.includes(editor.drawing as Element);
  const needsDrawing = !event.ctrlKey && !event.metaKey && command.id !== 'close';
  if (needsDrawing && (!isInDrawing || (target.matches('button') && /^(Enter| )$/.test(event.key)))) return;
  // Copying words from a panel is not copying a card.
  if (['copy', 'cut', 'paste', 'duplicate'].includes(command.id) && !isInDrawing) return;
  if (!canRun(command, editor.actions) && (command.needsCard || command.edits)) {
    if (command.id === 'delete') editor.actions.sayWhyNotDeleted();
    return;
  }
  event.preventDefault();
  void command.run(editor.actions);
}
