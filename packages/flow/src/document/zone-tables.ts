import type { Flow, Zones } from './flow.ts';
import type { PublicFlow } from './public-flow.ts';
import { isTimeZone } from './time-zone.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;

/**
 * Returns the offsets of all zones that a flow's time tests can use, for `days` days from `fromUtcMs`, read
 * from `Intl`. The first entry of a zone is at `fromUtcMs`, the others where its offset changes. Zones that
 * `Intl` does not know are omitted; their tests do not match.
 */
export function zoneTables(flow: Flow | PublicFlow, fromUtcMs: number, days: number): Zones {
  return tablesOf(flow, (name) => zoneTable(name, fromUtcMs, days));
}

/**
 * Returns the offsets of these zones at the given moments only. Enough to run messages of those moments, at
 * any distance from each other.
 * @internal
 */
export function zonesAt(flow: Flow, moments: readonly number[]): Zones {
  const sorted = [...new Set(moments)].sort((a, b) => a - b);
  return tablesOf(flow, (name) => {
    const offsetAt = offsetReader(name);
    return sorted.map((at) => [at, offsetAt(at)]);
  });
}

function tablesOf(flow: Flow | PublicFlow, makeTable: (name: string) => Zones[string]): Zones {
  const names = new Set([flow.timeZone]);
  for (const card of Object.values(flow.cards)) {
    const zone = card.kind === 'condition' && card.test && (card.test as { timeZone?: unknown }).timeZone;
    if (typeof zone === 'string') names.add(zone);
  }
  return Object.fromEntries([...names].filter(isTimeZone).map((name) => [name, makeTable(name)]));
}

function zoneTable(name: string, fromUtcMs: number, days: number): Zones[string] {
  const offsetAt = offsetReader(name);
  const until = fromUtcMs + days * 24 * HOUR;
  const table: Zones[string] = [[fromUtcMs, offsetAt(fromUtcMs)]];
  let at = fromUtcMs;
  while (at < until) {
    // Offsets change weeks apart, so that a step of 12 hours cannot miss two changes.
    const next = Math.min(at + 12 * HOUR, until);
    const offset = offsetAt(next);
    if (offset !== table.at(-1)![1]) table.push([changeBetween(at, next, offsetAt), offset]);
    at = next;
  }
  return table;
}

/** Returns the first moment of the new offset. Offsets change on whole seconds. */
function changeBetween(before: number, after: number, offsetAt: (utcMs: number) => number): number {
  const old = offsetAt(before);
  let [low, high] = [Math.floor(before / 1000), Math.ceil(after / 1000)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle * 1000) === old) low = middle;
    else high = middle;
  }
  return high * 1000;
}

function offsetReader(timeZone: string): (utcMs: number) => number {
  const format = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (utcMs) => {
    const seconds = Math.floor(utcMs / 1000) * 1000;
    const parts = Object.fromEntries(
      format.formatToParts(seconds).map(({ type, value }) => [type, Number(value)]),
    );
    const { year, month, day, hour, minute, second } = parts as Record<string, number>;
    return Math.round((Date.UTC(year!, month! - 1, day, hour, minute, second) - seconds) / MINUTE);
  };
}
