import { LitElement, type PropertyDeclarations } from 'lit';
import type { FlowDirectory } from '../directory.ts';
import type { EditorContext } from '../editor-context.ts';
import type { EditorKinds } from '../kinds/editor-kind.ts';
import type { Strings } from '../strings/strings.ts';

/** Base class of the elements inside `<flow-editor>`. They receive the editor's context. */
export class EditorPart extends LitElement {
  static override properties: PropertyDeclarations = { context: { attribute: false } };

  declare context: EditorContext;

  /** Texts of the current language. */
  get strings(): Strings {
    return this.context.strings;
  }

  /** Entries that the flow can refer to. Null while they load. */
  get directory(): FlowDirectory | null {
    return this.context.directory;
  }

  /** Kinds of cards and tests. */
  get kinds(): EditorKinds {
    return this.context.kinds;
  }

  /** Whether editing is disabled now. */
  get isLocked(): boolean {
    return this.context.permissions.isLocked;
  }
}
