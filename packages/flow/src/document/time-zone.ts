/** Returns whether `Intl` knows a time zone with this name. */
export function isTimeZone(name: string): boolean {
  // An offset such as `+07:00` is not a zone.
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
