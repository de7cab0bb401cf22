import { applyTheme } from '../shared/theme.ts';
import { AgentInbox } from './agent-inbox.ts';
import { ConversationList } from './conversation-list.ts';
import { ConversationView } from './conversation-view.ts';
import { DetailsPanel } from './details-panel.ts';
import { MessageFile } from './message-file.ts';
import { ReplyComposer } from './reply-composer.ts';

applyTheme();
customElements.define('reply-composer', ReplyComposer);
customElements.define('message-file', MessageFile);
customElements.define('conversation-list', ConversationList);
customElements.define('conversation-view', ConversationView);
customElements.define('details-panel', DetailsPanel);
customElements.define('agent-inbox', AgentInbox);
