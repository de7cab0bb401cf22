import { audit, equal, focused, ok, until } from '../../testing/page.ts';
import '../../define.ts';
import {
  serveInbox,
  startNetwork,
  stopNetwork,
  tokenOf,
  tracesOf,
  type FakeInbox,
} from '../../testing/fake-network.ts';
import { WidgetDriver } from '../../testing/widget.ts';

describe('consent', () => {
  let widget: WidgetDriver;
  let inbox: FakeInbox;
  const traces = () => tracesOf(inbox.id);
  const states = () =>
    widget.events.flatMap(([name, detail]) =>
      name === 'livechat-consent' ? [(detail as { state: string }).state] : [],
    );
  const button = (text: string) =>
    until(() => widget.all('button').find((one) => one.textContent === text), `no button "${text}"`);
  async function start(attributes: Record<string, string> = {}) {
    inbox = serveInbox();
    widget = new WidgetDriver(inbox.id, { consent: 'required', ...attributes });
    await widget.open();
    await until(() => inbox.calls.length > 0, 'the configuration was not requested');
  }
  /** Types and sends, without waiting for the result. */
  async function trySaying(text: string) {
    widget.type(text);
    await until(() => !(widget.one('[part=send]') as HTMLButtonElement).disabled, 'nothing could be sent');
    widget.key('Enter');
    await button('Agree and send');
  }
  before(startNetwork);
  after(stopNetwork);
  afterEach(() => {
    widget.remove();
    sessionStorage.clear();
  });

  it('is requested on the first message, and nothing is stored or sent before', async () => {
    await start({ privacy: 'https://shop.example/privacy' });
    equal([await traces(), inbox.calls], [[], ['GET config']], 'open and inspect');
    equal(
      Object.keys(sessionStorage).filter((key) => key.includes(inbox.id)),
      [],
      'not even that it is open',
    );
    await trySaying('Halo');
    equal(
      [await traces(), inbox.calls, widget.bubbles, widget.field.value],
      [[], ['GET config'], [], 'Halo'],
    );
    equal(widget.one<HTMLAnchorElement>('.card a')!.href, 'https://shop.example/privacy');
    ok(focused()!.classList.contains('card'), 'the question is announced');
    await audit(widget.element);
    (await button('Agree and send')).click();
    await until(() => inbox.turns.length === 1, 'the message was not sent');
    equal([widget.bubbles[0], widget.field.value], ['Halo', '']);
    await until(() => focused()?.localName === 'textarea', 'the focus did not move to the composer');
    equal(states(), ['asked', 'granted']);
    ok((await traces()).length > 0, 'from here on it stores the entries');
  });

  it('is not asked for twice', async () => {
    await start();
    await trySaying('Halo');
    (await button('Agree and send')).click();
    await until(() => inbox.turns.length === 1, 'the message was not sent');
    widget.remove();
    widget = new WidgetDriver(inbox.id, { consent: 'required' });
    await widget.open();
    await widget.sees('Halo');
    await widget.say('Halo lagi');
    equal(await widget.element.consent(), 'granted');
  });

  it('when denied, sends and stores nothing, keeps the draft, and shows other contact options', async () => {
    await start({ contact: 'tel:+62811' });
    await trySaying('Halo');
    (await button('No, thanks')).click();
    await until(() => widget.one('livechat-consent')?.shadowRoot?.querySelector('[role=status]'), 'no word');
    equal([await traces(), inbox.calls, widget.field.value], [[], ['GET config'], 'Halo']);
    equal(widget.one<HTMLAnchorElement>('.ways a')!.href, 'tel:+62811');
    await audit(widget.element);
    widget.key('Enter');
    (await button('Agree and send')).click();
    await until(() => inbox.turns.length === 1, 'the changed decision was not applied');
    equal(states(), ['asked', 'denied', 'asked', 'granted']);
  });

  it('when denied by keyboard, keeps the focus and announces the result', async () => {
    await start();
    await trySaying('Halo');
    const refuse = await button('No, thanks');
    refuse.focus();
    refuse.click();
    await until(() => focused()?.classList.contains('card'), 'the focus was lost with the buttons');
    equal(focused()!.textContent!.includes('No, thanks'), false);
  });

  it('can be granted by the page before the panel is loaded', async () => {
    inbox = serveInbox();
    widget = new WidgetDriver(inbox.id, { consent: 'required' });
    equal(await widget.element.consent('granted'), 'granted');
    await widget.open();
    await widget.say('Halo');
    await until(() => inbox.turns.length === 1, 'the message was not sent');
  });

  it('accepts only granted, denied and withdrawn, and ignores other values', async () => {
    inbox = serveInbox();
    widget = new WidgetDriver(inbox.id, { consent: 'required' });
    const why = await widget.element.consent('maybe' as 'granted').catch(({ message }: Error) => message);
    ok(String(why).includes('consent needs'), `it was accepted: ${why}`);
    equal(await widget.element.consent(), 'not-asked');
    await widget.open();
    await trySaying('Halo');
  });

  it('rejects sendMessage() of the page when the visitor denies it', async () => {
    await start();
    const said = widget.element.sendMessage('From the page').catch((error: { code: string }) => error.code);
    (await button('No, thanks')).click();
    equal(await said, 'consent_denied');
    const again = widget.element.sendMessage('From the page');
    (await button('Agree and send')).click();
    await again;
    await until(() => inbox.turns.length === 1, 'the message was not sent');
  });

  it('when withdrawn, clears the device in all tabs and is requested again', async () => {
    await start();
    const other = new WidgetDriver(inbox.id, { consent: 'required' });
    await other.open();
    await trySaying('Halo');
    (await button('Agree and send')).click();
    await until(() => inbox.turns.length === 1, 'the message was not sent');
    other.remove();
    const second = new WidgetDriver(inbox.id, { consent: 'required' });
    await second.open();
    await second.sees('Halo');
    equal(await widget.element.consent('withdrawn'), 'withdrawn');
    equal([widget.bubbles, inbox.erased.length], [[], 1], 'the host has erased the visitor as well');
    await until(() => second.bubbles.length === 0, 'the other tab still shows it');
    equal(await second.element.consent(), 'withdrawn');
    await until(async () => (await traces()).length === 0, 'data was left on the device');
    await trySaying('Halo lagi');
    equal(inbox.turns.length, 1);
    second.remove();
  });

  it('when withdrawn while the host is unreachable, clears the device', async () => {
    await start();
    await trySaying('Halo');
    (await button('Agree and send')).click();
    await until(() => inbox.turns.length === 1, 'the message was not sent');
    inbox.unreachable = true;
    const withdrawn = widget.element.consent('withdrawn');
    await until(() => widget.bubbles.length === 0, 'it is still shown');
    equal(await withdrawn, 'withdrawn');
    await until(async () => (await traces()).length === 0, 'data was left on the device');
    equal(inbox.erased, []);
  });

  it('stays withdrawn on a page that does not request it, until it is granted again', async () => {
    inbox = serveInbox();
    widget = new WidgetDriver(inbox.id);
    await widget.open();
    await widget.say('Halo');
    await until(() => inbox.turns.length === 1, 'the message was not sent');
    equal(await widget.element.consent('denied'), 'denied');
    await until(async () => (await traces()).length === 0, 'data was left on the device');
    await widget.element.closePanel();
    await widget.open();
    await trySaying('Halo lagi');
    equal([await traces(), inbox.turns.length], [[], 1]);
    await widget.element.consent('granted');
    await until(() => inbox.turns.length === 2, 'the message was not sent');
  });

  it('uses the last of several decisions in one task, and keeps the draft', async () => {
    await start();
    const courses = [
      ['granted', 'withdrawn'],
      ['withdrawn', 'granted'],
      ['denied', 'granted'],
      ['granted', 'denied', 'withdrawn', 'granted', 'denied'],
      ['denied', 'withdrawn'],
      ['withdrawn', 'denied', 'granted', 'withdrawn', 'granted'],
    ] as const;
    for (const course of courses) {
      const before = await widget.element.consent();
      widget.type(`Half a word after ${before}`);
      const states = await Promise.all(course.map((decision) => widget.element.consent(decision)));
      equal(states, course, 'each call resolves with its own state');
      equal(await widget.element.consent(), course.at(-1));
      equal(widget.field.value, `Half a word after ${before}`);
      if (course.at(-1) !== 'granted')
        await until(async () => (await traces()).length === 0, `data was left after ${course.join()}`);
    }
    await widget.say('And sent');
    await until(() => inbox.turns.length === 1, 'the message was not sent');
  });

  it('when withdrawn during the question, keeps only the question', async () => {
    await start();
    await trySaying('Halo');
    const decisions = (['denied', 'granted', 'withdrawn'] as const).map((one) => widget.element.consent(one));
    await Promise.all(decisions);
    equal([await widget.element.consent(), widget.field.value, inbox.turns.length], ['withdrawn', 'Halo', 0]);
    await until(async () => (await traces()).length === 0, 'data was left on the device');
    widget.key('Enter');
    (await button('Agree and send')).click();
    await until(() => inbox.turns.length === 1, 'the message was not sent');
  });

  it('is not required by identify(): the token stays in memory', async () => {
    await start();
    await widget.element.identify(async () => tokenOf('ani'));
    equal([await traces(), inbox.calls], [[], ['GET config']]);
    await trySaying('Halo');
    (await button('Agree and send')).click();
    await until(() => inbox.turns.length === 1, 'the message was not sent');
    equal(inbox.identities, [tokenOf('ani')]);
  });

  it('is kept when the visitor identifies, and requested from the next visitor', async () => {
    await start();
    await trySaying('Halo');
    (await button('Agree and send')).click();
    await until(() => inbox.turns.length === 1, 'the message was not sent');
    await widget.element.identify(async () => tokenOf('ani'));
    await widget.say('Ini Ani');
    await until(() => inbox.turns.length === 2, 'the message was not sent');
    await widget.element.identify(async () => tokenOf('budi'));
    await trySaying('Ini Budi');
    equal(inbox.turns.length, 2);
  });
});
