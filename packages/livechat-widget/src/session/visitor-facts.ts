import type { Facts } from '@alur/flow/run';

type Visitor = NonNullable<Facts['visitor']>;

/** As the host holds facts to their shape. */
const MAX_LENGTH = 256;
const MAX_ATTRIBUTES = 50;
const KEY = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * What is known of a visitor once a page has said more: `name`, `email` and `phone` have a place of their own, anything else
 * is an attribute. A page may give whatever it has, and no turn may fail for it: numbers and booleans become their text, what
 * has no text is left out, what is too long is cut, and of more than 50 attributes the oldest go.
 */
export function withAttributes(known: Visitor = {}, given: Record<string, unknown>): Visitor {
  const visitor: Visitor = { ...known };
  const attributes = new Map(Object.entries(known.attributes ?? {}));
  for (const [key, value] of Object.entries(given)) {
    if (!['string', 'number', 'boolean'].includes(typeof value)) continue;
    const text = [...String(value).replaceAll('\0', '')].slice(0, MAX_LENGTH).join('');
    if (key === 'name' || key === 'email' || key === 'phone') visitor[key] = text;
    else if (KEY.test(key)) {
      attributes.delete(key);
      attributes.set(key, text);
    }
  }
  return { ...visitor, attributes: Object.fromEntries([...attributes].slice(-MAX_ATTRIBUTES)) };
}
