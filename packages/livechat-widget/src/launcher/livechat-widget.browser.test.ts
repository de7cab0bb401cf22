import { audit, equal, focused, ok, until } from '../testing/page.ts';
import '../define.ts';
import { HOST, serveInbox, startNetwork, stopNetwork, tokenOf } from '../testing/fake-network.ts';
import { askingFlow } from '../testing/flows.ts';
import { lazyModules } from '../panel/lazy-modules.ts';
import { WidgetDriver } from '../testing/widget.ts';
import { LivechatWidget } from './livechat-widget.ts';

describe('<livechat-widget>', () => {
  let widget: WidgetDriver;
  before(startNetwork);
  after(stopNetwork);
  afterEach(() => {
    widget.remove();
    sessionStorage.clear();
  });

  it('has no axe violations while closed', async () => {
    widget = new WidgetDriver(serveInbox().id, { label: 'Ask us' });
    await audit(widget.element);
  });

  it('renders from its attributes before and after any response of the host', () => {
    widget = new WidgetDriver('nowhere', {
      host: 'https://nowhere.invalid',
      label: 'Ask us',
      accent: '#0a7f5a',
      position: 'start',
    });
    const box = widget.launcher.getBoundingClientRect();
    ok(box.width >= 56 && box.height === 56, 'the launcher has its size');
    ok(box.left < 100, 'it is at the start of the line');
    equal(getComputedStyle(widget.launcher).backgroundColor, 'rgb(10, 127, 90)');
    equal(widget.launcher.textContent, 'Ask us');
    ok(box.width > 100, 'and room for its text');
  });

  it('ignores an accent that the browser does not support', () => {
    widget = new WidgetDriver(serveInbox().id, { accent: 'b4472a' });
    const ground = () => getComputedStyle(widget.launcher).backgroundColor;
    const own = ground();
    ok(own !== 'rgba(0, 0, 0, 0)', 'it is transparent');
    widget.element.setAttribute('accent', 'rgb(180, 71, 42)');
    equal([ground() === own, ground()], [false, 'rgb(180, 71, 42)']);
  });

  it('leaves no trace before the first open: one anonymous GET, no storage, no cookie', async () => {
    const inbox = serveInbox();
    const databases = async () =>
      (await indexedDB.databases()).filter(({ name }) => name?.includes(inbox.id)).length;
    widget = new WidgetDriver(inbox.id);
    await until(() => inbox.calls.length > 0, 'the configuration was not requested');
    widget.launcher.dispatchEvent(new PointerEvent('pointerenter'));
    const field = await until(() => widget.field, 'the panel was not preloaded');
    equal(field.getClientRects().length, 0, 'it is not on the page yet');
    equal(inbox.calls, ['GET config']);
    equal(await databases(), 0);
    equal([document.cookie, Object.keys(localStorage).filter((key) => key.includes(inbox.id))], ['', []]);
    await widget.open();
    await until(() => inbox.streams === 1, 'the widget did not connect');
    ok((await databases()) === 1, 'after that it stores the entries');
  });

  it('opens with the focus in the composer, and Escape closes it and restores the focus', async () => {
    widget = new WidgetDriver(serveInbox().id);
    widget.launcher.focus();
    widget.launcher.click();
    await until(() => focused()?.localName === 'textarea', 'the composer did not receive the focus');
    equal(widget.launcher.ariaExpanded, 'true');
    equal(widget.launcher.ariaLabel, 'Close chat');
    widget.key('Escape');
    await until(() => focused() === widget.launcher, 'the focus was not restored');
    equal(widget.launcher.ariaExpanded, 'false');
    ok(!widget.element.hasAttribute('open'));
    const names = widget.events.map(([name]) => name).filter((name) => /open|close|ready/.test(name));
    equal(names, ['livechat-ready', 'livechat-open', 'livechat-close']);
  });

  it('stays open when Escape ends a composition, which in Safari has the key code 229', async () => {
    widget = new WidgetDriver(serveInbox().id);
    await widget.open();
    widget.key('Escape', { keyCode: 229 });
    widget.key('Escape', { isComposing: true });
    equal(widget.launcher.ariaExpanded, 'true');
    widget.key('Escape');
    await until(() => widget.launcher.ariaExpanded === 'false', 'Escape alone did not close it');
  });

  it('removes itself for an inbox that is no web chat, and warns once', async () => {
    const warned: unknown[] = [];
    const { warn } = console;
    console.warn = (...args) => void warned.push(args[0]);
    try {
      widget = new WidgetDriver(serveInbox({ refuse: 'inbox_type' }).id);
      await until(() => widget.element.hidden, 'it was not removed');
      equal(getComputedStyle(widget.element).display, 'none');
      const errors = widget.events.filter(([name]) => name === 'livechat-error');
      equal(errors.length, 1);
      equal((errors[0]![1] as { code: string }).code, 'inbox_type');
      equal(warned.length, 1);
    } finally {
      console.warn = warn;
    }
  });

  it('shows another contact option when its panel cannot be loaded, and retries on request', async () => {
    const { loader } = LivechatWidget;
    const { warn } = console;
    console.warn = () => {};
    LivechatWidget.loader = { ...loader, panel: () => Promise.reject(new TypeError('blocked')) };
    try {
      const contact = 'mailto:help@shop.example javascript:alert(1) tel:+62811 https://shop.example/contact';
      widget = new WidgetDriver(serveInbox().id, { contact });
      widget.launcher.click();
      const card = await until(() => widget.one('.card'), 'nothing was announced');
      equal(
        [...card.querySelectorAll('a')].map(({ href, textContent }) => [href, textContent]),
        [
          ['mailto:help@shop.example', 'help@shop.example'],
          ['tel:+62811', '+62811'],
          ['https://shop.example/contact', 'Contact form'],
        ],
      );
      ok(!widget.element.open);
      await audit(widget.element);
      widget.launcher.click();
      ok(!widget.one('.card'), 'it still covers the page');
      widget.launcher.click();
      const again = await until(
        () => widget.all('.card').find((other) => other !== card),
        'it was not retried',
      );
      equal(widget.all('.card').length, 1);
      LivechatWidget.loader = loader;
      again.querySelector('button')!.click();
      await until(() => widget.one('livechat-panel[open]'), 'it was not retried');
      ok(!widget.one('.card'));
    } finally {
      LivechatWidget.loader = loader;
      console.warn = warn;
    }
  });

  it('keeps its panel when it is moved, and releases everything when it is removed', async () => {
    const inbox = serveInbox();
    widget = new WidgetDriver(inbox.id);
    await widget.open();
    await until(() => inbox.streams === 1, 'the widget did not connect');
    const panel = widget.one('livechat-panel');
    const box = document.body.appendChild(document.createElement('div'));
    box.append(widget.element);
    await Promise.resolve();
    equal(widget.one('livechat-panel') === panel, true);
    widget.remove();
    await until(() => inbox.streams === 0, 'its stream was not closed');
    document.body.append(widget.element);
    await until(() => widget.one('livechat-panel[open]'), 'it was not restored');
    equal([widget.all('.launcher i').length, widget.all('.badge').length], [1, 1], 'parts of the launcher');
    box.remove();
  });

  it('does not show the chat of the first inbox when the inbox changes during identification', async () => {
    const [first, second] = [serveInbox(), serveInbox()];
    widget = new WidgetDriver(first.id);
    let answer!: (token: string) => void;
    const asked = new Promise<void>((resolve) => {
      const provider = () =>
        new Promise<string>((give) => {
          answer = give;
          resolve();
        });
      void widget.element.identify(provider).catch(() => {});
    });
    widget.launcher.click();
    await asked;
    const shown: string[] = [];
    const watch = new MutationObserver((changes) =>
      shown.push(...changes.flatMap(({ addedNodes }) => [...addedNodes].map(({ nodeName }) => nodeName))),
    );
    watch.observe(widget.one('.root')!, { childList: true });
    const late = answer;
    widget.element.setAttribute('inbox', second.id);
    await Promise.resolve();
    late(tokenOf('ani'));
    // The second one sends a request again.
    await until(() => answer !== late, 'the second inbox did not request the identity');
    answer(tokenOf('ani'));
    await until(() => second.streams === 1, 'the second chat did not appear');
    watch.disconnect();
    equal(shown, ['LIVECHAT-PANEL'], 'one panel was mounted, the one of the second inbox');
    equal([first.calls.filter((call) => call !== 'GET config'), first.identities], [[], []]);
    equal(widget.all('.launcher i').length, 1, 'and no duplicates on the launcher');
    equal(widget.one('.card'), undefined);
  });

  it('stores the visitor for the tab, reports blocked storage, and retries at the next opening', async () => {
    const { openTabStorage } = lazyModules;
    lazyModules.openTabStorage = () => Promise.reject(new TypeError('blocked'));
    const inbox = serveInbox();
    const note = () => widget.one('.notice')!.textContent!.includes('This browser blocks storage');
    try {
      widget = new WidgetDriver(inbox.id, { persist: 'tab' });
      await widget.open();
      await until(note, 'the storage notice is not shown');
      await until(() => inbox.streams === 1, 'the widget did not connect');
    } finally {
      lazyModules.openTabStorage = openTabStorage;
    }
    await widget.element.closePanel();
    await widget.open();
    await until(() => !note(), 'it was not retried');
    await widget.say('Hi');
    await until(() => inbox.turns.length === 1, 'the host did not receive the message');
    const kept = () =>
      Object.entries(sessionStorage).some(([key, value]) => key.includes(inbox.id) && value.includes('Hi'));
    await until(kept, 'it was not stored');
  });

  it('works in a tab where locks are rejected', async () => {
    const { request } = navigator.locks;
    navigator.locks.request = () => Promise.reject(new DOMException('no', 'SecurityError'));
    const inbox = serveInbox();
    try {
      widget = new WidgetDriver(inbox.id, { persist: 'tab' });
      await widget.open();
      await until(
        () => widget.one('.notice')!.textContent!.includes('blocks storage'),
        'the text is not shown',
      );
      await widget.say('Hi');
      await until(() => inbox.turns.length === 1, 'the host did not receive the message');
    } finally {
      navigator.locks.request = request;
    }
    // Failed storage does not remove messages.
    await widget.element.closePanel();
    await widget.open();
    await widget.sees('Hi');
  });

  it('keeps its state and styles after a move to another document and back', async () => {
    widget = new WidgetDriver(serveInbox().id);
    const footer = document.createElement('p');
    footer.slot = 'footer';
    footer.textContent = 'Own';
    widget.element.append(footer);
    await widget.open();
    await until(() => footer.getBoundingClientRect().height > 0, 'the footer did not appear');
    widget.type('Half a word');
    const looks = () =>
      ['.launcher', '.badge', '.panel', '.log', 'textarea', '[part=send]'].map((selector) => {
        const style = getComputedStyle(widget.one(selector)!);
        return [style.display, style.position, style.borderRadius, style.width];
      });
    const before = [...looks(), getComputedStyle(footer).textAlign];
    // As htmx does for preserved elements, where elements cannot be moved atomically.
    document.implementation.createHTMLDocument().adoptNode(widget.element);
    document.body.append(widget.element);
    await until(
      () => JSON.stringify([...looks(), getComputedStyle(footer).textAlign]) === JSON.stringify(before),
      'it looks different',
    );
    equal(widget.field.value, 'Half a word');
  });

  it('queues calls that are made before it is connected to the page', async () => {
    const inbox = serveInbox();
    const element = document.createElement('livechat-widget');
    element.setAttribute('inbox', inbox.id);
    element.setAttribute('host', HOST);
    const identified = element.identify(tokenOf('ani'));
    const said = element.sendMessage('From the start');
    document.body.append(element);
    await Promise.all([identified, said]);
    await until(() => inbox.host.log.length > 0, 'the host did not receive the message');
    equal(inbox.identities, [tokenOf('ani')]);
    element.remove();
  });

  it('has the right visitor after several identity changes, and shows no other conversation', async () => {
    const inbox = serveInbox();
    widget = new WidgetDriver(inbox.id);
    await widget.element.identify(async () => tokenOf('ani'));
    await widget.element.setAttributes({ plan: 'gold' });
    widget.remove();
    await Promise.resolve();
    document.body.append(widget.element);
    await widget.open();
    await widget.say('Hi');
    await until(() => inbox.host.log.length > 0, 'the host did not receive the message');
    equal(inbox.identities, [tokenOf('ani')], 'no anonymous visitor in between');
    equal(inbox.turns[0]!.facts?.visitor?.attributes, { plan: 'gold' });
  });

  it('runs the flow in the language of the page, of the element, or the selected one', async () => {
    const page = document.documentElement;
    const lang = page.lang;
    const flow = askingFlow('plain');
    const hello = { en: 'Hello', fr: 'Bonjour', pt: 'Olá', id: 'Halo' };
    flow.cards['hi'] = { kind: 'message', text: 'plain', texts: hello, next: ['ask'] };
    const answer = async (expected: string, language: string, prepare: () => void = () => {}) => {
      const inbox = serveInbox({ flow });
      widget = new WidgetDriver(inbox.id);
      prepare();
      await widget.open();
      await widget.say('Hi');
      await widget.sees(expected);
      await until(() => inbox.turns.length > 0, 'the host did not receive the message');
      equal(inbox.turns[0]!.facts?.visitor?.language, language);
      widget.remove();
    };
    try {
      await answer('Hello', 'en-GB', () => (widget.element.lang = 'en-GB'));
      page.lang = 'fr-CA';
      await answer('Bonjour', 'fr-CA', () => (widget.element.lang = ''));
      await answer('Olá', 'pt-BR', () => (widget.element.lang = 'pt-BR'));
      await answer('Halo', 'in-ID', () => {
        widget.element.lang = 'pt-BR';
        void widget.element.setLocale('in-ID');
      });
    } finally {
      page.lang = lang;
    }
  });

  it('stores the identity call until the page is idle, and requests no token before', async () => {
    const inbox = serveInbox();
    let asked = 0;
    widget = new WidgetDriver(inbox.id);
    const identified = widget.element.identify(() => {
      asked += 1;
      return tokenOf('ani');
    });
    equal([asked, inbox.calls.length <= 1], [0, true], 'the page has priority');
    await identified;
    equal(asked, 1);
    equal(inbox.identities, [], 'no request before there is something to send');
    await widget.open();
    await until(() => inbox.identities.length > 0, 'the host was not notified');
    equal([asked, inbox.identities], [1, [tokenOf('ani')]]);
  });

  it('returns the current state at any time, and nothing before it is known', async () => {
    const inbox = serveInbox();
    const bare = document.createElement('livechat-widget');
    equal([bare.open, bare.unread, bare.status], [false, undefined, undefined]);
    widget = new WidgetDriver(inbox.id);
    equal([widget.element.open, widget.element.unread, widget.element.status], [false, undefined, undefined]);
    await widget.open();
    await until(() => widget.element.status === 'online', 'the widget did not connect');
    equal(widget.element.open, true);
    await widget.say('Hi');
    const told = () => widget.events.filter(([name]) => name === 'livechat-message').length;
    await until(() => told() === 2, 'the log did not contain the messages of the flow');
    await widget.element.closePanel();
    inbox.host.reply('Budi here.');
    inbox.flush();
    await until(() => widget.element.unread === 1, 'the reply was not counted');
    equal(widget.element.open, false);
  });

  it('returns an unsubscribe function for each listener', async () => {
    widget = new WidgetDriver(serveInbox().id);
    const heard: string[] = [];
    const off = widget.element.on('open', ({ type }) => heard.push(type));
    widget.element.on('status', ({ detail }) => heard.push(detail.status));
    await widget.open();
    await until(() => heard.includes('online'), 'nothing was received');
    await widget.element.closePanel();
    off();
    off();
    await widget.open();
    equal(
      heard.filter((what) => what === 'livechat-open'),
      ['livechat-open'],
    );
  });

  it('runs calls in order', async () => {
    const inbox = serveInbox();
    widget = new WidgetDriver(inbox.id);
    const { element } = widget;
    await Promise.all([element.prefill('first'), element.sendMessage('Hi'), element.prefill('last')]);
    await widget.open();
    equal(widget.field.value, 'last');
  });

  it('shows the selected language at once in all parts', async () => {
    widget = new WidgetDriver(serveInbox().id);
    await widget.open();
    equal(widget.field.placeholder, 'Write a message…');
    await widget.element.setLocale('id-ID');
    await until(() => widget.field.placeholder === 'Tulis pesan…', 'the panel did not change');
    equal(widget.launcher.ariaLabel, 'Tutup obrolan');
  });

  it('two widgets on one page are independent', async () => {
    const [one, two] = [serveInbox(), serveInbox()];
    widget = new WidgetDriver(one.id);
    const other = new WidgetDriver(two.id, { position: 'start' });
    await widget.open();
    await widget.say('Hi one');
    await other.open();
    equal(other.bubbles, []);
    equal(two.host.log.length, 0);
    other.remove();
  });

  it('sends only the requests that it needs, and only to its host', async () => {
    const { warn } = console;
    const warned: string[] = [];
    console.warn = (words: string) => void warned.push(words);
    widget = new WidgetDriver('', { host: HOST });
    console.warn = warn;
    ok(/needs "host" and "inbox"/.test(warned[0] ?? ''), String(warned));
    widget.launcher.click();
    await new Promise((resolve) => setTimeout(resolve));
    ok(!widget.one('livechat-panel'), 'there is nothing to open');
  });
});
