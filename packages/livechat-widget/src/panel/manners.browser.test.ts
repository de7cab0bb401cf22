import { equal, focused, until } from '../testing/page.ts';
import '../define.ts';
import { serveInbox, startNetwork, stopNetwork } from '../testing/fake-network.ts';
import { WidgetDriver } from '../testing/widget.ts';

describe('the panel on the page', () => {
  let widget: WidgetDriver;
  const heard: string[] = [];
  const note = (event: Event) => void heard.push(event.type);
  before(startNetwork);
  after(stopNetwork);
  afterEach(() => {
    widget.remove();
    document.body.style.userSelect = '';
    heard.length = 0;
  });
  async function start(options: Parameters<typeof serveInbox>[0] = {}) {
    const inbox = serveInbox(options);
    widget = new WidgetDriver(inbox.id);
    await widget.open();
    return inbox;
  }
  const fire = (event: Event) => widget.field.dispatchEvent(event);

  it('stops keyboard, clipboard, pointer and focus events at the element', async () => {
    await start();
    const types = ['keydown', 'keyup', 'input', 'paste', 'copy', 'pointerdown', 'click', 'focusin', 'drop'];
    for (const type of types) document.addEventListener(type, note);
    const init = { bubbles: true, composed: true, cancelable: true };
    fire(new KeyboardEvent('keydown', { key: '/', ...init }));
    fire(new KeyboardEvent('keyup', { key: '/', ...init }));
    fire(new InputEvent('input', { data: '/', ...init }));
    fire(new ClipboardEvent('paste', init));
    fire(new ClipboardEvent('copy', init));
    fire(new PointerEvent('pointerdown', init));
    fire(new MouseEvent('click', init));
    fire(new FocusEvent('focusin', init));
    fire(new DragEvent('drop', { dataTransfer: new DataTransfer(), ...init }));
    equal(heard, []);
    document.body.dispatchEvent(new MouseEvent('click', init));
    equal(heard, ['click'], 'the page still receives its own events');
    for (const type of types) document.removeEventListener(type, note);
  });

  it('lets events of slotted page content reach the page', async () => {
    const inbox = serveInbox();
    widget = new WidgetDriver(inbox.id);
    const link = Object.assign(document.createElement('button'), { slot: 'header', textContent: 'Bantuan' });
    widget.element.append(link);
    await widget.open();
    await until(() => link.assignedSlot, 'it was not mounted');
    document.addEventListener('click', note);
    link.click();
    document.removeEventListener('click', note);
    equal(heard, ['click']);
  });

  it('restores the focus only if it was inside', async () => {
    await start();
    const field = document.createElement('input');
    document.body.append(field);
    field.focus();
    await widget.element.closePanel();
    equal(focused() === field, true, 'the page keeps its focus');
    field.blur();
    await widget.open();
    field.remove();
    widget.field.blur();
    await widget.element.closePanel();
    equal(focused() === document.body, true, 'the focus was not inside');
    await widget.open();
    widget.one('[part=close]')!.click();
    await until(() => focused() === widget.launcher, 'closed by the panel');
  });

  it('keeps the focus inside after "Latest" is pressed, and in a rejected chat', async () => {
    await start();
    for (let line = 0; line < 16; line++) await widget.say(`Line ${line}`);
    const log = widget.one('.log')!;
    log.scrollTop = 0;
    const latest = await until(() => widget.one('.latest'), 'no button to the latest message');
    latest.focus();
    latest.click();
    await until(() => !widget.one('.latest'), 'it did not arrive');
    equal(focused() === log, true);
    widget.remove();
    widget = new WidgetDriver(serveInbox({ refuse: 'origin_not_allowed' }).id);
    await widget.element.openPanel();
    await until(() => widget.element.shadowRoot!.activeElement?.localName === 'livechat-panel', 'no focus');
    focused()!.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true, cancelable: true }),
    );
    await until(() => !widget.element.open, 'Escape did nothing');
  });

  it('rejects dropped files with a message, and prevents the browser from opening them', async () => {
    await start();
    const file = new File(['x'], 'foto.png', { type: 'image/png' });
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(file);
    const init = { bubbles: true, composed: true, cancelable: true };
    equal(fire(new DragEvent('dragover', { dataTransfer, ...init })), false, 'dragover');
    equal(fire(new DragEvent('drop', { dataTransfer, ...init })), false, 'drop');
    const words = () => widget.one('.notice')!.textContent!.includes('does not support files');
    await until(words, 'it was not announced');
    widget.key('a');
    await until(() => !words(), 'it was not reverted');
    equal(fire(new ClipboardEvent('paste', { clipboardData: dataTransfer, ...init })), false, 'paste');
    await until(words, 'it was not announced');
  });

  it('has selectable text on a page that disables selection', async () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { user-select: none; -webkit-user-select: none }');
    document.adoptedStyleSheets.push(sheet);
    await start();
    await widget.say('Halo');
    equal(getComputedStyle(widget.one('.bubble')!).userSelect, 'text');
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
  });

  it('has the default font size of the browser with any font size of the page', async () => {
    document.documentElement.style.fontSize = '62.5%';
    document.body.style.fontSize = '40px';
    await start();
    await widget.say('Halo');
    const sizes = [widget.one('.bubble')!, widget.field].map((one) => getComputedStyle(one).fontSize);
    document.documentElement.style.fontSize = document.body.style.fontSize = '';
    equal(sizes, ['15px', '16px']);
  });

  it('closes on the back gesture of a phone', async () => {
    const watchers: EventTarget[] = [];
    const own = Object.getOwnPropertyDescriptor(globalThis, 'CloseWatcher');
    class FakeWatcher extends EventTarget {
      constructor() {
        super();
        watchers.push(this);
      }
      destroy() {
        watchers.splice(watchers.indexOf(this), 1);
      }
    }
    Object.defineProperty(globalThis, 'CloseWatcher', { value: FakeWatcher, configurable: true });
    await start();
    equal(watchers.length, 0, 'not where the panel leaves the page in view');
    widget.remove();
    const inbox = serveInbox();
    widget = new WidgetDriver(inbox.id);
    await widget.open();
    const panel = widget.one('livechat-panel') as HTMLElement & { full: boolean };
    await widget.element.closePanel();
    panel.full = true;
    await widget.open();
    equal(watchers.length, 1);
    watchers[0]!.dispatchEvent(new Event('close'));
    await until(() => !widget.element.open, 'it did not close');
    equal(watchers.length, 0);
    if (own) Object.defineProperty(globalThis, 'CloseWatcher', own);
    else delete (globalThis as { CloseWatcher?: unknown }).CloseWatcher;
  });
});
