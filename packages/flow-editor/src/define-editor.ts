/** Registers only `<flow-editor>` and its inner elements. Skips a tag name that is already defined. */
import { FlowAddMenu } from './elements/flow-add-menu/flow-add-menu.ts';
import { FlowCanvas } from './elements/flow-canvas/flow-canvas.ts';
import { FlowCardMenu } from './elements/flow-card-menu/flow-card-menu.ts';
import { FlowConfirmDialog } from './elements/flow-confirm-dialog/flow-confirm-dialog.ts';
import { FlowEditor } from './elements/flow-editor/flow-editor.ts';
import { FlowNameField } from './elements/flow-name-field/flow-name-field.ts';
import { FlowSaveNotice } from './elements/flow-save-notice/flow-save-notice.ts';
import { FlowToolbar } from './elements/flow-toolbar/flow-toolbar.ts';
import { define } from './elements/lazy-parts.ts';

define('flow-add-menu', FlowAddMenu);
define('flow-canvas', FlowCanvas);
define('flow-card-menu', FlowCardMenu);
define('flow-confirm-dialog', FlowConfirmDialog);
define('flow-name-field', FlowNameField);
define('flow-save-notice', FlowSaveNotice);
define('flow-toolbar', FlowToolbar);
define('flow-editor', FlowEditor);
