import { NESTING } from './limits.ts';

/** What keeps a value from being a document at all. */
export type CopyFault = {
  code: 'not-json' | 'bad-key' | 'bad-text' | 'too-nested' | 'too-large';
  path: string;
};

/** What stops the copy. */
class Refused {
  readonly code: CopyFault['code'];
  constructor(code: CopyFault['code']) {
    this.code = code;
  }
}

/**
 * A copy of a value that is nothing but JSON: own plain objects and arrays, strings of whole code points, finite
 * numbers. Stops at `maxBytes` of JSON, so that its time is bounded whatever it is given, cycles included.
 */
export function copyJson(
  value: unknown,
  maxBytes: number,
): { ok: true; value: unknown } | { ok: false; fault: CopyFault } {
  let bytes = 0;
  /** Where the copy is. */
  const place: (string | number)[] = [];
  try {
    return { ok: true, value: copy(value, 0) };
  } catch (refused) {
    // A getter or a proxy may throw anything.
    const code = refused instanceof Refused ? refused.code : 'not-json';
    return { ok: false, fault: { code, path: place.map((key) => `/${escaped(key)}`).join('') } };
  }

  function copy(source: unknown, depth: number): unknown {
    if (typeof source === 'string') return copyText(source);
    if (source === null || typeof source === 'boolean') return count(source === false ? 5 : 4, source);
    if (typeof source === 'number' && Number.isFinite(source)) return count(String(source).length, source);
    if (typeof source !== 'object') throw new Refused('not-json');
    if (depth > NESTING) throw new Refused('too-nested');
    return Array.isArray(source) ? copyList(source, depth) : copyObject(source, depth);
  }

  function copyList(source: unknown[], depth: number): unknown[] {
    count(2 + Math.max(0, source.length - 1), null);
    const target: unknown[] = [];
    for (let index = 0; index < source.length; index++) {
      place.push(index);
      target.push(copy(source[index], depth + 1));
      place.pop();
    }
    return target;
  }

  function copyObject(source: object, depth: number): object {
    const target: Record<string, unknown> = {};
    let separator = 0;
    count(2, null);
    for (const key of Object.keys(source)) {
      place.push(key);
      const item = (source as Record<string, unknown>)[key];
      if (item !== undefined) {
        // Assigning to it would set the copy's prototype.
        if (key === '__proto__') throw new Refused('bad-key');
        count(1 + separator, null);
        separator = 1;
        target[copyText(key)] = copy(item, depth + 1);
      }
      place.pop();
    }
    return target;
  }

  function copyText(text: string): string {
    if (text.length > maxBytes) throw new Refused('too-large');
    bytes += 2;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code > 0x22 && code < 0x80 && code !== 0x5c) {
        bytes++;
        continue;
      }
      const point = text.codePointAt(index)!;
      // Neither can be stored everywhere: half of a surrogate pair, and NUL.
      if (point === 0 || (point >= 0xd800 && point <= 0xdfff)) throw new Refused('bad-text');
      if (point > 0xffff) index++;
      bytes += jsonBytes(point);
    }
    return count(0, text);
  }

  function count<T>(more: number, result: T): T {
    bytes += more;
    if (bytes > maxBytes) throw new Refused('too-large');
    return result;
  }
}

function escaped(key: string | number): string {
  return String(key).replaceAll('~', '~0').replaceAll('/', '~1');
}

/** Bytes of a code point inside a JSON string in UTF-8, as `JSON.stringify` writes it. */
function jsonBytes(code: number): number {
  if (code < 0x20) return [8, 9, 10, 12, 13].includes(code) ? 2 : 6;
  if (code === 0x22 || code === 0x5c) return 2;
  if (code < 0x80) return 1;
  return code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}
