/**
 * `npm run bench:widget`: what the widget costs a page, compared with the same page bare and with the floor
 * (the smallest script that draws a chat button). One run in Chromium over CDP, with slow 4G, a processor
 * four times slower and a fresh profile for each visit, in turns. Then long histories, without throttling.
 * `-- --rounds 5` makes fewer visits (default 9). Prints pass or FAIL for each budget, and exits with 1 when
 * one is exceeded.
 */
import { parseArgs } from 'node:util';
import { launchChromium } from '../../test/support/chromium.ts';
import { measureHistory, type History } from './history.ts';
import { visit, type Approach, type Visit } from './measure.ts';
import { CONTESTANTS, servePages, type Contestant } from './pages.ts';

/** Bytes on the network include headers. `npm run size` counts bodies only. */
const HEADERS = 600;

/** Numbers of messages, and the maximum milliseconds until they are on the screen. */
const HISTORY = [
  { count: 1_000, budget: 60 },
  { count: 10_000, budget: 100 },
];
/** In bytes above the bare page. */
const HISTORY_HEAP = 6 * 2 ** 20;

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '9' } } });
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1)
  throw new Error(`--rounds ${values.rounds}: a whole number from 1 on.`);

const pages = await servePages();
const browser = await launchChromium();
const visits = new Map<string, Visit[]>();
const histories = new Map<number, History[]>(HISTORY.map(({ count }) => [count, []]));

try {
  // The first visit of each warms the machine's caches, not the profile's, and is dropped.
  for (let round = 0; round <= rounds; round++) {
    for (const approach of ['cold', 'after intent'] as const) {
      for (const contestant of CONTESTANTS) {
        if (approach === 'after intent' && contestant === 'bare') continue;
        const measured = await visit(browser, pages.urlOf(contestant), contestant, approach);
        if (round > 0) listOf(contestant, approach).push(measured);
      }
    }
    for (const [count, list] of histories) {
      const measured = await measureHistory(browser, count);
      if (round > 0) list.push(measured);
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
/** The figures: how each is shown, and its maximum for the cold widget and for the widget after intent. */
const rows: [name: string, key: keyof Visit, show: (value: number) => string, budget?: [number, number]][] = [
  ['code until the launcher shows, KiB', 'launcherBytes', kib, both(4 * 1024 + HEADERS)],
  ['code until the composer takes text, KiB', 'usableBytes', kib, both(32 * 1024 + 6 * HEADERS)],
  ['launcher shows, ms (1.3 x the floor)', 'launcherMs', whole, [1.3 * floor.launcherMs, Infinity]],
  ['click to composer, ms', 'openMs', whole, [500, 60]],
  ['blocking until the click, ms', 'blockingMs', whole, both(bare.blockingMs)],
  // The browser reports no task under 50 ms.
  ['longest task on open, ms', 'longestOnOpenMs', (ms) => (ms ? whole(ms) : '< 50'), both(50)],
  ['layout shift', 'shift', (value) => value.toFixed(3), both(bare.shift)],
  ['traces before the click', 'traces', whole, both(0)],
  ['heap, MiB', 'heap', mib],
];

print(['', 'bare page', 'floor', 'widget, cold', 'after intent', 'budget', '']);
for (const [name, key, show, budget] of rows) {
  const cells = [bare, floor, cold, ready].map((visit) =>
    Number.isNaN(visit[key]) ? '-' : show(visit[key]),
  );
  const isOver = budget && (cold[key] > budget[0] || ready[key] > budget[1]);
  if (isOver) process.exitCode = 1;
  const limits = [...new Set(budget)].filter(Number.isFinite).map(show);
  print([name, ...cells, limits.join(' / '), budget ? (isOver ? 'FAIL' : 'pass') : '']);
}
const ratio = (cold.launcherMs / floor.launcherMs).toFixed(2);
console.log(
  `\nLauncher at ${ratio} x the floor; heap ${mib(cold.heap - bare.heap)} MiB above the bare page. Budgets for code have the headers on top.`,
);

console.log('\nLong histories, without throttling.\n');
print(['', 'shown, ms', 'a letter, ms', 'heap, MiB', 'budget', '']);
for (const { count, budget } of HISTORY) {
  const list = histories.get(count)!;
  const [ms, letter, size] = (['shownMs', 'letterMs', 'heap'] as const).map((key) =>
    median(list.map((one) => one[key])),
  ) as [number, number, number];
  const isOver = ms > budget || size > HISTORY_HEAP;
  if (isOver) process.exitCode = 1;
  const limits = `${budget} / - / ${mib(HISTORY_HEAP)}`;
  print([`${count} messages`, whole(ms), whole(letter), mib(size), limits, isOver ? 'FAIL' : 'pass']);
}

function both(limit: number): [number, number] {
  return [limit, limit];
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

function mib(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1);
}

function whole(value: number): string {
  return value.toFixed(0);
}

function print(cells: string[]): void {
  console.log(
    cells
      .map((cell, i) => (i === 0 ? cell.padEnd(42) : cell.padStart(15)))
      .join('')
      .trimEnd(),
  );
}
