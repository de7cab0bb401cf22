import type { TraceEntry, Zones } from '@alur/flow';

/**
 * Returns the offset from UTC, in minutes, of each time zone that a time test of this turn read, by name.
 * Returns null when no test did. `at` is the time of the session's first message, which tests read.
 */
export function usedZoneOffsets(
  trace: readonly TraceEntry[],
  zones: Zones,
  at: string | undefined,
): Record<string, number> | null {
  const names = new Set(trace.flatMap(({ why }) => (why?.code === 'time' ? [(why as TimeReason).zone] : [])));
  if (names.size === 0 || at === undefined) return null;
  const utcMs = Date.parse(at);
  const offsets = [...names].flatMap((name) => {
    const table = Object.hasOwn(zones, name) ? (zones[name] ?? []) : [];
    const entry = table.findLast(([from]) => from <= utcMs) ?? table[0];
    return entry ? [[name, entry[1]] as const] : [];
  });
  return offsets.length > 0 ? Object.fromEntries(offsets) : null;
}

type TimeReason = Extract<NonNullable<TraceEntry['why']>, { code: 'time' }>;
