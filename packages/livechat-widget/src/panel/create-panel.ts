import { LivechatSession } from '../session/livechat-session.ts';
import { openKey } from '../launcher/open-key.ts';
import type { Identity, Panel, PanelOptions, PanelSettings } from '../launcher/panel-loader.ts';
import type { Strings } from '../strings/strings.ts';
import { fitToView } from './fit-to-view.ts';
import { openLauncherStyles } from './open-launcher.styles.ts';
import type { LivechatPanel } from './livechat-panel/livechat-panel.ts';

/** Makes the panel behind a launcher. Its element exists from the first `open` on. */
export async function createPanel(options: PanelOptions): Promise<Panel> {
  const { container, emit, memory, onClose, onLanguage } = options;
  let { settings, strings } = options;
  let element: LivechatPanel | null = null;
  let isOpen = false;
  const page = new AbortController();
  const session = new LivechatSession(options);
  if (memory.attributes) session.setAttributes(memory.attributes);
  try {
    // Until then it would be somebody else's conversation.
    if (memory.identity) await identify(memory.identity);
  } catch (error) {
    session.close();
    throw error;
  }

  adopt(container.getRootNode() as ShadowRoot);

  async function identify(token: Identity) {
    await session.identify(async () => (typeof token === 'function' ? token() : token));
    memory.identity = token;
  }
  function build(): LivechatPanel {
    const panel = document.createElement('livechat-panel') as LivechatPanel;
    panel.session = session;
    show(panel);
    panel.addEventListener('panel-close', onClose);
    panel.addEventListener('panel-language', () => onLanguage(settings.language === 'id' ? 'en' : 'id'));
    fitToView(panel, page.signal);
    // Before the launcher, so that Tab goes from panel to launcher.
    container.prepend(panel);
    return panel;
  }
  function show(panel: LivechatPanel) {
    panel.settings = settings;
    panel.strings = strings;
    panel.lang = strings.locale;
    panel.toggleAttribute('at-start', container.classList.contains('start'));
  }
  function watch() {
    const visible = document.visibilityState === 'visible';
    session.setWatched(isOpen && visible);
    // A hidden page with a closed chat costs the host nothing.
    if (!visible && !isOpen) session.rest();
    else if (element) session.connect();
  }
  function remember(open: boolean) {
    try {
      if (open) sessionStorage.setItem(openKey(options), 'open');
      else sessionStorage.removeItem(openKey(options));
    } catch {
      // Blocked storage: the next page starts closed.
    }
  }
  const { signal } = page;
  document.addEventListener('visibilitychange', watch, { signal });
  // The back/forward cache takes no page that holds a lock or a stream.
  addEventListener('pagehide', () => session.rest(), { signal });
  addEventListener('pageshow', (event) => event.persisted && watch(), { signal });

  return {
    open(focus) {
      element ??= build();
      session.connect();
      isOpen = true;
      element.open = true;
      remember(true);
      watch();
      if (focus) void element.updateComplete.then(() => element?.focus());
    },
    close() {
      isOpen = false;
      remember(false);
      if (element) element.open = false;
      watch();
    },
    peek: () => session.peek(),
    update(next: PanelSettings, words: Strings) {
      settings = next;
      strings = words;
      if (element) show(element);
    },
    identify,
    setAttributes(attributes) {
      memory.attributes = { ...memory.attributes, ...attributes };
      session.setAttributes(attributes);
    },
    async sendMessage(text) {
      // Said by a page that has just said for whom.
      await session.identified;
      element ??= build();
      return session.send(text);
    },
    prefill: (text) => session.setDraft(String(text ?? '')),
    reset() {
      memory.identity = memory.attributes = undefined;
      return session.reset();
    },
    destroy() {
      page.abort();
      session.close();
      element?.remove();
      emit('livechat-status', { status: 'idle' });
    },
  };
}

function adopt(root: ShadowRoot) {
  const sheet = openLauncherStyles.styleSheet!;
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
}
