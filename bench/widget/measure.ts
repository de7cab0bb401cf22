/**
 * One visit of one page in a fresh browser profile, measured over CDP.
 *
 * @module
 */
import type { Browser, CDPSession, Page } from 'playwright-core';
import type { Contestant } from './pages.ts';

/** Whether the visitor clicks at once or after a sign of intent. */
export type Approach = 'cold' | 'after intent';

/** Figures of one visit. Times in milliseconds, sizes in bytes. */
export interface Visit {
  /** Navigation to a launcher on the screen; on the bare page, to its first paint. */
  launcherMs: number;
  /** JavaScript and CSS on the wire until the launcher was seen. */
  launcherBytes: number;
  /** Click to a composer that has the focus. NaN on the bare page. */
  openMs: number;
  /** JavaScript and CSS on the wire until then, the launcher's included. */
  usableBytes: number;
  /** Sum over all tasks until the click of the time beyond 50 ms. */
  blockingMs: number;
  /** The longest task from the click on, including the task that handles the click. */
  longestOnOpenMs: number;
  /** Layout shift of the whole visit, including after the click. */
  shift: number;
  /** Number of cookies, storage keys and databases before the click. */
  traces: number;
  /** JavaScript heap in use after the last step, garbage collected. */
  heap: number;
}

/** Conditions of a slow phone, as the peers were measured. */
const SLOW_4G = { latency: 150, throughput: (1.6 * 1024 * 1024) / 8 };
const CPU_RATE = 4;
/**
 * How long a finger stays on a button, in milliseconds. Without the pause, one task handles both press and
 * click. A cold visitor presses and releases at once, because the press is already a sign of intent.
 */
const PRESS = { cold: 0, 'after intent': 80 };

/**
 * Runs in the page before anything else: collects long tasks and layout shifts, and looks for the launcher at
 * each frame.
 */
function watch(): void {
  const seen = {
    tasks: [] as { start: number; duration: number }[],
    shift: 0,
    launcherAt: 0,
    clickAt: 0,
    usableAt: 0,
  };
  Object.assign(globalThis, { seenByBench: seen });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) seen.tasks.push({ start: startTime, duration });
  }).observe({ type: 'longtask', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.shift += (entry as unknown as { value: number }).value;
  }).observe({ type: 'layout-shift', buffered: true });
  addEventListener('click', (event) => (seen.clickAt = event.timeStamp), { capture: true, once: true });
  const look = () => {
    const launcher = document
      .querySelector('livechat-widget, floor-widget')
      ?.shadowRoot?.querySelector('button');
    if (launcher && launcher.getBoundingClientRect().width > 0) seen.launcherAt = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  const lookForComposer = () => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    if (active instanceof HTMLTextAreaElement && active.getBoundingClientRect().height > 0)
      seen.usableAt = performance.now();
    else requestAnimationFrame(lookForComposer);
  };
  requestAnimationFrame(lookForComposer);
}

interface Seen {
  tasks: { start: number; duration: number }[];
  shift: number;
  launcherAt: number;
  clickAt: number;
  usableAt: number;
}

/** Visits `url` as a new visitor, under slow 4G and with a processor four times slower. */
export async function visit(
  browser: Browser,
  url: string,
  contestant: Contestant,
  approach: Approach,
): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    const wire = await watchWire(devtools);
    await devtools.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: SLOW_4G.latency,
      downloadThroughput: SLOW_4G.throughput,
      uploadThroughput: SLOW_4G.throughput,
    });
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: CPU_RATE });
    await page.addInitScript(watch);
    await page.goto(url, { waitUntil: 'load' });
    if (contestant !== 'bare')
      await page.waitForFunction(
        () => (globalThis as never as { seenByBench: Seen }).seenByBench.launcherAt > 0,
      );

    if (approach === 'after intent' && contestant === 'widget') await hover(page);
    const traces = await countTraces(page);
    const before = await read(page);
    if (contestant !== 'bare') {
      await clickLauncher(page, PRESS[approach]);
      await page.waitForFunction(
        () => (globalThis as never as { seenByBench: Seen }).seenByBench.usableAt > 0,
      );
    }
    const usableBytes = wire.code();
    // Opening is over when the network is idle. A long task after the composer appears counts as well.
    await page.waitForLoadState('networkidle', { timeout: 2_000 }).catch(() => {});
    const after = await read(page);
    const clicked = after.clickAt || Infinity;
    // A task that begins before the click can be the task that handles it.
    const isOnOpen = ({ start, duration }: Seen['tasks'][number]) => start + duration > clicked;
    return {
      launcherMs: contestant === 'bare' ? await firstPaint(page) : before.launcherAt,
      launcherBytes: contestant === 'bare' ? 0 : before.launcherBytes,
      openMs: contestant === 'bare' ? Number.NaN : after.usableAt - after.clickAt,
      usableBytes,
      blockingMs: sum(
        after.tasks.filter((task) => !isOnOpen(task)).map(({ duration }) => Math.max(0, duration - 50)),
      ),
      longestOnOpenMs: Math.max(0, ...after.tasks.filter(isOnOpen).map(({ duration }) => duration)),
      shift: after.shift,
      traces,
      heap: await heapOf(devtools),
    };
  } finally {
    await context.close();
  }
}

/** Counts JavaScript and CSS as they arrive over the network. */
async function watchWire(devtools: CDPSession): Promise<{ code(): number }> {
  const wanted = new Set<string>();
  let bytes = 0;
  devtools.on('Network.responseReceived', ({ requestId, type, response }) => {
    if (type === 'Script' || type === 'Stylesheet' || /javascript|css/.test(response.mimeType))
      wanted.add(requestId);
  });
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (wanted.has(requestId)) bytes += encodedDataLength;
  });
  await devtools.send('Network.enable');
  return { code: () => bytes };
}

async function hover(page: Page): Promise<void> {
  const { x, y } = await placeOfLauncher(page);
  await page.mouse.move(x, y);
  await page.waitForFunction(() => customElements.get('livechat-panel') !== undefined);
  await page.waitForLoadState('networkidle');
}

async function clickLauncher(page: Page, delay: number): Promise<void> {
  const { x, y } = await placeOfLauncher(page);
  await page.mouse.click(x, y, { delay });
}

function placeOfLauncher(page: Page): Promise<{ x: number; y: number }> {
  return page.evaluate(() => {
    const button = document
      .querySelector('livechat-widget, floor-widget')!
      .shadowRoot!.querySelector('button')!;
    const box = button.getBoundingClientRect();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  });
}

function countTraces(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const databases = await indexedDB.databases();
    return databases.length + localStorage.length + sessionStorage.length + (document.cookie ? 1 : 0);
  });
}

function read(page: Page): Promise<Seen & { launcherBytes: number }> {
  return page.evaluate(() => {
    const { seenByBench: seen } = globalThis as never as { seenByBench: Seen };
    // By the page's clock: prefetched files can arrive before the test learns that the launcher is visible.
    const code = performance
      .getEntriesByType('resource')
      .filter(({ name, responseEnd }) => /\.(js|css)$/.test(name) && responseEnd <= seen.launcherAt);
    return { ...seen, launcherBytes: code.reduce((bytes, { transferSize }) => bytes + transferSize, 0) };
  });
}

function firstPaint(page: Page): Promise<number> {
  return page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
  );
}

/** JavaScript heap in use, garbage collected. */
export async function heapOf(devtools: CDPSession): Promise<number> {
  await devtools.send('HeapProfiler.enable');
  await devtools.send('HeapProfiler.collectGarbage');
  return (await devtools.send('Runtime.getHeapUsage')).usedSize;
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
