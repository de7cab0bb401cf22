import { NESTING, PROBLEMS } from './limits.ts';

/**
 * Part of a value that JSON or the document format does not allow. `place` is the list of keys that leads to
 * it.
 */
export interface CopyFault {
  code: 'not-json' | 'bad-key' | 'bad-text' | 'too-nested' | 'too-large';
  place: (string | number)[];
}

/** Return value of `copyJson`. */
export interface JsonCopy {
  /** Copy without the parts that JSON does not allow. Undefined if nothing remains. */
  value: unknown;
  faults: CopyFault[];
}

/** Texts in which every character is one byte of JSON. Most texts match. */
const PLAIN = /^[ !#-[\]-~]*$/;

/** Error that aborts a copy. */
class Stop extends Error {}

/**
 * Returns a copy that contains only JSON: own plain objects and arrays, strings of whole code points, finite
 * numbers. Stops after `maxBytes` of JSON, which bounds the time for any input, cycles included.
 */
export function copyJson(value: unknown, maxBytes: number): JsonCopy {
  let bytes = 0;
  const faults: CopyFault[] = [];
  /** Keys of the current value. Entries beyond `depth` are stale. */
  const place: (string | number)[] = [];
  try {
    return { value: copy(value, 0), faults };
  } catch (error) {
    if (error instanceof Stop) return { value: undefined, faults };
    throw error;
  }

  function copy(source: unknown, depth: number): unknown {
    switch (typeof source) {
      case 'string':
        return copyText(source, depth);
      case 'number':
        if (!Number.isFinite(source)) return fault('not-json', depth);
        count(String(source).length, depth);
        // JSON has no -0.
        return source + 0;
      case 'boolean':
        count(source ? 4 : 5, depth);
        return source;
      case 'object':
        if (depth > NESTING) return stop('too-nested', depth);
        return copyObject(source, depth);
      default:
        return fault('not-json', depth);
    }
  }

  function copyObject(source: object | null, depth: number): unknown {
    if (source === null) {
      count(4, depth);
      return null;
    }
    try {
      return Array.isArray(source) ? copyList(source, depth) : copyRecord(source, depth);
    } catch (error) {
      // A proxy can throw any value on any access.
      if (error instanceof Stop) throw error;
      return fault('not-json', depth);
    }
  }

  function copyList(source: unknown[], depth: number): unknown[] {
    count(2 + Math.max(0, source.length - 1), depth);
    const target: unknown[] = [];
    for (let index = 0; index < source.length; index++) {
      place[depth] = index;
      target.push(copy(source[index], depth + 1));
    }
    return target;
  }

  function copyRecord(source: object, depth: number): object {
    const target: Record<string, unknown> = {};
    let separator = 0;
    count(2, depth);
    for (const key of Object.keys(source)) {
      place[depth] = key;
      const item = read(source, key, depth);
      if (item === undefined) continue;
      // An assignment would set the prototype of the copy.
      if (key === '__proto__') {
        fault('bad-key', depth + 1);
        continue;
      }
      count(1 + separator, depth);
      separator = 1;
      const name = copyText(key, depth + 1);
      const value = copy(item, depth + 1);
      if (value !== undefined) target[name] = value;
    }
    return target;
  }

  function read(source: object, key: string, depth: number): unknown {
    try {
      return (source as Record<string, unknown>)[key];
    } catch {
      return fault('not-json', depth + 1);
    }
  }

  function copyText(text: string, depth: number): string {
    if (text.length > maxBytes) return stop('too-large', depth);
    count(2, depth);
    if (PLAIN.test(text)) count(text.length, depth);
    else countText(text, depth);
    return text;
  }

  function countText(text: string, depth: number): void {
    let isWhole = true;
    let length = 0;
    for (let index = 0; index < text.length; index++) {
      const point = text.codePointAt(index)!;
      // Some databases cannot store NUL or lone surrogates.
      if (point === 0 || (point >= 0xd800 && point <= 0xdfff)) isWhole = false;
      if (point > 0xffff) index++;
      length += jsonBytes(point);
    }
    if (!isWhole) fault('bad-text', depth);
    count(length, depth);
  }

  function count(more: number, depth: number): void {
    bytes += more;
    if (bytes > maxBytes) stop('too-large', depth);
  }

  function fault(code: CopyFault['code'], depth: number): undefined {
    // Keep one more than the limit, so that the caller can report that there are more.
    if (faults.length <= PROBLEMS) faults.push({ code, place: place.slice(0, depth) });
  }

  function stop(code: CopyFault['code'], depth: number): never {
    fault(code, depth);
    throw new Stop();
  }
}

/** Returns the UTF-8 bytes of a code point in a JSON string, as `JSON.stringify` writes it. */
function jsonBytes(code: number): number {
  if (code < 0x20) return [8, 9, 10, 12, 13].includes(code) ? 2 : 6;
  if (code === 0x22 || code === 0x5c) return 2;
  if (code < 0x80) return 1;
  return code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}
