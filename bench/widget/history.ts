/**
 * Measures long histories: time until they are on the screen, a letter typed below them, and heap. Without
 * throttling, as the peers were measured.
 *
 * @module
 */
import type { Browser } from 'playwright-core';
import { bundleScript } from '../../test/support/bundle-script.ts';
import { heapOf } from './measure.ts';

/** Times in milliseconds. */
export interface History {
  count: number;
  shownMs: number;
  /** The slowest of five letters. */
  letterMs: number;
  /** Bytes above the same page without the panel, garbage collected. */
  heap: number;
}

interface HistoryPage {
  openPanel(): Promise<void>;
  showHistory(count: number): Promise<number>;
  typeWord(): Promise<number>;
}

let script: Promise<string> | undefined;

/** Shows `count` messages on a page of its own. */
export async function measureHistory(browser: Browser, count: number): Promise<History> {
  script ??= bundleScript(new URL('history-page.ts', import.meta.url), 'historyPage');
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    await page.setContent('<!doctype html><html lang="en"><title>A page</title><h1>A page</h1>');
    const devtools = await context.newCDPSession(page);
    const bare = await heapOf(devtools);
    await page.addScriptTag({ content: await script });
    const figures = await page.evaluate(async (wanted) => {
      const { historyPage } = globalThis as never as { historyPage: HistoryPage };
      await historyPage.openPanel();
      const shownMs = await historyPage.showHistory(wanted);
      return { shownMs, letterMs: await historyPage.typeWord() };
    }, count);
    return { count, ...figures, heap: (await heapOf(devtools)) - bare };
  } finally {
    await context.close();
  }
}
