/** The opaque cursor after event `seq` of a log: its epoch and the number. */
export function cursorOf(epoch: string, seq: number): string {
  return `${epoch}.${seq}`;
}

/**
 * The number up to which a cursor has seen this log, or null when it belongs to another log or lies beyond its end: then
 * the reader must take a new snapshot. The empty cursor is the beginning.
 */
export function seqOfCursor(cursor: string, log: { epoch: string; head: number }): number | null {
  if (cursor === '') return 0;
  const dot = cursor.lastIndexOf('.');
  const seq = Number(cursor.slice(dot + 1));
  const isOfThisLog = cursor.slice(0, dot) === log.epoch && /^\d{1,9}$/.test(cursor.slice(dot + 1));
  return isOfThisLog && seq <= log.head ? seq : null;
}

/** A page's end as an opaque cursor: the values by which the list is sorted. */
export function pageCursor(...values: string[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** A time as `Date.toISOString` writes it: PostgreSQL and JavaScript read it alike, and nothing else is. */
export function isTime(text: string): boolean {
  const ms = Date.parse(text);
  return !Number.isNaN(ms) && new Date(ms).toISOString() === text && /^\d{4}-/.test(text);
}

/** The values of a page cursor, or null when it is not one of ours. */
export function readPageCursor(cursor: string, length: number): string[] | null {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const isOurs =
      Array.isArray(values) &&
      values.length === length &&
      values.every((value) => typeof value === 'string' && !value.includes('\0'));
    return isOurs ? values : null;
  } catch {
    return null;
  }
}
