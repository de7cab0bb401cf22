import { isStorable } from '../storable-text.ts';

/** Returns the opaque cursor after event `seq` of a log: its epoch and the number. */
export function cursorOf(epoch: string, seq: number): string {
  return `${epoch}.${seq}`;
}

/**
 * Returns the sequence number of a cursor. Returns null when the cursor belongs to another log or lies beyond
 * its end: the reader must then take a new snapshot. The empty cursor is the beginning.
 */
export function seqOfCursor(cursor: string, log: { epoch: string; head: number }): number | null {
  if (cursor === '') return 0;
  const dot = cursor.lastIndexOf('.');
  const seq = Number(cursor.slice(dot + 1));
  const isOfThisLog = cursor.slice(0, dot) === log.epoch && /^\d{1,9}$/.test(cursor.slice(dot + 1));
  return isOfThisLog && seq <= log.head ? seq : null;
}

/** Returns an opaque cursor for the end of a page: the values by which the list is sorted. */
export function pageCursor(...values: string[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/**
 * Range of years that a database and `Date` both write with four digits. RFC 3339 allows year 0, PostgreSQL
 * does not.
 */
const [FIRST_MS, LAST_MS] = [Date.parse('0001-01-01T00:00:00.000Z'), Date.parse('9999-12-31T23:59:59.999Z')];

/**
 * Converts a time of a request to a `Date`. Returns null when a database cannot store it: years before 1 and
 * after 9999 (by UTC), leap seconds. The contract's format `date-time` allows all of those.
 */
export function readTime(text: string): Date | null {
  const ms = Date.parse(text);
  return ms >= FIRST_MS && ms <= LAST_MS ? new Date(ms) : null;
}

/** Whether a text is a time as `Date.toISOString` writes it. PostgreSQL and JavaScript read it alike. */
export function isTime(text: string): boolean {
  return readTime(text)?.toISOString() === text;
}

/** Returns the values of a page cursor, or null when this host did not create it. */
export function readPageCursor(cursor: string, length: number): string[] | null {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const isValid =
      Array.isArray(values) &&
      values.length === length &&
      values.every((value) => typeof value === 'string' && isStorable(value));
    return isValid ? values : null;
  } catch {
    return null;
  }
}
