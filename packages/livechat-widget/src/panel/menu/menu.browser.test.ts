import { audit, equal, focused, ok, until } from '../../testing/page.ts';
import '../../define.ts';
import {
  serveInbox,
  startNetwork,
  stopNetwork,
  tracesOf,
  type FakeInbox,
} from '../../testing/fake-network.ts';
import { WidgetDriver } from '../../testing/widget.ts';
import { lazyModules } from '../lazy-modules.ts';

describe('<livechat-menu>', () => {
  let widget: WidgetDriver;
  let inbox: FakeInbox;
  const button = (text: string) =>
    until(() => widget.all('button').find((one) => one.textContent!.trim() === text), `no button "${text}"`);
  async function start(attributes: Record<string, string> = {}) {
    inbox = serveInbox();
    widget = new WidgetDriver(inbox.id, attributes);
    await widget.open();
    await widget.say('Hi');
    await until(() => inbox.turns.length === 1, 'the host did not receive the message');
  }
  const openMenu = () => widget.one('[aria-label=Options]')!.click();
  before(startNetwork);
  after(stopNetwork);
  afterEach(() => {
    widget.remove();
    sessionStorage.clear();
  });

  it('has no axe violations in its items and questions, in light and dark', async () => {
    for (const theme of ['light', 'dark']) {
      await start({ theme });
      openMenu();
      (await button('Delete my conversation')).focus();
      await audit(widget.element);
      (await button('Delete my conversation')).click();
      await button('Delete');
      await audit(widget.element);
      widget.remove();
    }
  });

  it('takes the focus, and Escape restores it', async () => {
    await start();
    openMenu();
    await button('Bahasa Indonesia');
    await until(() => focused()?.textContent?.includes('Bahasa'), 'the focus stayed outside');
    focused()!.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true, cancelable: true }),
    );
    await until(() => focused()?.ariaLabel === 'Options', 'the focus was not restored');
    ok(!widget.one('livechat-menu') && widget.element.open, 'only the menu closed');
  });

  it('switches to the other language', async () => {
    await start();
    openMenu();
    (await button('Bahasa Indonesia')).click();
    await until(() => widget.field.placeholder === 'Tulis pesan…', 'the panel did not change');
  });

  it('mutes replies in all tabs and on the next page', async () => {
    await start();
    const other = new WidgetDriver(inbox.id);
    await other.open();
    openMenu();
    const sound = await button('Sound');
    equal(sound.ariaChecked, 'true');
    sound.click();
    await until(() => sound.ariaChecked === 'false', 'nothing changed');
    other.one('[aria-label=Options]')!.click();
    await until(
      () => other.one('livechat-menu')?.shadowRoot?.querySelector('[role=switch]')?.ariaChecked === 'false',
      'the other tab was not updated',
    );
    other.remove();
    widget.remove();
    widget = new WidgetDriver(inbox.id);
    await widget.open();
    await widget.sees('Hi');
    openMenu();
    equal((await button('Sound')).ariaChecked, 'false');
  });

  it('deletes all data on the device and the host after a confirmation', async () => {
    await start();
    openMenu();
    (await button('Delete my conversation')).click();
    (await button('Delete')).click();
    await button('Close');
    equal([inbox.erased.length, widget.bubbles], [1, []]);
    equal(
      widget.one('livechat-panel')!.shadowRoot!.querySelector('[aria-live=polite]')!.textContent!.trim(),
      '',
    );
    await until(async () => (await tracesOf(inbox.id)).length === 0, 'data was left on the device');
    (await button('Close')).click();
    await widget.say('Again');
    await until(() => inbox.turns.length === 2, 'the host did not receive the message');
    equal(inbox.identities.length, 2, 'a new visitor');
  });

  it('shows no result while the host does not respond, and retries', async () => {
    await start();
    openMenu();
    (await button('Delete my conversation')).click();
    inbox.unreachable = true;
    (await button('Delete')).click();
    const retry = await button('Try again');
    ok(
      widget.one('livechat-menu')!.shadowRoot!.textContent.includes('may not be deleted'),
      'it shows a result',
    );
    equal([inbox.erased.length, widget.bubbles[0]], [0, 'Hi']);
    inbox.unreachable = false;
    retry.click();
    await button('Close');
    equal(inbox.erased.length, 1);
  });

  it('keeps all data when the visitor cancels', async () => {
    await start();
    openMenu();
    (await button('Delete my conversation')).click();
    (await button('Keep')).click();
    await until(() => !widget.one('livechat-menu'), 'the menu did not close');
    equal([inbox.erased.length, widget.bubbles[0]], [0, 'Hi']);
  });

  it('shows an error if it cannot be loaded, and is loaded again on the next press', async () => {
    const { menu } = lazyModules;
    await start();
    lazyModules.menu = () => Promise.reject(new TypeError('blocked'));
    try {
      openMenu();
      await until(
        () => widget.one('.notice')?.textContent?.includes('could not be loaded'),
        'nothing was announced',
      );
      ok(!widget.one('livechat-menu'));
    } finally {
      lazyModules.menu = menu;
    }
    openMenu();
    await button('Sound');
    await until(
      () => widget.one('.notice')!.textContent!.trim() === '',
      'the earlier messages were not removed',
    );
  });
});
