import { audit, equal, focused, ok, until } from '../../testing/page.ts';
import { HOST, serveInbox, startNetwork, stopNetwork, type FakeInbox } from '../../testing/fake-network.ts';
import { WidgetDriver } from '../../testing/widget.ts';

describe('slots', () => {
  let widget: WidgetDriver;
  let inbox: FakeInbox;
  /** Creates page content for a slot. */
  function own(slot: string, text: string): HTMLElement {
    const element = document.createElement('p');
    element.slot = slot;
    element.textContent = text;
    return element;
  }
  /** Returns the position of visible content, or nothing. */
  const boxOf = (element: Element) => {
    const { width, height } = element.getBoundingClientRect();
    return width * height > 0 ? element.getBoundingClientRect() : null;
  };
  const inside = (element: Element, selector: string) => {
    const [box, around] = [boxOf(element)!, widget.one(selector)!.getBoundingClientRect()];
    return (
      box.left >= around.left &&
      box.right <= around.right &&
      box.top >= around.top &&
      box.bottom <= around.bottom
    );
  };
  before(startNetwork);
  after(stopNetwork);
  afterEach(() => {
    widget.remove();
    sessionStorage.clear();
  });

  it('hides slotted content before the element is defined, with the documented line of CSS', async () => {
    // As in docs/theming.md. The element is not defined yet on this page.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('livechat-widget:not(:defined) > [slot] { display: none }');
    document.adoptedStyleSheets.push(sheet);
    inbox = serveInbox();
    const element = document.createElement('livechat-widget');
    element.setAttribute('inbox', inbox.id);
    element.setAttribute('host', HOST);
    const pieces = ['launcher', 'logo', 'header', 'intro', 'footer'].map((name) => own(name, `Own ${name}`));
    element.append(...pieces, 'Write to us');
    document.body.append(element);
    ok(!customElements.get('livechat-widget'), 'this test has to come first');
    equal(pieces.map(boxOf), [null, null, null, null, null]);
    ok(element.getBoundingClientRect().height > 0, 'the contact link without the script is visible');
    element.remove();

    await import('../../define.ts');
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
    widget = new WidgetDriver(inbox.id);
    widget.element.append(...pieces, 'Write to us');
    const [launcher, ...rest] = pieces;
    ok(boxOf(launcher!), 'the launcher part is loaded at once');
    equal(rest.map(boxOf), [null, null, null, null], 'the rest waits for the panel');
  });

  it('shows slotted content in its place and hides the fallback content', async () => {
    inbox = serveInbox();
    widget = new WidgetDriver(inbox.id, { greeting: 'The usual' });
    const pieces = ['logo', 'header', 'intro', 'footer'].map((name) => own(name, `Own ${name}`));
    const [logo, header, intro, footer] = pieces as [HTMLElement, HTMLElement, HTMLElement, HTMLElement];
    const icon = own('launcher', '?');
    widget.element.append(...pieces, icon);
    ok(
      inside(icon, '.launcher'),
      JSON.stringify([boxOf(icon), widget.one('.launcher')!.getBoundingClientRect()]),
    );
    equal(boxOf(widget.one('.launcher svg')!), null, 'in place of the bubble');
    await widget.open();
    await until(() => pieces.every(boxOf), 'it did not appear');
    const places: [HTMLElement, string][] = [
      [logo, '.header'],
      [header, '.panel'],
      [intro, '.log'],
      [footer, '.panel'],
    ];
    for (const [piece, place] of places)
      ok(inside(piece, place), `${piece.textContent} is not in the slot ${place}`);
    ok(boxOf(header)!.top >= widget.one('.header')!.getBoundingClientRect().bottom, 'below the header');
    ok(
      boxOf(footer)!.top >= widget.one('livechat-composer')!.getBoundingClientRect().bottom,
      'behind the composer',
    );
    equal([boxOf(widget.one('.header .avatar')!), boxOf(widget.one('.greeting')!)], [null, null]);
    await audit(widget.element);
    await widget.say('Hi');
    await until(() => !boxOf(intro), 'the greeting is above a conversation');
    await widget.element.closePanel();
    await until(() => pieces.every((piece) => !boxOf(piece)), 'content is visible next to a closed chat');
    await until(() => boxOf(icon), 'except the one of the launcher');
  });

  it('moves the focus to the composer after a button in the intro sends the first message', async () => {
    inbox = serveInbox();
    widget = new WidgetDriver(inbox.id);
    const intro = document.createElement('div');
    const ask = document.createElement('button');
    intro.slot = 'intro';
    ask.textContent = 'Where is my order?';
    ask.addEventListener('click', () => void widget.element.sendMessage(ask.textContent!));
    intro.append(ask);
    widget.element.append(intro);
    await widget.open();
    await until(() => boxOf(ask), 'it did not appear');
    ask.focus();
    equal(focused() === ask, true);
    ask.click();
    await widget.sees('Where is my order?');
    await until(() => focused() === widget.field, 'the focus was lost with the button');
  });

  it('updates when slotted content is added later or removed', async () => {
    inbox = serveInbox();
    widget = new WidgetDriver(inbox.id);
    await widget.open();
    ok(boxOf(widget.one('.greeting')!));
    const intro = own('intro', 'Own intro');
    widget.element.append(intro);
    await widget.element.closePanel();
    await widget.open();
    await until(() => boxOf(intro), 'it was not applied at the next opening');
    equal(boxOf(widget.one('.greeting')!), null);
    intro.remove();
    await until(() => boxOf(widget.one('.greeting')!), 'the greeting was not restored');
    const footer = own('footer', 'Own footer');
    widget.element.append(footer);
    await until(() => boxOf(footer), 'the change was not applied while open');
  });
});
