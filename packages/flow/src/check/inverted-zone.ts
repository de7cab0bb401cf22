/**
 * Returns the warning for a zone such as `Etc/GMT+7`, whose sign is inverted. `offset` is in hours ahead of
 * UTC.
 */
export function invertedZone(zone: string, offset: number) {
  const hours = Math.abs(offset);
  const message = `"${zone}" is ${hours} h ${offset < 0 ? 'behind' : 'ahead of'} UTC: the sign of such names is inverted. Choose a place.`;
  return { code: 'inverted-time-zone', severity: 'warning' as const, message, data: { zone, offset } };
}
