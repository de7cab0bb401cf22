import type { Flow, Zones } from './flow.ts';
import type { PublicFlow } from './public-flow.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;

/**
 * The offsets of every zone that a flow's time tests may use, from `fromUtcMs` for so many days, through
 * `Intl`. The first entry of a zone is at `fromUtcMs`, the others where its offset changes. A zone that
 * `Intl` does not know is left out, and its tests do not match.
 */
export function zoneTables(flow: Flow | PublicFlow, fromUtcMs: number, days: number): Zones {
  return tablesOf(flow, (name) => zoneTable(name, fromUtcMs, days));
}

/**
 * The offsets of every such zone at these moments and no others: enough to run messages that came then,
 * however far apart they are. @internal
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

/** Whether `Intl` knows a zone by this name. */
export function isTimeZone(name: string): boolean {
  // An offset is not a zone: it has no summer.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * Returns the hours that a name such as `Etc/GMT+7` is ahead of UTC; null for any other zone. The sign in
 * these names is inverted: `Etc/GMT+7` is 7 hours behind UTC, so this returns -7. Source: the `etcetera` file
 * of the IANA time zone database.
 */
export function invertedOffset(name: string): number | null {
  const [, sign, hours] = /^Etc\/GMT([+-])(\d{1,2})$/i.exec(name) ?? [];
  return hours === undefined || Number(hours) === 0 ? null : Number(hours) * (sign === '+' ? -1 : 1);
}

function zoneTable(name: string, fromUtcMs: number, days: number): Zones[string] {
  const offsetAt = offsetReader(name);
  const until = fromUtcMs + days * 24 * HOUR;
  const table: Zones[string] = [[fromUtcMs, offsetAt(fromUtcMs)]];
  let at = fromUtcMs;
  while (at < until) {
    // Changes are weeks apart, so half a day cannot hide two of them.
    const next = Math.min(at + 12 * HOUR, until);
    const offset = offsetAt(next);
    if (offset !== table.at(-1)![1]) table.push([changeBetween(at, next, offsetAt), offset]);
    at = next;
  }
  return table;
}

/** The first moment of the new offset; zones change on whole seconds. */
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
