import { count as said, percentile, within, type Row } from '../row.ts';

export const slowNetwork: Row = {
  number: 41,
  fault: 'Slow 3G: 400 ms, 50 kB/s',
  expected: 'the bubble is shown at once',
  pass: 'bubble within 100 ms; no message doubled by a timeout',
  trials: [
    {
      with: 'widget',
      counts: { shrunk: 3, full: 30 },
      unit: 'messages',
      async run(harness, count) {
        const page = await harness.page();
        await page.begin();
        harness.proxy.set({ latencyMs: 200, bytesPerSecond: 50_000 });
        const waits: number[] = [];
        for (let number = 0; number < count; number++) {
          const text = `pelan ${number}`;
          await page.page.evaluate(watchForBubble, text);
          await page.type(text);
          waits.push(
            await page.page.evaluate(() => (globalThis as unknown as { bubbleMs: Promise<number> }).bubbleMs),
          );
        }
        await page.check(60_000);
        const slowest = Math.max(...waits);
        within(slowest, 100, 'milliseconds from the Enter key to the bubble');
        return `${said(count)} bubbles, median ${percentile(waits, 0.5).toFixed(0)} ms, slowest ${slowest.toFixed(0)} ms; each arrived once`;
      },
    },
  ],
};

/**
 * Runs in the page: measures the time from the next Enter key to a painted bubble with `text`, as `bubbleMs`.
 */
function watchForBubble(text: string): void {
  const page = globalThis as unknown as { bubbleMs: Promise<number> };
  function bubblesIn(root: ParentNode): Element[] {
    return [...root.querySelectorAll('*')].flatMap((element) => [
      ...(element.part?.contains('bubble') ? [element] : []),
      ...(element.shadowRoot ? bubblesIn(element.shadowRoot) : []),
    ]);
  }
  page.bubbleMs = new Promise((resolve) => {
    addEventListener(
      'keydown',
      () => {
        const began = performance.now();
        const look = () => {
          const isThere = bubblesIn(document).some(({ textContent }) => textContent!.trim() === text);
          if (isThere) resolve(performance.now() - began);
          else requestAnimationFrame(look);
        };
        look();
      },
      { capture: true, once: true },
    );
  });
}
