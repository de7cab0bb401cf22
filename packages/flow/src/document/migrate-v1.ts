import type { Migration } from './migration.ts';

type Json = Record<string, unknown>;

/**
 * Property names that `alur.flow/2` introduced, by kind of card or test. In `alur.flow/1` they are unknown
 * properties.
 */
const NEW_NAMES: Readonly<Record<string, readonly string[]>> = {
  message: ['texts', 'imageUrls'],
  buttons: ['texts', 'imageUrls'],
  button: ['labels'],
  'first-message-text': ['ignoreAccents'],
  'first-message-time': ['windows'],
};

/**
 * Migration from `alur.flow/1`. The clock and days of a time test become its only window. An unknown property
 * whose name has a meaning now is renamed to `x-` and that name, so that the document keeps its behaviour.
 * Everything else stays.
 */
export const migrateV1: Migration = {
  from: 'alur.flow/1',
  to: 'alur.flow/2',
  migrate: (document) =>
    isObject(document['cards'])
      ? { ...document, cards: mapValues(document['cards'], migrateCard) }
      : { ...document },
};

function migrateCard(card: unknown): unknown {
  if (!isObject(card)) return card;
  const migrated = prefixNewNames(card);
  return card['kind'] === 'condition' && isObject(card['test'])
    ? { ...migrated, test: migrateTest(card['test']) }
    : migrated;
}

function migrateTest(test: Json): Json {
  const { kind, from, to, days, ...rest } = prefixNewNames(test);
  if (kind !== 'first-message-time') return prefixNewNames(test);
  // Missing members stay missing. `parseFlow` reports them.
  const window = {
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(days !== undefined && { days }),
  };
  return { kind, windows: [window], ...rest };
}

function prefixNewNames(owner: Json): Json {
  const names = NEW_NAMES[String(owner['kind'])];
  if (!names?.some((name) => Object.hasOwn(owner, name))) return owner;
  return Object.fromEntries(
    Object.entries(owner).map(([name, value]) => [names.includes(name) ? `x-${name}` : name, value]),
  );
}

function mapValues(object: Json, map: (value: unknown) => unknown): Json {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
