import type { Page } from 'playwright-core';
import { launchChromium } from '../chromium.ts';
import {
  beginOfFrame,
  resultOf,
  scriptOf,
  VIEWPORT,
  type Engine,
  type EnginePage,
  type Held,
  type Plain,
} from './engine.ts';

/** Starts the Chromium of the other browser tests. */
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
  const evaluate = async <Result>(
    body: (...args: never[]) => unknown,
    arg?: Plain,
    frame?: number,
  ): Promise<Result> => {
    const inside = frame === undefined ? page.mainFrame() : page.mainFrame().childFrames()[frame]!;
    return resultOf<Result>(await inside.evaluate(`(() => { ${scriptOf(body, arg)} })()`));
  };
  async function pointAt(x: number, y: number, frame: number | undefined): Promise<[number, number]> {
    if (frame === undefined) return [x, y];
    const begin = await evaluate<{ x: number; y: number }>(beginOfFrame, frame);
    return [begin.x + x, begin.y + y];
  }
  return {
    async goto(url) {
      await page.goto(url);
    },
    // Delayed: the result would be lost when the page unloads.
    back: () => page.evaluate('void setTimeout(() => history.back())'),
    evaluate,
    move: async (x, y, frame) => page.mouse.move(...(await pointAt(x, y, frame))),
    click: async (x, y, frame) => page.mouse.click(...(await pointAt(x, y, frame))),
    type: (text) => page.keyboard.type(text),
    press: (key) => page.keyboard.press(key),
    held: () => heldBy(page),
    setForcedColors: (isActive) => page.emulateMedia({ forcedColors: isActive ? 'active' : 'none' }),
    screenshot: () => page.screenshot(),
    close: () => page.close(),
  };
}

async function heldBy(page: Page): Promise<Held> {
  const session = await page.context().newCDPSession(page);
  try {
    await session.send('Performance.enable');
    // The second time collects what the first one released.
    for (let round = 0; round < 2; round += 1) await session.send('HeapProfiler.collectGarbage');
    const { metrics } = await session.send('Performance.getMetrics');
    const of = (wanted: string) => metrics.find(({ name }) => name === wanted)!.value;
    return { listeners: of('JSEventListeners'), nodes: of('Nodes'), bytes: of('JSHeapUsedSize') };
  } finally {
    await session.detach();
  }
}
