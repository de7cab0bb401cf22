import { audit, equal, focused, ok, until } from '../../testing/page.ts';
import '../../define.ts';
import {
  refuseTurn,
  serveInbox,
  startNetwork,
  stopNetwork,
  tokenOf,
  tracesOf,
  type FakeInbox,
} from '../../testing/fake-network.ts';
import { askingFlow } from '../../testing/flows.ts';
import { WidgetDriver } from '../../testing/widget.ts';

describe('<livechat-panel>', () => {
  let widget: WidgetDriver;
  let inbox: FakeInbox;
  async function start(
    options: Parameters<typeof serveInbox>[0] = {},
    attributes: Record<string, string> = {},
  ) {
    inbox = serveInbox(options);
    widget = new WidgetDriver(inbox.id, attributes);
    await widget.open();
    await until(() => inbox.streams === 1, 'the widget did not connect');
  }
  /** Sends a message after the device has stored its text as a draft. */
  async function sayWhatIsKept(drafts: ReturnType<typeof watchDrafts>) {
    await start();
    widget.type('Said');
    await until(() => drafts.kept === 1, 'the draft was not stored');
    await widget.say('Said');
    await until(() => inbox.host.log.length > 0, 'the host did not receive the message');
  }
  const traces = () => tracesOf(inbox.id);
  before(startNetwork);
  after(stopNetwork);
  afterEach(() => {
    widget.remove();
    sessionStorage.clear();
  });

  it('has no axe violations: empty, in conversation, with its menu, in light and dark', async () => {
    for (const theme of ['light', 'dark']) {
      await start({}, { theme });
      await audit(widget.element);
      equal(widget.all('header, main, footer, nav, aside').length, 0, 'landmarks belong to the page');
      await widget.say('Hi');
      await widget.sees('What is it about?');
      widget.one('[aria-label=Options]')!.click();
      await until(() => widget.all('button').find((b) => b.textContent!.includes('Bahasa')), 'no menu');
      await audit(widget.element);
      widget.remove();
    }
  });

  it('lets the page style every part that it has', async () => {
    await start();
    await widget.say('Hi');
    await widget.sees('What is it about?');
    const inside = widget.all('[part]');
    const names = new Set(inside.flatMap(({ part }) => [...part]));
    ok(names.has('bubble') && names.has('choice') && names.has('send') && names.has('launcher'), 'parts');
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      [...names].map((name) => `livechat-widget::part(${name}) { outline: 7px solid }`).join(''),
    );
    document.adoptedStyleSheets.push(sheet);
    try {
      // An outline is not inherited: only the element that the selector matches has it.
      const missed = inside.filter((one) => getComputedStyle(one).outlineWidth !== '7px');
      equal(
        missed.map(({ part }) => part.value),
        [],
      );
    } finally {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
    }
  });

  it('runs the flow at once, and the confirmation of the host changes no element', async () => {
    await start();
    await widget.say('Hi');
    await widget.sees('What is it about?');
    await until(
      () => widget.events.some(([name]) => name === 'livechat-message-sent'),
      'the host did not receive the message',
    );
    equal(widget.bubbles, ['Hi', 'Hello!', 'What is it about?']);
    await until(() => widget.one('.delivery')?.textContent?.trim() === 'Sent', 'the message was not sent');
  });

  it('sends the label of a pressed button, marks it, and disables the others', async () => {
    await start();
    await widget.say('Hi');
    await widget.sees('What is it about?');
    equal(
      widget.choices.map(({ disabled }) => disabled),
      [false, false],
    );
    // As a mouse does it.
    widget.choices[0]!.dispatchEvent(new MouseEvent('click', { detail: 1, bubbles: true }));
    await widget.sees('One moment.');
    equal(widget.bubbles.slice(3), ['Order', 'One moment.']);
    equal(
      widget.choices.map(({ disabled, className, ariaLabel }) => [disabled, className, ariaLabel]),
      [
        [true, 'chosen', 'Order, chosen'],
        [true, '', null],
      ],
    );
    widget.choices[0]!.click();
    await until(() => widget.events.some(([name]) => name === 'livechat-flow-end'), 'the flow did not end');
    equal(inbox.calls.filter((call) => call === 'POST turns').length, 2);
    equal(focused()?.localName, 'textarea', 'the next typed text goes into the composer');
  });

  it('treats a double click as one press', async () => {
    await start();
    await widget.say('Hi');
    await widget.sees('What is it about?');
    const [order] = widget.choices;
    order!.click();
    order!.click();
    await widget.sees('One moment.');
    await until(() => widget.one('.delivery')?.textContent?.trim() === 'Sent', 'the message was not sent');
    equal(inbox.calls.filter((call) => call === 'POST turns').length, 2);
    equal(widget.bubbles.filter((text) => text === 'Order').length, 1);
  });

  it('shows an agent’s reply live, announces it once, and counts it only while hidden', async () => {
    await start();
    await widget.say('Hi');
    await until(() => inbox.host.log.length > 0, 'the host did not receive the message');
    inbox.host.reply('Budi here.');
    inbox.flush();
    await widget.sees('Budi here.');
    const spoken = () =>
      widget.all('[aria-live=polite] p').filter((p) => p.textContent!.includes('Budi here.')).length;
    equal(spoken(), 1);
    await widget.element.closePanel();
    inbox.host.reply('Are you still there?');
    inbox.flush();
    await until(() => widget.one('.badge')?.textContent === '1', 'no badge');
    equal(widget.launcher.ariaLabel, 'Open chat, 1 unread');
    await widget.open();
    await until(() => widget.one('.badge')?.textContent === '', 'the badge was not cleared');
    await until(() => inbox.calls.includes('POST read'), 'the host was not notified');
  });

  it('clears the badge when the messages were read elsewhere', async () => {
    await start();
    await widget.say('Hi');
    await until(() => inbox.host.log.length > 0, 'the host did not receive the message');
    await widget.element.closePanel();
    widget.remove();
    inbox.host.unread = 2;
    widget = new WidgetDriver(inbox.id);
    await until(() => widget.one('.badge')?.textContent === '2', 'no badge');
    inbox.host.unread = 0;
    await widget.open();
    await until(() => widget.one('.badge')!.textContent === '', 'the badge was not cleared');
    equal(
      widget.events.flatMap(([name, detail]) =>
        name === 'livechat-unread' ? [(detail as { count: number }).count] : [],
      ),
      [2, 0],
    );
  });

  it('shows the typing indicator until the message arrives', async () => {
    await start();
    await widget.say('Hi');
    await until(() => inbox.host.log.length > 0, 'the host did not receive the message');
    inbox.send('typing', { by: 'agent', name: 'Budi' });
    await until(() => widget.one('.typing'), 'no typing indicator');
    equal(widget.one('.names p')?.textContent, 'Budi is typing');
    ok(widget.one('.header .avatar.agent'), 'the image is not the one of the agent');
    inbox.host.reply('Here.');
    inbox.flush();
    await until(() => !widget.one('.typing'), 'still typing');
  });

  it('sends with Enter, breaks the line with Shift+Enter, and ignores Enter of an input method', async () => {
    await start();
    widget.type('こんにち');
    widget.key('Enter', { isComposing: true });
    widget.key('Enter', { keyCode: 229 });
    widget.key('Enter', { shiftKey: true });
    equal(widget.field.value, 'こんにち');
    equal(widget.bubbles, []);
    await widget.say('こんにちは');
    equal(widget.field.value, '');
  });

  it('counts code points near the limit and sends nothing beyond it', async () => {
    await start();
    const send = () => widget.one('[part=send]') as HTMLButtonElement;
    widget.type('🐦'.repeat(3_990));
    await until(() => widget.one('#left')?.textContent?.trim() === '10 characters left', 'no count');
    ok(!send().disabled);
    widget.type('🐦'.repeat(4_001));
    await until(() => widget.one('#left')?.textContent?.trim() === '1 characters too long', 'no warning');
    ok(send().disabled);
    equal(widget.field.getAttribute('aria-invalid'), 'true');
  });

  it('keeps messages while the host is unreachable, and delivers each once', async () => {
    await start();
    inbox.unreachable = true;
    await widget.say('Are you there?');
    await widget.sees('What is it about?');
    await until(() => widget.one('.notice p'), 'no connection notice is shown');
    inbox.unreachable = false;
    dispatchEvent(new Event('online'));
    await until(() => inbox.host.log.length > 0, 'it did not arrive');
    await until(() => widget.one('.delivery')?.textContent?.trim() === 'Sent', 'not marked as sent');
    await until(() => !widget.one('.notice p'), 'the notice was not removed');
    const said = inbox.host.log.filter(
      (event) => event.type === 'message' && event.message.author.kind === 'visitor',
    );
    equal(said.length, 1);
    equal(widget.bubbles, ['Are you there?', 'Hello!', 'What is it about?']);
  });

  it('sets a permanently rejected message aside, sends the next one, and returns the text for editing', async () => {
    await start();
    inbox.turnsAnswer = refuseTurn(400, 'invalid_request');
    await widget.say('Too bad');
    await until(() => widget.one('.failed [role=alert]'), 'nothing was announced');
    inbox.turnsAnswer = null;
    await widget.say('Better');
    await until(() => inbox.host.log.length > 0, 'the next message was not sent');
    await until(
      () => widget.all('.delivery').some((line) => line.textContent!.trim() === 'Sent'),
      'the message was not sent',
    );
    equal(widget.events.filter(([name]) => name === 'livechat-message-failed').length, 1);
    await audit(widget.element);
    widget.type('And more');
    (widget.one('.failed [role=alert] button') as HTMLButtonElement).click();
    await until(() => widget.field.value === 'Too bad\nAnd more', 'the text was not restored');
    ok(!widget.one('.failed'));
  });

  it('emits the event of a failed message once, and not again on later pages', async () => {
    await start();
    const failures = (driver: WidgetDriver) =>
      driver.events.filter(([name]) => name === 'livechat-message-failed').length;
    inbox.turnsAnswer = refuseTurn(422, 'invalid');
    await widget.say('Too bad');
    await until(() => failures(widget) === 1, 'it was not reported');
    widget.remove();
    const again = new WidgetDriver(inbox.id);
    await again.open();
    await until(() => again.one('.failed'), 'it is not shown any more');
    equal(failures(again), 0);
    // The retry fails too.
    again.all('.failed button')[1]!.click();
    await until(() => failures(again) === 1, 'the second failure was not reported');
    again.remove();
  });

  it('has the flat corner of a bubble on the side of its author, in both directions and any script', async () => {
    await start();
    document.documentElement.dir = 'rtl';
    try {
      await widget.say('Hi');
      await widget.sees('What is it about?');
      const corners = (selector: string) => {
        const { borderBottomLeftRadius, borderBottomRightRadius } = getComputedStyle(
          widget.all(selector).at(-1)!,
        );
        return [borderBottomLeftRadius, borderBottomRightRadius];
      };
      equal(corners('.theirs .bubble'), ['18px', '6px']);
      equal(corners('.mine .bubble'), ['6px', '18px']);
      document.documentElement.dir = 'ltr';
      equal(corners('.theirs .bubble'), ['6px', '18px']);
    } finally {
      document.documentElement.removeAttribute('dir');
    }
  });

  it('fits the composer to a draft that arrived while closed', async () => {
    await start();
    await widget.element.closePanel();
    await widget.element.prefill('One\ntwo\nthree');
    await widget.open();
    await until(() => widget.field.value.includes('three'), 'it did not appear');
    await until(() => widget.field.clientHeight >= widget.field.scrollHeight, 'it is cut off');
    ok(widget.field.clientHeight > 50, `${widget.field.clientHeight} px`);
  });

  it('removes a draft that was sent during page unload, and restores one that was not', async () => {
    // A browser that closes a page may lose its last write, here the deletion of the draft.
    const drafts = watchDrafts({ undone: true });
    const reload = async () => {
      widget.remove();
      widget = new WidgetDriver(inbox.id);
      await widget.open();
    };
    try {
      await sayWhatIsKept(drafts);
      equal(drafts.emptied, 1);
      await reload();
      await until(
        () => drafts.recalled === 2 && widget.element.status === 'online',
        'the widget did not connect',
      );
      await until(() => widget.field.value === '', 'it was restored');
      // The same text a second time is another message.
      widget.type('Said');
      await until(() => drafts.kept === 2, 'the draft was not stored');
      await reload();
      await until(() => widget.field.value === 'Said', 'the draft was lost');
      await until(() => widget.element.status === 'online', 'the widget did not connect');
      await widget.sees('Said');
      equal(widget.field.value, 'Said');
    } finally {
      drafts.stop();
    }
  });

  it('keeps a draft that the visitor continued after its first part was sent', async () => {
    const drafts = watchDrafts({ undone: true });
    try {
      await sayWhatIsKept(drafts);
      widget.remove();
      inbox.unreachable = true;
      widget = new WidgetDriver(inbox.id);
      await widget.open();
      await until(() => drafts.recalled === 2, 'the storage was not read');
      widget.type('Said and more');
      inbox.unreachable = false;
      dispatchEvent(new Event('online'));
      await until(() => widget.element.status === 'online', 'the widget did not connect');
      await widget.sees('Said');
      equal(widget.field.value, 'Said and more');
      widget.key('Enter');
      await until(() => inbox.turns.length === 2, 'the host did not receive the message');
      await widget.sees('Said and more');
    } finally {
      drafts.stop();
    }
  });

  it('sends from one tab a draft of another tab, which can continue typing', async () => {
    await start();
    const first = widget;
    const drafts = watchDrafts();
    try {
      first.type('Half a word');
      await until(() => drafts.kept === 1, 'the draft was not stored');
    } finally {
      drafts.stop();
    }
    const second = new WidgetDriver(inbox.id);
    await second.open();
    await until(() => second.field.value === 'Half a word', 'the draft is not in the second tab');
    second.key('Enter');
    await first.sees('Half a word');
    await until(() => first.field.value === '', 'it is still in the first tab');
    first.type('Another');
    await until(() => second.field.value === 'Another', 'the second tab does not follow');
    first.key('Enter');
    await second.sees('Another');
    await until(() => inbox.turns.length === 2, 'the host did not receive the message');
    equal(
      inbox.turns.map(({ input }) => (input.kind === 'message' ? input.text : input.kind)),
      ['Half a word', 'Another'],
    );
    second.remove();
  });

  it('runs a flow with an unknown card kind on the host', async () => {
    const flow = askingFlow('Hello!');
    const cards = { ...flow.cards, hi: { kind: 'quiz', next: ['ask'] } as never };
    await start({ flow: { ...flow, cards } });
    await widget.say('Hi');
    await widget.sees('What is it about?');
    equal(inbox.turns[0]!.effects, undefined);
  });

  it('keeps the conversation and its waiting buttons over a reload', async () => {
    await start();
    await widget.say('Hi');
    await until(() => inbox.host.log.length > 0, 'the host did not receive the message');
    widget.remove();
    const again = new WidgetDriver(inbox.id);
    await again.open();
    await again.sees('What is it about?');
    equal(
      again.choices.map(({ disabled }) => disabled),
      [false, false],
    );
    await until(() => inbox.calls.includes('POST visitors/refresh'), 'not as the same visitor');
    again.remove();
  });

  it('shows that a conversation has ended, and restarts the flow with the next message', async () => {
    await start();
    await widget.say('Hi');
    await until(() => inbox.host.log.length > 0, 'the host did not receive the message');
    inbox.host.resolve();
    inbox.flush();
    await until(() => widget.one('.ended'), 'nothing was announced');
    ok(widget.choices.every(({ disabled }) => disabled));
    await widget.say('Hi again');
    await until(
      () => widget.bubbles.filter((text) => text === 'Hello!').length === 2,
      'the flow did not restart',
    );
    ok(!widget.one('.ended'));
    ok(widget.one('.divider.session'));
  });

  it('renders the end of a long history and loads the rest while scrolling up', async () => {
    await start();
    await widget.say('Hi');
    await until(() => inbox.host.log.length > 0, 'the host did not receive the message');
    for (let i = 0; i < 500; i++) inbox.host.reply(`Line ${i}`);
    inbox.flush();
    await widget.sees('Line 499');
    widget.remove();
    widget = new WidgetDriver(inbox.id);
    await widget.open();
    await widget.sees('Line 499');
    // The cached screen is shown first. The snapshot arrives later.
    await until(() => inbox.streams === 1, 'the widget did not connect');
    ok(widget.bubbles.length <= 41, `${widget.bubbles.length} bubbles are rendered`);
    const log = widget.one('.log')!;
    await until(() => log.scrollHeight - log.scrollTop - log.clientHeight < 2, 'it is not at the end');
    log.scrollTop = 0;
    await until(() => widget.bubbles.length > 60, 'no older messages were loaded');
    inbox.host.reply('News');
    inbox.flush();
    await until(
      () => widget.one('.latest')?.textContent?.includes('1 new message'),
      'no element announces the change',
    );
    ok(log.scrollTop < log.scrollHeight / 2, 'the scroll position is kept');
  });

  it('links only safe URLs, and never executes message content', async () => {
    await start();
    await widget.say('Hi');
    await until(() => inbox.host.log.length > 0, 'the host did not receive the message');
    inbox.host.reply('<img src=x onerror=alert(1)> javascript:alert(1) https://safe.example/a');
    inbox.flush();
    await widget.sees('<img src=x onerror=alert(1)> javascript:alert(1) https://safe.example/a');
    const links = widget.all('.bubble a') as HTMLAnchorElement[];
    equal(
      links.map(({ href, rel, target }) => [href, rel, target]),
      [['https://safe.example/a', 'noopener noreferrer nofollow ugc', '_blank']],
    );
    ok(!widget.one('.bubble img'));
  });

  it('deletes the visitor on this device after a confirmation', async () => {
    await start();
    await widget.say('Hi');
    widget.one('[aria-label=Options]')!.click();
    const forget = await until(
      () => widget.all('button').find((b) => b.textContent!.includes('Forget me')),
      'no menu',
    );
    forget.click();
    await until(() => widget.one('.danger'), 'it did not ask');
    await until(() => focused()?.closest('.answers'), 'the focus did not follow');
    ok(widget.bubbles.length > 0);
    widget.one('.danger')!.click();
    await until(() => widget.bubbles.length === 0, 'it was not cleared');
    await until(async () => (await traces()).length === 0, 'data was left on the device');
    equal(inbox.identities.length, 1, 'no visitor is created before there is something to send');
    await widget.say('Again');
    await until(() => inbox.turns.length === 2, 'the host did not receive the message');
    equal([inbox.identities.length, widget.bubbles[0]], [2, 'Again']);
  });

  it('separates the data of different users, and requests their token only when required', async () => {
    await start();
    await widget.say('As a stranger');
    await until(() => inbox.host.log.length > 0, 'the host did not receive the message');
    await widget.element.identify(() => Promise.resolve(tokenOf('ani')));
    await until(() => inbox.identities.length === 2, 'no visitor for Ani');
    equal(inbox.identities, [null, tokenOf('ani')]);
    await widget.element.identify(tokenOf('ani'));
    equal(inbox.identities.length, 2, 'the same user again is no change');
    await widget.element.identify(async () => tokenOf('budi'));
    await until(() => inbox.identities.length === 3, 'no visitor for Budi');
    const names = (await indexedDB.databases())
      .map(({ name }) => name)
      .filter((name) => name?.includes(inbox.id));
    equal(names.map((name) => name!.split('|').slice(2).join()).sort(), ['', 'ani', 'budi']);
    let refused = '';
    await widget.element.identify('nonsense').catch(() => (refused = 'refused'));
    equal(refused, 'refused');
  });

  it('sends messages that were written before the visitor was identified', async () => {
    await start();
    inbox.unreachable = true;
    await widget.say('As a stranger');
    await widget.element.identify(tokenOf('ani'));
    inbox.unreachable = false;
    window.dispatchEvent(new Event('online'));
    await until(() => inbox.turns.length > 0, 'the messages of the other user did not appear');
  });

  it('starts the next visitor of this device with a clean state, with or without an earlier one', async () => {
    inbox = serveInbox();
    widget = new WidgetDriver(inbox.id);
    await widget.element.reset();
    equal(await traces(), []);
    await widget.open();
    await widget.say('As a stranger');
    await until(() => inbox.host.log.length > 0, 'the host did not receive the message');
    await widget.element.identify(tokenOf('ani'));
    await until(() => inbox.identities.length === 2, 'no visitor for Ani');
    await widget.element.reset();
    equal(widget.bubbles, []);
    await until(async () => (await traces()).length === 0, 'data was left on the device');
    await widget.say('As another stranger');
    await until(() => inbox.identities.length === 3, 'the anonymous visitor is still stored');
    equal(inbox.identities.at(-1), null);
  });

  it('runs its methods before and after it is opened', async () => {
    inbox = serveInbox();
    widget = new WidgetDriver(inbox.id);
    await widget.element.setAttributes({ name: 'Ani', plan: 'gold', age: 30, list: [] as never });
    for (const nothing of [undefined as never, ' ']) {
      const refused = await widget.element.sendMessage(nothing).catch((error: Error) => error.name);
      equal(refused, 'TypeError');
    }
    await widget.element.sendMessage('From the page');
    await until(() => inbox.host.log.length > 0, 'the host did not receive the message');
    await widget.element.prefill('A draft');
    await widget.open();
    await widget.sees('From the page');
    equal(widget.field.value, 'A draft');
    const run = inbox.host.snapshot().run;
    equal(run?.facts.visitor, {
      name: 'Ani',
      language: 'en',
      attributes: { age: '30', plan: 'gold' },
    });
    await widget.element.togglePanel();
    ok(!widget.one('livechat-panel[open]'));
    await widget.element.hide();
    equal(getComputedStyle(widget.element).display, 'none');
    await widget.element.show();
  });

  it('shows at once that the device is offline', async () => {
    await start();
    await widget.say('Hi');
    await until(() => inbox.streams === 1, 'no line');
    inbox.unreachable = true;
    dispatchEvent(new Event('offline'));
    await until(() => widget.one('.notice > div'), 'nothing was announced');
    inbox.unreachable = false;
    dispatchEvent(new Event('online'));
    await until(() => !widget.one('.notice > div'), 'the notice was not removed');
  });

  it('emits an event if the host rejects the identity token, and waits before the next request', async () => {
    inbox = serveInbox();
    inbox.refusesIdentities = true;
    widget = new WidgetDriver(inbox.id);
    await widget.element.identify(tokenOf('ani'));
    await widget.open();
    await widget.say('Hi');
    const told = () =>
      widget.events.flatMap(([name, detail]) =>
        name === 'livechat-error' ? [(detail as { code: string }).code] : [],
      );
    await until(() => told().length > 0, 'no event was emitted');
    equal(told()[0], 'unauthenticated');
    await until(() => widget.one('.notice > div'), 'the visitor sees no notice');
    // The feed and the waiting message send one request each. More requests come from the tab's own retries.
    ok(inbox.calls.filter((call) => call === 'POST visitors').length <= 4, JSON.stringify(inbox.calls));
  });

  it('shows other contact options and a retry while the host is unreachable, then continues', async () => {
    inbox = serveInbox();
    inbox.unreachable = true;
    const contact = 'mailto:help@shop.example javascript:alert(1) https://shop.example/contact';
    widget = new WidgetDriver(inbox.id, { contact });
    await widget.open();
    const notice = await until(() => widget.one('.notice > div'), 'nothing was announced');
    equal(
      [...notice.querySelectorAll('a')].map(({ href, textContent }) => [href, textContent]),
      [
        ['mailto:help@shop.example', 'help@shop.example'],
        ['https://shop.example/contact', 'Contact form'],
      ],
    );
    await audit(widget.element);
    inbox.unreachable = false;
    const before = inbox.calls.length;
    notice.querySelector('button')!.click();
    await until(() => inbox.calls.length > before, 'it was not sent at once');
    await until(() => !widget.one('.notice > div'), 'the notice was not removed');
  });

  it('shows a sentence, other contact options and no composer if the host rejects the page', async () => {
    const { warn } = console;
    console.warn = () => {};
    inbox = serveInbox({ refuse: 'not_found' });
    widget = new WidgetDriver(inbox.id, { contact: 'tel:+62811' });
    await widget.open();
    console.warn = warn;
    await until(() => widget.element.status === 'refused', 'it was not rejected');
    await until(
      () => widget.one('.greeting')?.textContent?.includes('not available'),
      'nothing was announced',
    );
    equal(widget.one<HTMLAnchorElement>('.notice a')!.href, 'tel:+62811');
    ok(!widget.one('livechat-composer'));
    await audit(widget.element);
    const errors = widget.events.filter(([name]) => name === 'livechat-error');
    ok(errors.length > 0 && errors.every(([, detail]) => (detail as { code: string }).code === 'not_found'));
  });

  it('sends one request for each opening if the host rejects the page, and continues when it is accepted', async () => {
    const { warn } = console;
    console.warn = () => {};
    inbox = serveInbox({ refuse: 'origin_not_allowed' });
    widget = new WidgetDriver(inbox.id);
    await widget.open();
    await until(() => widget.element.status === 'refused', 'it was not rejected');
    console.warn = warn;
    const isTrying = async () =>
      (await navigator.locks.query()).held!.some(({ name }) => name!.includes(inbox.id));
    await until(async () => !(await isTrying()), 'it continues to retry');
    const knocks = () => inbox.calls.filter((call) => call === 'POST visitors').length;
    const before = knocks();
    await widget.element.closePanel();
    await widget.open();
    await until(() => knocks() > before, 'it stopped retrying');
    equal(widget.element.status, 'refused');
    await until(async () => !(await isTrying()), 'it continues to retry');
    inbox.welcome();
    await widget.element.closePanel();
    await widget.open();
    await until(() => widget.element.status === 'online', 'it is rejected permanently');
    await widget.say('Hi');
    await until(() => inbox.turns.length === 1, 'the host did not receive the message');
  });
});

/** Counts stored drafts, deleted drafts and reads. `undone`: the deletion is lost. */
function watchDrafts({ undone = false } = {}) {
  const { put, get } = IDBObjectStore.prototype;
  let last: unknown;
  const drafts = {
    kept: 0,
    emptied: 0,
    recalled: 0,
    stop: () => void Object.assign(IDBObjectStore.prototype, { put, get }),
  };
  IDBObjectStore.prototype.put = function (value: unknown, key?: IDBValidKey) {
    if (key !== 'cache:draft') return put.call(this, value, key);
    if (value) drafts.kept += 1;
    else drafts.emptied += 1;
    if (value || !undone) last = value;
    return put.call(this, last, key);
  };
  IDBObjectStore.prototype.get = function (key) {
    const asked = get.call(this, key);
    // The draft is read last.
    if (key === 'cache:muted') asked.addEventListener('success', () => (drafts.recalled += 1));
    return asked;
  };
  return drafts;
}
