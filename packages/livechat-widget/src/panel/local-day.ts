/**
 * Returns the start of the device's local day of `date`, in milliseconds since 1970. With `days`, the start
 * of the day that many days later. Days of any length are counted.
 */
export function startOfDay(date: Date, days = 0): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
}
