import { render } from 'lit';
import type { LivechatEventDetails } from '../events.ts';
import { LivechatSession } from '../session/livechat-session.ts';
import { openKey } from '../launcher/open-key.ts';
import type { Identity, Panel, PanelOptions } from '../launcher/panel-loader.ts';
import { element as make } from '../launcher/launcher-view.ts';
import { languageOf, pageLanguage, pageLanguageTag } from '../strings/language.ts';
import { closeOnBack } from './close-on-back.ts';
import { containEvents } from './contain-events.ts';
import { NARROW, fitToView } from './fit-to-view.ts';
import { lift } from './lift.ts';
import { openLauncherStyles } from './open-launcher.styles.ts';
import type { LivechatPanel } from './livechat-panel/livechat-panel.ts';
import { loadPart } from './load-part.ts';
import { noteFaintAccent } from './note-faint-accent.ts';
import { nextTask, noteWarm } from './next-task.ts';
import { addStyles } from './panel-element.ts';
import { persistenceOf, settingsOf } from './panel-settings.ts';
import { chevronIcon } from './templates/icons.ts';

/** What a page may style inside: all that has a part. */
const PARTS =
  'panel, header, close, notice, log, message, bubble, avatar, choices, choice, latest, composer, input, send';

/** Makes the panel behind a launcher. Its element is drawn at once and has no place in the layout before the first `open`. */
export async function createPanel(options: PanelOptions): Promise<Panel> {
  const { widget, view, loader, emit, memory, signal } = options;
  const down = make('i');
  // Drawn before all else: where the page's policy forbids templates, there is no panel, and not an empty one.
  render(chevronIcon, down);
  const { root, button, label } = view;
  let { strings } = options;
  let isOpen = false;
  let unread = 0;
  const badge = make('b', 'badge');
  /** Whether the visitor closes the chat from inside it, and gets the focus back on the launcher. */
  let isClosedInside = false;
  /** Whether another tab has moved the panel, and moves its own. */
  let isFollowing = false;
  const persist = persistenceOf(widget);
  const session = new LivechatSession({
    ...options,
    emit: tell,
    persist,
    // Said in any case: a page may have put things on the prototype of all objects.
    storage:
      persist === 'tab' ? async (...wanted) => (await loadPart('openTabStorage'))(...wanted) : undefined,
    loadEngine: () => loadPart('engine'),
    language: () => pageLanguageTag(widget, memory),
    muted: widget.getAttribute('sound') === 'off',
    needsConsent: () => widget.getAttribute('consent') === 'required',
    onShared: (key, value) => key === 'open' && follow(value),
    onForgotten() {
      // Whoever comes next, in this panel or a later one of the same element, begins with nothing.
      memory.identity = memory.attributes = memory.consent = undefined;
      noteOpen();
    },
  });
  signal.addEventListener('abort', () => session.close());
  // The module was evaluated in this task, too: that is enough for one.
  await nextTask();
  if (memory.attributes) session.setAttributes(memory.attributes);
  let identified = Promise.resolve();
  try {
    if (memory.consent) await session.decide(memory.consent);
    // Until then it would be another person's conversation. If the page cannot name the visitor, the chat opens anonymously.
    if (memory.identity) await (identified = identify(memory.identity)).catch(() => {});
    signal.throwIfAborted();
  } catch (error) {
    session.close();
    throw error;
  }
  wear();
  badge.part.add('badge');
  // What was there stays; what an earlier panel of this launcher added has gone with it.
  button.append(down, badge);
  dress();
  lift(root, button, signal);
  const element = document.createElement('livechat-panel') as LivechatPanel;
  build();
  fill();
  // Its parts are drawn in the tasks after its own. What is left to the click is to show them.
  await element.updateComplete;
  await nextTask();
  noteWarm();

  async function identify(token: Identity) {
    await session.identify(async () => (typeof token === 'function' ? token() : token));
    memory.identity = token;
  }
  function tell(...[name, detail]: Parameters<typeof emit>) {
    if (name === 'livechat-unread') {
      unread = (detail as LivechatEventDetails[typeof name]).count;
      dress();
    }
    if (name === 'livechat-message') {
      const { author } = detail as LivechatEventDetails['livechat-message'];
      // A sound is a courtesy.
      void loadPart('chime')
        .then((chime) => chime(author, session, () => unread))
        .catch(() => {});
    }
    emit(name, detail);
  }
  /** The launcher as things stand: what it is called, and what its badge counts. */
  function dress() {
    badge.textContent = unread === 0 ? '' : unread > 99 ? '99+' : String(unread);
    const closed = `${label.data || strings.open}${unread ? `, ${strings.unread(unread)}` : ''}`;
    button.ariaLabel = isOpen ? strings.close : closed;
    root.classList.toggle('open', isOpen);
  }
  function wear() {
    addStyles(root.getRootNode() as ShadowRoot, [view.sheet, openLauncherStyles]);
  }
  /** Lets the page's own content into the panel, where there is any. */
  function fill() {
    if (!widget.querySelector('[slot]:not([slot=launcher])')) return;
    void loadPart('fillSlots')
      .then((fillSlots) => fillSlots(element))
      .catch(() => {});
  }
  function build() {
    element.session = session;
    element.setAttribute('exportparts', PARTS);
    show();
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
  function show() {
    element.settings = settingsOf(widget, session.view.get().config?.appearance);
    element.strings = strings;
    element.lang = strings.locale;
    element.toggleAttribute('at-start', root.classList.contains('start'));
  }
  function watch() {
    const visible = document.visibilityState === 'visible';
    session.setWatched(isOpen && visible);
    // A hidden page with a closed chat costs the host nothing.
    if (!visible && !isOpen) session.rest();
    else session.resume();
  }
  function turn(open: boolean) {
    isOpen = open;
    element.open = open;
    back.set(open && element.full);
    dress();
    noteOpen();
    watch();
    if (!isFollowing) session.share('open', open);
  }
  /** Notes for the site's next page in this tab whether the panel is open. */
  function noteOpen() {
    try {
      if (isOpen && session.mayKeep) sessionStorage.setItem(openKey(options), 'open');
      else sessionStorage.removeItem(openKey(options));
    } catch {
      // Blocked storage: the next page starts closed.
    }
  }
  /** Does as another tab did, and tells a new one how things are. A panel that would cover the page stays where it is. */
  function follow(open: unknown) {
    if (open === null) return isOpen && session.share('open', true);
    if (open === isOpen || matchMedia(NARROW).matches) return;
    isFollowing = true;
    void widget[open ? 'open' : 'close']().finally(() => (isFollowing = false));
  }
  const back = closeOnBack(() => void widget.close(), signal);
  document.addEventListener('visibilitychange', watch, { signal });
  session.share('open', null);

  return {
    session,
    identified,
    open(focus) {
      turn(true);
      session.connect(true);
      if (focus && !isFollowing) void element.updateComplete.then(() => element.focus());
      emit('livechat-open', null);
      void element.updateComplete.then(() => noteFaintAccent(element));
    },
    close() {
      if (!isOpen) return;
      // Not to a visitor who is elsewhere on the page: their next key would open the chat again.
      const wasInside = isClosedInside || (root.getRootNode() as ShadowRoot).activeElement !== null;
      isClosedInside = false;
      turn(false);
      if (wasInside) button.focus();
      emit('livechat-close', null);
    },
    peek: () => session.peek(),
    async update() {
      wear();
      fill();
      const language = pageLanguage(widget, memory);
      if (languageOf(strings.locale) !== language) {
        const words = await loader.strings(language).catch(() => null);
        // Another one may have been chosen in the meantime; without the words the ones at hand stay.
        if (words && language === pageLanguage(widget, memory)) ({ strings } = words);
        element.failed = words ? null : navigator.onLine;
      }
      dress();
      show();
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
      // What was taken back is refused as well by a later panel of the same element.
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
