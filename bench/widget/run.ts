/**
 * `npm run bench:widget`: what the widget costs a page, beside the same page bare and beside the floor (the smallest script
 * that draws a chat button), in one run: Chromium over CDP, slow 4G, a processor four times slower, a fresh profile for each visit,
 * in turns. `-- --rounds 5` for fewer visits (default 9). Exits with 1 when a budget is overrun.
 */
import { parseArgs } from 'node:util';
import { launchChromium } from '../../test/support/chromium.ts';
import { visit, type Approach, type Visit } from './measure.ts';
import { CONTESTANTS, servePages, type Contestant } from './pages.ts';

/** The wire carries headers as well; `npm run size` counts bodies alone. */
const HEADERS = 600;

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '9' } } });
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1)
  throw new Error(`--rounds ${values.rounds}: a whole number from 1 on.`);

const pages = await servePages();
const browser = await launchChromium();
const visits = new Map<string, Visit[]>();

try {
  // The first visit of each warms caches of the machine, not of the profile, and is thrown away.
  for (let round = 0; round <= rounds; round++) {
    for (const approach of ['cold', 'after intent'] as const) {
      for (const contestant of CONTESTANTS) {
        if (approach === 'after intent' && contestant === 'bare') continue;
        const measured = await visit(browser, pages.urlOf(contestant), contestant, approach);
        if (round > 0) listOf(contestant, approach).push(measured);
      }
    }
  }
} finally {
  await browser.close();
  await pages.close();
}

const bare = medianOf('bare', 'cold');
const floor = medianOf('floor', 'cold');
const cold = medianOf('widget', 'cold');
const ready = medianOf('widget', 'after intent');

console.log(
  `Slow 4G (1.6 Mbit/s, 150 ms), CPU 4x; medians of ${rounds} rounds, each visit in a fresh profile.\n`,
);
print(['', 'bare page', 'floor', 'widget, cold', 'widget, after intent', 'budget']);
const rows: [string, keyof Visit, (value: number) => string, string][] = [
  ['code until the launcher shows, KiB', 'launcherBytes', kib, '4.0'],
  ['code until the composer takes text, KiB', 'usableBytes', kib, '32.0'],
  ['launcher shows, ms', 'launcherMs', whole, '1.3 x floor'],
  ['click to composer, ms', 'openMs', whole, '500 / 60'],
  ['blocking until the click, ms', 'blockingMs', whole, '0 above bare'],
  ['longest task on open, ms', 'longestOnOpenMs', whole, '50'],
  ['layout shift', 'shift', (value) => value.toFixed(3), '0'],
  ['traces before the click', 'traces', whole, '0'],
  ['heap, MiB', 'heap', (value) => (value / 2 ** 20).toFixed(1), ''],
];
for (const [name, key, show, budget] of rows) {
  print([
    name,
    ...[bare, floor, cold, ready].map((column) => (Number.isNaN(column[key]) ? '-' : show(column[key]))),
    budget,
  ]);
}

const over = [
  ['launcher bytes', cold.launcherBytes > 4 * 1024 + HEADERS],
  ['panel bytes', cold.usableBytes > 32 * 1024 + 6 * HEADERS],
  ['launcher time', cold.launcherMs > 1.3 * floor.launcherMs],
  ['cold open', cold.openMs > 500],
  ['open after intent', ready.openMs > 60],
  ['blocking time', Math.max(cold.blockingMs, ready.blockingMs) > bare.blockingMs],
  ['longest task on open', Math.max(cold.longestOnOpenMs, ready.longestOnOpenMs) > 50],
  ['layout shift', Math.max(cold.shift, ready.shift) > bare.shift],
  ['traces', Math.max(cold.traces, ready.traces) > 0],
].flatMap(([name, isOver]) => (isOver ? [name] : []));
const [ratio, heap] = [cold.launcherMs / floor.launcherMs, (cold.heap - bare.heap) / 2 ** 20];
console.log(
  `\nLauncher at ${ratio.toFixed(2)} x the floor; heap ${heap.toFixed(1)} MiB above the bare page.`,
);
if (over.length > 0) {
  console.log(`Over budget: ${over.join(', ')}.`);
  process.exitCode = 1;
}

function listOf(contestant: Contestant, approach: Approach): Visit[] {
  const key = `${contestant}, ${approach}`;
  if (!visits.has(key)) visits.set(key, []);
  return visits.get(key)!;
}

function medianOf(contestant: Contestant, approach: Approach): Visit {
  const list = listOf(contestant, approach);
  const keys = Object.keys(list[0]!) as (keyof Visit)[];
  return Object.fromEntries(
    keys.map((key) => [key, median(list.map((one) => one[key]))]),
  ) as unknown as Visit;
}

function median(numbers: number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

function kib(bytes: number): string {
  return (bytes / 1024).toFixed(1);
}

function whole(value: number): string {
  return value.toFixed(0);
}

function print(cells: string[]): void {
  console.log(
    cells
      .map((cell, i) => (i === 0 ? cell.padEnd(42) : cell.padStart(21)))
      .join('')
      .trimEnd(),
  );
}
