import '@alur/flow-editor/define';
import { applyTheme } from '../shared/theme.ts';
import { DashboardApp } from './dashboard-app.ts';
import { DirectoryScreen } from './directory-screen.ts';
import { EditorScreen } from './editor-screen.ts';
import { FlowsScreen } from './flows-screen.ts';
import { InboxScreen } from './inbox-screen.ts';
import { InboxesScreen } from './inboxes-screen.ts';

applyTheme();
customElements.define('flows-screen', FlowsScreen);
customElements.define('editor-screen', EditorScreen);
customElements.define('inboxes-screen', InboxesScreen);
customElements.define('inbox-screen', InboxScreen);
customElements.define('directory-screen', DirectoryScreen);
customElements.define('dashboard-app', DashboardApp);
