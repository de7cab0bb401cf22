import type { FlowDirectory } from './directory.ts';
import type { EditorKinds } from './kinds/editor-kind.ts';
import type { EditorActions } from './store/editor-actions.ts';
import type { EditorStore } from './store/editor-store.ts';
import type { Strings } from './strings/strings.ts';

/** What the user may do. */
export interface EditorPermissions {
  /** Whether the page disabled editing. */
  readonly isReadonly: boolean;
  /** Whether editing is disabled now: read-only, or another version is shown for review. */
  readonly isLocked: boolean;
}

/**
 * What all parts of an editor share. The editor passes it down as the property `context`. It never changes: a
 * different language, directory or permission gives a new context with the same store and actions.
 */
export interface EditorContext {
  readonly store: EditorStore;
  readonly actions: EditorActions;
  readonly strings: Strings;
  /** Entries that the flow can refer to. Null while they load. */
  readonly directory: FlowDirectory | null;
  /** Kinds of cards and tests. */
  readonly kinds: EditorKinds;
  readonly permissions: EditorPermissions;
}

/** Returns `before` if it has the same values as `next`, so that parts update only after a change. */
export function reuseContext(before: EditorContext | null, next: EditorContext): EditorContext {
  const isSame =
    before?.store === next.store &&
    before.actions === next.actions &&
    before.strings === next.strings &&
    before.directory === next.directory &&
    before.kinds === next.kinds &&
    before.permissions.isReadonly === next.permissions.isReadonly &&
    before.permissions.isLocked === next.permissions.isLocked;
  return isSame ? before : next;
}
