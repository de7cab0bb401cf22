/** Registers `<flow-editor>`, `<flow-list>` and `<inbox-flow>`. Skips a tag name that is already defined. */
import './define-editor.ts';
import { FlowList } from './elements/flow-list/flow-list.ts';
import { InboxFlow } from './elements/inbox-flow/inbox-flow.ts';
import { define } from './elements/lazy-parts.ts';

define('flow-list', FlowList);
define('inbox-flow', InboxFlow);
