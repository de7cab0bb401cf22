/** Registers `<flow-editor>`, `<flow-list>` and `<inbox-flow>`. A tag that is taken is left alone. */
import './define-editor.ts';
import { FlowList } from './elements/flow-list/flow-list.ts';
import { InboxFlow } from './elements/inbox-flow/inbox-flow.ts';
import { define } from './elements/lazy-parts.ts';

define('flow-list', FlowList);
define('inbox-flow', InboxFlow);
