import { cleanVisitor, type Facts } from '@alur/flow/run';

type Visitor = NonNullable<Facts['visitor']>;

/**
 * Returns the facts about a visitor, extended by `given`. `name`, `email` and `phone` are members, all other
 * keys are attributes. Numbers and booleans become text, other types are left out, and `cleanVisitor` applies
 * the limits. Of more than 50 attributes, the newest ones stay.
 */
export function withAttributes(known: Visitor = {}, given: Record<string, unknown>): Visitor {
  const { attributes, ...members } = known;
  const oldestFirst = new Map(Object.entries(attributes ?? {}).reverse());
  for (const [key, value] of Object.entries(given)) {
    if (!['string', 'number', 'boolean'].includes(typeof value)) continue;
    const text = String(value).replaceAll('\0', '');
    if (key === 'name' || key === 'email' || key === 'phone') members[key] = text;
    else {
      oldestFirst.delete(key);
      oldestFirst.set(key, text);
    }
  }
  return cleanVisitor({ ...members, attributes: Object.fromEntries([...oldestFirst].reverse()) });
}
