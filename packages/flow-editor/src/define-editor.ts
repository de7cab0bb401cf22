/** Registers `<flow-editor>` alone, with what it needs. A tag that is taken is left alone. */
import { FlowAddMenu } from './elements/flow-add-menu/flow-add-menu.ts';
import { FlowCanvas } from './elements/flow-canvas/flow-canvas.ts';
import { FlowEditor } from './elements/flow-editor/flow-editor.ts';
import { define } from './elements/lazy-parts.ts';

define('flow-add-menu', FlowAddMenu);
define('flow-canvas', FlowCanvas);
define('flow-editor', FlowEditor);
