import { equal, ok, until } from '../testing/page.ts';
import '../define.ts';
import { startNetwork, stopNetwork } from '../testing/fake-network.ts';
import { openChat, type OpenChat } from '../testing/open-chat.ts';
import { contrastOf } from './note-faint-accent.ts';

describe('appearance', () => {
  let chat: OpenChat;
  before(startNetwork);
  after(stopNetwork);
  afterEach(() => {
    document.documentElement.removeAttribute('dir');
    chat.widget.remove();
    sessionStorage.clear();
  });

  const style = (selector: string) => getComputedStyle(chat.widget.one(selector)!);
  const box = (selector: string) => chat.widget.one(selector)!.getBoundingClientRect();

  /** Returns the console warnings of `act`. */
  async function warnings(act: () => Promise<void>): Promise<string[]> {
    const { warn } = console;
    const said: string[] = [];
    console.warn = (...words) => void (words.join(' ').startsWith('<livechat') && said.push(words.join(' ')));
    try {
      await act();
      return said;
    } finally {
      console.warn = warn;
    }
  }

  /** Returns the contrast of a message's outline with the panel; 1 without an outline. */
  function outlineContrast(surface: readonly number[]): number {
    const shadow = style('.mine .bubble').boxShadow;
    const numbers = /(?:oklch|color|rgba?)\([^)]*\)/.exec(shadow)![0];
    const probe = document.createElement('i');
    const ground = `rgb(${surface.map((part) => part * 255).join()})`;
    const alpha = Number(/\/ ([\d.]+)\)/.exec(numbers)?.[1] ?? /, ([\d.]+)\)/.exec(numbers)?.[1] ?? 1);
    const opaque = numbers.replace(/ \/ [\d.]+\)/, ')');
    probe.style.color = `color-mix(in srgb, ${opaque} ${alpha * 100}%, ${ground})`;
    document.body.append(probe);
    const mixed = getComputedStyle(probe)
      .color.match(/[\d.]+(e-\d+)?/g)!
      .slice(0, 3)
      .map(Number);
    probe.remove();
    return contrastOf(mixed, surface);
  }

  it('outlines an accent that is close to the panel color, and warns once on the console', async () => {
    for (const [theme, accent, surface] of [
      ['light', '#ffffff', [1, 1, 1]],
      ['dark', '#16181d', [0.086, 0.094, 0.114]],
    ] as const) {
      const said = await warnings(async () => {
        chat = await openChat({}, { accent, theme });
        await chat.widget.say('Hi');
        await chat.widget.element.closePanel();
        await chat.widget.open();
      });
      equal(said.length, 1, said.join());
      ok(said[0]!.includes('(1.0'), said[0]);
      ok(outlineContrast(surface) >= 2, `${accent}: ${outlineContrast(surface)}`);
      chat.widget.remove();
    }
  });

  it('keeps an accent that contrasts with the panel unchanged', async () => {
    for (const theme of ['light', 'dark']) {
      const said = await warnings(async () => {
        chat = await openChat({}, { accent: '#3a4fe0', theme });
        await chat.widget.say('Hi');
      });
      equal(said, []);
      equal(outlineContrast([1, 1, 1]), 1);
      chat.widget.remove();
    }
  });

  it('keeps the header together from right to left in any language', async () => {
    document.documentElement.dir = 'rtl';
    chat = await openChat({}, { 'title-text': 'Shop', lang: 'en' });
    await until(() => box('.names p bdi').width > 0, 'the header was not rendered');
    const { left } = box('.header .avatar');
    for (const words of ['h2 bdi', '.names p bdi']) {
      ok(
        Math.abs(left - box(words).right) < 20,
        `${words} ends at ${box(words).right}, the picture begins at ${left}`,
      );
    }
    document.documentElement.dir = 'ltr';
    ok(Math.abs(box('.header .avatar').right - box('h2 bdi').left) < 20, 'also from left to right');
  });

  it('keeps the field of the composer at the same distance from both ends in both directions', async () => {
    chat = await openChat();
    const gaps = () => {
      const [outer, field] = [box('.composer'), box('textarea')];
      const { paddingLeft, paddingRight } = style('textarea');
      const left = field.left - outer.left + parseFloat(paddingLeft);
      const right = outer.right - field.right + parseFloat(paddingRight);
      return [left, right].map(Math.round);
    };
    chat.widget.type('Halo');
    const leftToRight = gaps();
    document.documentElement.dir = 'rtl';
    for (const words of ['Halo', 'שלום', '']) {
      chat.widget.type(words);
      equal(gaps(), leftToRight.toReversed(), words);
    }
  });

  it('applies the offset from the edges, for both axes or for each axis', async () => {
    chat = await openChat();
    const { element, launcher } = chat.widget;
    const edges = () => {
      const { right, bottom } = launcher.getBoundingClientRect();
      return [document.documentElement.clientWidth - right, innerHeight - bottom].map(Math.round);
    };
    equal(edges(), [20, 20]);
    element.style.setProperty('--livechat-offset', '32px');
    equal(edges(), [32, 32]);
    element.style.setProperty('--livechat-offset-block', '110px');
    equal(edges(), [32, 110]);
    element.style.setProperty('--livechat-offset-inline', '8px');
    equal(edges(), [8, 110]);
    ok(box('.panel').top >= 0, 'the panel leaves the screen');
  });
});
