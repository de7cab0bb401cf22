import { isComposing } from '@alur/flow/keyboard';
import { findCommand, refusalOf } from '../../store/commands.ts';
import type { EditorActions } from '../../store/editor-actions.ts';
import type { EditorFocus } from './editor-focus.ts';

/** What the keys of an editor need of it. */
export interface KeyHost {
  readonly actions: EditorActions;
  readonly keyboard: EditorFocus;
  /** Canvas or outline. */
  readonly drawing: Element | null;
}

/**
 * Runs the command of a key, or explains why it cannot run. Plain keys count only in the canvas or outline,
 * and never in a field. Other keys are left to the page.
 */
export function handleKeydown(editor: KeyHost, event: KeyboardEvent): void {
  if (event.defaultPrevented || isComposing(event) || editor.keyboard.hold(event)) return;
  const path = event.composedPath() as Element[];
  const target = path[0]!;
  const isTyping =
    target.matches?.('input:not([type=checkbox]), textarea, select, [contenteditable]') ?? false;
  if (!isTyping && editor.keyboard.ignores(event)) return;
  const command = findCommand(event, isTyping);
  if (!command) return;
  const isInDrawing = path.includes(editor.drawing as Element);
  const needsDrawing = !event.ctrlKey && !event.metaKey && command.id !== 'close';
  if (needsDrawing && (!isInDrawing || (target.matches('button') && /^(Enter| )$/.test(event.key)))) return;
  // Copying text from a panel must not copy a card.
  if (['copy', 'cut', 'paste', 'duplicate'].includes(command.id) && !isInDrawing) return;
  const refusal = refusalOf(command, editor.actions);
  if (refusal !== null) {
    // Prevent the default even without an effect: Alt+Left at the edge must not navigate back.
    event.preventDefault();
    editor.actions.view.explain(refusal);
    editor.keyboard.ignoreLetters(event);
  } else if (command.run(editor.actions) !== false) event.preventDefault();
}
