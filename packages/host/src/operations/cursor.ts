import { isStorable } from '../storable-text.ts';

/** The opaque cursor after event `seq` of a log: its epoch and the number. */
export function cursorOf(epoch: string, seq: number): string {
  return `${epoch}.${seq}`;
}

/**
 * The number up to which a cursor has seen this log, or null when it belongs to another log or lies beyond
 * its end: then the reader must take a new snapshot. The empty cursor is the beginning.
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

/**
 * The years that a database and `Date` both write with four digits. RFC 3339 allows year 0, PostgreSQL does
 * not.
 */
const [FIRST_MS, LAST_MS] = [Date.parse('0001-01-01T00:00:00.000Z'), Date.parse('9999-12-31T23:59:59.999Z')];

/**
 * A time of a call as a `Date`, or null when a database cannot keep it: years before 1 and after 9999 (by
 * UTC), leap seconds. The contract's format `date-time` allows all of those.
 */
export function readTime(text: string): Date | null {
  const ms = Date.parse(text);
  return ms >= FIRST_MS && ms <= LAST_MS ? new Date(ms) : null;
}

/** Whether a text is a time as `Date.toISOString` writes it: PostgreSQL and JavaScript read it alike. */
export function isTime(text: string): boolean {
  return readTime(text)?.toISOString() === text;
}

/** The values of a page cursor, or null when it is not one of ours. */
export function readPageCursor(cursor: string, length: number): string[] | null {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const isOurs =
      Array.isArray(values) &&
      values.length === length &&
      values.every((value) => typeof value === 'string' && isStorable(value));
    return isOurs ? values : null;
  } catch {
    return null;
  }
}
