import { equal, until } from '../testing/page.ts';
import '../define.ts';
import { serveInbox, startNetwork, stopNetwork } from '../testing/fake-network.ts';
import { WidgetDriver } from '../testing/widget.ts';
import { LivechatWidget } from './livechat-widget.ts';

describe('preloading before the chat is opened', () => {
  before(startNetwork);
  after(stopNetwork);

  it('loads the panel when the page is idle, or with data saving when the pointer is near', async () => {
    const { loader } = LivechatWidget;
    let loaded = 0;
    LivechatWidget.loader = {
      ...loader,
      panel() {
        loaded += 1;
        return loader.panel();
      },
    };
    // Two checks run one after the other. The first one sees a connection with data saving.
    let asked = 0;
    const connection = {
      get saveData() {
        asked += 1;
        return asked === 1;
      },
    };
    Object.defineProperty(navigator, 'connection', { value: connection, configurable: true });
    const widgets: WidgetDriver[] = [];
    const add = () => {
      const widget = new WidgetDriver(serveInbox().id);
      widgets.push(widget);
      return widget;
    };
    try {
      const saving = add();
      await until(() => asked === 1, 'the save-data setting was not read');
      const other = add();
      await until(() => other.field, 'the panel was not preloaded');
      equal([asked, loaded, saving.field], [2, 1, undefined]);
      saving.launcher.dispatchEvent(new PointerEvent('pointerenter'));
      await until(() => saving.field, 'it was not loaded for the pointer');
      equal(loaded, 2);
    } finally {
      for (const widget of widgets) widget.remove();
      LivechatWidget.loader = loader;
      Reflect.deleteProperty(navigator, 'connection');
    }
  });
});
