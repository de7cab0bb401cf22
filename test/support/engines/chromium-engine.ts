import type { Page } from 'playwright-core';
import { launchChromium } from '../chromium.ts';
import { resultOf, scriptOf, VIEWPORT, type Engine, type EnginePage, type Plain } from './engine.ts';

/** Starts the Chromium that the other browser tests run in. */
export async function launchChromiumEngine(): Promise<Engine> {
  const browser = await launchChromium({ ignoreDefaultArgs: ['--disable-back-forward-cache'] });
  return {
    name: 'chromium',
    version: browser.version(),
    async visitor({ proxy } = {}) {
      const context = await browser.newContext({
        viewport: VIEWPORT,
        ...(proxy && { proxy: { server: `http://${proxy}` } }),
      });
      return {
        page: async () => pageOf(await context.newPage()),
        close: () => context.close(),
      };
    },
    close: () => browser.close(),
  };
}

function pageOf(page: Page): EnginePage {
  return {
    async goto(url) {
      await page.goto(url);
    },
    back: () => page.evaluate('void history.back()'),
    async evaluate(body: (...args: never[]) => unknown, arg?: Plain, frame?: number) {
      const inside = frame === undefined ? page.mainFrame() : page.mainFrame().childFrames()[frame]!;
      return resultOf(await inside.evaluate(`(() => { ${scriptOf(body, arg)} })()`));
    },
    move: (x, y) => page.mouse.move(x, y),
    click: (x, y) => page.mouse.click(x, y),
    type: (text) => page.keyboard.type(text),
    press: (key) => page.keyboard.press(key),
    screenshot: () => page.screenshot(),
    close: () => page.close(),
  };
}
