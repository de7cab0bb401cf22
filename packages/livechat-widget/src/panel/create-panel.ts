import { render } from 'lit';
import type { LivechatEventDetails } from '../events.ts';
import { ChatSession } from '../session/chat-session.ts';
import { openKey } from '../launcher/open-key.ts';
import type { Identity, Panel, PanelOptions } from '../launcher/panel-loader.ts';
import { element as make } from '../launcher/launcher-view.ts';
import { languageOf, pageLanguage, pageLanguageTag } from '../strings/language.ts';
import { closeOnBack } from './close-on-back.ts';
import { containEvents } from './contain-events.ts';
import { NARROW, fitToView } from './fit-to-view.ts';
import { moveToTopLayer } from './move-to-top-layer.ts';
import { openLauncherStyles } from './open-launcher.styles.ts';
import type { LivechatPanel } from './livechat-panel/livechat-panel.ts';
import { loadModule } from './load-module.ts';
import { noteFaintAccent } from './note-faint-accent.ts';
import { nextTask, noteWarm } from './next-task.ts';
import { addStyles } from './panel-element.ts';
import { persistenceOf, settingsOf } from './panel-settings.ts';
import { chevronIcon } from './templates/icons.ts';

/** CSS parts that the page can style. */
const PARTS =
  'panel, header, close, notice, log, message, bubble, avatar, choices, choice, latest, composer, input, send';

/**
 * Creates the panel of a launcher. It is rendered immediately, and takes no space before the first `open`.
 */
export async function createPanel(options: PanelOptions): Promise<Panel> {
  const { widget, view, loader, emit, memory, signal } = options;
  const down = make('i');
  // Rendered first: where the page's policy forbids templates, no panel is created instead of an empty one.
  render(chevronIcon, down);
  const { root, button, label } = view;
  let { strings } = options;
  let isOpen = false;
  let unread = 0;
  const badge = make('b', 'badge');
  /** Whether the visitor closes the chat from inside it. Then the launcher takes the focus. */
  let isClosedInside = false;
  /** Whether the panel opens or closes because another tab did. */
  let isFollowing = false;
  const persist = persistenceOf(widget);
  const session = new ChatSession({
    ...options,
    emit: forwardEvent,
    persist,
    // Set in any case: a page may have extended Object.prototype.
    storage:
      persist === 'tab' ? async (...wanted) => (await loadModule('openTabStorage'))(...wanted) : undefined,
    loadEngine: () => loadModule('engine'),
    loadIdentify: () => loadModule('identify'),
    language: () => pageLanguageTag(widget, memory),
    muted: widget.getAttribute('sound') === 'off',
    needsConsent: () => widget.getAttribute('consent') === 'required',
    onShared: (key, value) => key === 'open' && followOtherTab(value),
    onForgotten() {
      // The next visitor of this element starts with a clean state.
      memory.identity = memory.attributes = memory.consent = undefined;
      noteOpen();
    },
  });
  signal.addEventListener('abort', () => session.close());
  // The module was evaluated in this task too. Yield before the next long step.
  await nextTask();
  if (memory.attributes) session.setAttributes(memory.attributes);
  let identified = Promise.resolve();
  try {
    if (memory.consent) await session.decide(memory.consent);
    // Without it the chat would show another person's conversation. If it fails, the chat opens anonymously.
    if (memory.identity) await (identified = identify(memory.identity)).catch(() => {});
    signal.throwIfAborted();
  } catch (error) {
    session.close();
    throw error;
  }
  adoptStyles();
  badge.part.add('badge');
  button.append(down, badge);
  updateLauncher();
  moveToTopLayer(root, button, signal);
  const element = document.createElement('livechat-panel') as LivechatPanel;
  attachPanel();
  mountSlots();
  // Its child elements are rendered in later tasks, before the click.
  await element.updateComplete;
  await nextTask();
  noteWarm();

  async function identify(token: Identity) {
    await session.identify(async () => (typeof token === 'function' ? token() : token));
    memory.identity = token;
  }
  function forwardEvent(...[name, detail]: Parameters<typeof emit>) {
    if (name === 'livechat-unread') {
      unread = (detail as LivechatEventDetails[typeof name]).count;
      updateLauncher();
    }
    if (name === 'livechat-message') {
      const { author } = detail as LivechatEventDetails['livechat-message'];
      // A missing sound is not an error.
      void loadModule('chime')
        .then((chime) => chime(author, session, () => unread))
        .catch(() => {});
    }
    emit(name, detail);
  }
  /** Sets the launcher's label, badge and state. */
  function updateLauncher() {
    badge.textContent = unread === 0 ? '' : unread > 99 ? '99+' : String(unread);
    const closed = `${label.data || strings.open}${unread ? `, ${strings.unread(unread)}` : ''}`;
    button.ariaLabel = isOpen ? strings.close : closed;
    root.classList.toggle('open', isOpen);
  }
  function adoptStyles() {
    addStyles(root.getRootNode() as ShadowRoot, [view.sheet, openLauncherStyles]);
  }
  /** Shows the page's own content in the panel's slots, if there is any. */
  function mountSlots() {
    if (!widget.querySelector('[slot]:not([slot=launcher])')) return;
    void loadModule('fillSlots')
      .then((fillSlots) => fillSlots(element))
      .catch(() => {});
  }
  function attachPanel() {
    element.session = session;
    element.setAttribute('exportparts', PARTS);
    updatePanel();
    element.addEventListener('panel-close', () => {
      isClosedInside = true;
      void widget.close();
    });
    containEvents(element, widget);
    element.addEventListener(
      'panel-language',
      () => void widget.setLocale(strings.locale === 'id' ? 'en' : 'id'),
    );
    fitToView(element, signal);
    // Before the launcher, so that Tab goes from panel to launcher.
    root.prepend(element);
  }
  function updatePanel() {
    element.settings = settingsOf(widget, session.view.get().config?.appearance);
    element.strings = strings;
    element.lang = strings.locale;
    element.toggleAttribute('at-start', root.classList.contains('start'));
  }
  function updateWatched() {
    const visible = document.visibilityState === 'visible';
    session.setWatched(isOpen && visible);
    // A hidden page with a closed chat needs no connection.
    if (!visible && !isOpen) session.disconnectWhenIdle();
    else session.reconnect();
  }
  function setOpen(open: boolean) {
    isOpen = open;
    element.open = open;
    back.set(open && element.full);
    updateLauncher();
    noteOpen();
    updateWatched();
    if (!isFollowing) session.share('open', open);
  }
  /** Stores for the next page in this tab whether the panel is open. */
  function noteOpen() {
    try {
      if (isOpen && session.mayKeep) sessionStorage.setItem(openKey(options), 'open');
      else sessionStorage.removeItem(openKey(options));
    } catch {
      // Blocked storage: the next page starts closed.
    }
  }
  /**
   * Opens or closes with another tab, and answers a new tab. A panel that would cover the page does not
   * follow.
   */
  function followOtherTab(open: unknown) {
    if (open === null) return isOpen && session.share('open', true);
    if (open === isOpen || matchMedia(NARROW).matches) return;
    isFollowing = true;
    void widget[open ? 'open' : 'close']().finally(() => (isFollowing = false));
  }
  const back = closeOnBack(() => void widget.close(), signal);
  document.addEventListener('visibilitychange', updateWatched, { signal });
  session.share('open', null);

  return {
    session,
    identified,
    open(focus) {
      setOpen(true);
      session.connect(true);
      if (focus && !isFollowing) void element.updateComplete.then(() => element.focus());
      emit('livechat-open', null);
      void element.updateComplete.then(() => noteFaintAccent(element));
    },
    close() {
      if (!isOpen) return;
      // A visitor who is elsewhere on the page keeps the focus there.
      const wasInside = isClosedInside || (root.getRootNode() as ShadowRoot).activeElement !== null;
      isClosedInside = false;
      setOpen(false);
      if (wasInside) button.focus();
      emit('livechat-close', null);
    },
    peek: () => session.peek(),
    async update() {
      adoptStyles();
      mountSlots();
      const language = pageLanguage(widget, memory);
      if (languageOf(strings.locale) !== language) {
        const words = await loader.strings(language).catch(() => null);
        // Another language may have been chosen in the meantime. A failed load keeps the current one.
        if (words && language === pageLanguage(widget, memory)) ({ strings } = words);
        element.failed = words ? null : navigator.onLine;
      }
      updateLauncher();
      updatePanel();
    },
    identify,
    setAttributes(attributes) {
      memory.attributes = { ...memory.attributes, ...attributes };
      session.setAttributes(attributes);
    },
    sendMessage: (text) => session.send(text),
    prefill: (text) => session.setDraft(String(text ?? '')),
    reset: () => session.reset(),
    async consent(decision) {
      const state = await session.decide(decision);
      if (state === 'denied') memory.identity = memory.attributes = undefined;
      // A later panel of the same element starts with the same decision.
      const said = state === 'withdrawn' ? 'denied' : state;
      memory.consent = said === 'granted' || said === 'denied' ? said : undefined;
      noteOpen();
      return state;
    },
    destroy() {
      element.remove();
      down.remove();
      badge.remove();
      root.classList.remove('open');
      emit('livechat-status', { status: 'idle' });
    },
  };
}
