import { equal, ok, until } from '../testing/page.ts';
import type { LivechatWidget } from '../launcher/livechat-widget.ts';

const DEFINE = new URL('../define.ts', import.meta.url).href;
/** Size of a phone. The keyboard covers the lower part, and Safari scrolls the page behind the rest. */
const PHONE = { width: 390, height: 700 };
const ABOVE_KEYBOARD = { height: 340, offsetTop: 60 };

/**
 * Simulates an on-screen keyboard, which test browsers do not have: changes the visual viewport and
 * dispatches its events.
 */
describe('the panel on a phone', () => {
  let frame: HTMLIFrameElement;
  let phone: Window & typeof globalThis;
  let root: ShadowRoot;
  const panel = () => root.querySelector('livechat-panel')!;
  const inPanel = (selector: string) =>
    [panel(), ...panel().shadowRoot!.querySelectorAll('*')].flatMap(({ shadowRoot }) =>
      shadowRoot ? [...shadowRoot.querySelectorAll<HTMLElement>(selector)] : [],
    );
  const boxOf = (selector: string) => inPanel(selector).at(-1)!.getBoundingClientRect();

  async function say(text: string) {
    const [field] = inPanel('textarea') as HTMLTextAreaElement[];
    field!.value = text;
    field!.dispatchEvent(new phone.InputEvent('input', { bubbles: true, composed: true }));
    await until(() => !(inPanel('[part=send]')[0] as HTMLButtonElement).disabled, 'nothing could be sent');
    inPanel('[part=send]')[0]!.click();
    await until(() => inPanel('.bubble').at(-1)?.textContent?.trim() === text, `"${text}" was not shown`);
  }
  /** Dispatches the events of a keyboard that opens or closes. */
  function view(measures: Partial<Record<'height' | 'offsetTop', number>>, event = 'resize') {
    for (const [name, value] of Object.entries(measures))
      Object.defineProperty(phone.visualViewport, name, { value, configurable: true });
    phone.visualViewport!.dispatchEvent(new phone.Event(event));
  }

  /** Waits for a frame: layout is done, the scroll events that it caused are still pending. */
  const frameDone = () =>
    new Promise<void>((done) => phone.requestAnimationFrame(() => void phone.setTimeout(done)));

  before(async () => {
    frame = document.createElement('iframe');
    frame.style.cssText = `position: fixed; inset: 0; inline-size: ${PHONE.width}px; block-size: ${PHONE.height}px; border: 0`;
    frame.srcdoc = `<!doctype html><html lang="en" style="scrollbar-width: none"><meta name="viewport" content="width=device-width">
      <body style="margin: 0; height: 3000px"><livechat-widget inbox="phone" host="https://nowhere.invalid" persist="none"></livechat-widget>
      <script>globalThis.process = { env: { NODE_ENV: 'production' } };</script>
      <script type="module" src="${DEFINE}"></script>`;
    document.body.append(frame);
    await until(() => frame.contentWindow!.customElements.get('livechat-widget'), 'it was not defined');
    phone = frame.contentWindow as typeof phone;
    const widget = phone.document.querySelector('livechat-widget') as LivechatWidget;
    root = widget.shadowRoot!;
    phone.scrollTo(0, 500);
    await widget.openPanel();
    await until(() => inPanel('textarea')[0], 'the panel did not open');
    for (let number = 1; number <= 12; number++) await say(`Line ${number}`);
    // By now the list has been scrolled and has received the event.
    for (let frames = 0; frames < 2; frames++)
      await new Promise((drawn) => phone.requestAnimationFrame(drawn));
  });
  after(() => frame.remove());

  it('fills the screen, and shrinks to the area above the keyboard', async () => {
    const whole = boxOf('.panel');
    equal([whole.top, whole.left, whole.width, whole.height], [0, 0, PHONE.width, PHONE.height]);
    view(ABOVE_KEYBOARD);
    const { offsetTop, height } = ABOVE_KEYBOARD;
    const left = boxOf('.panel');
    equal([left.top, left.width, left.height], [offsetTop, PHONE.width, height]);
    const composer = boxOf('textarea');
    ok(
      composer.top > offsetTop && composer.bottom <= offsetTop + height,
      'the composer is above the keyboard',
    );
    // The observer calls back one frame later.
    await until(
      () => boxOf('.bubble').bottom <= boxOf('textarea').top,
      'the composer covers the last message',
    );
    ok(boxOf('.bubble').top >= offsetTop, 'the last message is visible');
    equal(phone.scrollY, 500, 'the page did not scroll');
  });

  it('follows the visual viewport, and fills the screen again when the keyboard closes', () => {
    view(ABOVE_KEYBOARD);
    view({ offsetTop: 120 }, 'scroll');
    equal(boxOf('.panel').top, 120);
    view({ height: PHONE.height, offsetTop: 0 });
    const whole = boxOf('.panel');
    equal([whole.top, whole.height], [0, PHONE.height]);
  });

  it('stays at the last message while the keyboard opens', async () => {
    view({ height: PHONE.height, offsetTop: 0 });
    await frameDone();
    for (let height = 580; height >= 340; height -= 120) {
      view({ height });
      await frameDone();
    }
    await until(
      () => boxOf('.bubble').bottom <= boxOf('textarea').top,
      'the composer covers the last message',
    );
  });

  it('has a field with a font size that does not cause a zoom on a phone', () => {
    ok(parseFloat(phone.getComputedStyle(inPanel('textarea')[0]!).fontSize) >= 16);
  });
});
