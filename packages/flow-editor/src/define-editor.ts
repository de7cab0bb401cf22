/** Registers only `<flow-editor>` and its inner elements. Skips a tag name that is already defined. */
import { FlowAddMenu } from './elements/flow-add-menu/flow-add-menu.ts';
import { FlowCanvas } from './elements/flow-canvas/flow-canvas.ts';
import { FlowCardMenu } from './elements/flow-card-menu/flow-card-menu.ts';
import { FlowEditor } from './elements/flow-editor/flow-editor.ts';
import { define } from './elements/lazy-parts.ts';

define('flow-add-menu', FlowAddMenu);
define('flow-canvas', FlowCanvas);
define('flow-card-menu', FlowCardMenu);
define('flow-editor', FlowEditor);
