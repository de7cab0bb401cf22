/**
 * Returns when the device's local day of `date` begins, in milliseconds since 1970. `days` later: days of any
 * length are counted.
 */
export function startOfDay(date: Date, days = 0): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
}
