import '../define.ts';
import { deep, hover, mountEditor, ok, smallFlow, until, withForcedColors } from '../testing/support.ts';

const painter = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d')!;

/**
 * Returns the relative luminance, by WCAG 2, of CSS colors that are painted over each other. System colors
 * can be translucent.
 */
function luminance(...layers: string[]): number {
  painter.clearRect(0, 0, 1, 1);
  for (const layer of layers) {
    painter.fillStyle = layer;
    painter.fillRect(0, 0, 1, 1);
  }
  const [red, green, blue] = [...painter.getImageData(0, 0, 1, 1).data].map((channel) => {
    const value = channel / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Returns the contrast of two luminances, by WCAG 2. */
const contrast = (first: number, second: number): number =>
  (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);

const buttons = [
  {
    name: 'the selected view',
    pressed: '.segments [aria-pressed="true"]',
    other: '.segments [aria-pressed="false"]',
  },
  { name: 'the button of the open panel', pressed: '.problems[aria-pressed="true"]', other: '.button.try' },
  { name: 'a selected weekday', pressed: '.day[aria-pressed="true"]', other: '.day[aria-pressed="false"]' },
];

describe('a pressed button with forced colors', () => {
  for (const { name, pressed, other } of buttons)
    for (const where of ['', ', under the mouse'])
      it(`has a readable label and differs from the others: ${name}${where}`, async () => {
        const editor = await mountEditor({ flow: smallFlow() });
        editor.showCard('hours');
        await until(() => deep(editor, '.day'));
        if (pressed.includes('problems')) editor.view.togglePanel('problems');
        const button = await until(() => deep(editor, pressed));
        await withForcedColors(async () => {
          await hover(where ? button : editor);
          await until(() => button.getAnimations().length === 0);
          const page = getComputedStyle(editor.parentElement!).backgroundColor;
          const { color, backgroundColor } = getComputedStyle(button);
          const background = luminance(page, backgroundColor);
          const label = luminance(page, backgroundColor, color);
          ok(contrast(label, background) >= 4.5, `${color} on ${backgroundColor}`);
          const otherBackground = luminance(page, getComputedStyle(deep(editor, other)!).backgroundColor);
          ok(
            contrast(background, otherBackground) >= 3,
            `${backgroundColor} looks as if it were not pressed`,
          );
        });
      });
});
