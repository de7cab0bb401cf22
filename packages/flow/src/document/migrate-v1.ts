import type { Migration } from './migrate.ts';

type Json = Record<string, unknown>;

/**
 * Names that have a meaning since `alur.flow/2`, by kind of card or test; before it they were unknown
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
 * From `alur.flow/1`: the clock and the days of a time test become its only window. An unknown property whose
 * name now has a meaning goes on as `x-` and that name, so that the document does what it did. Everything
 * else stays.
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
  const migrated = setAside(card);
  return card['kind'] === 'condition' && isObject(card['test'])
    ? { ...migrated, test: migrateTest(card['test']) }
    : migrated;
}

function migrateTest(test: Json): Json {
  const { kind, from, to, days, ...rest } = setAside(test);
  if (kind !== 'first-message-time') return setAside(test);
  // A member that was not there stays away, and the reader says so.
  const window = {
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(days !== undefined && { days }),
  };
  return { kind, windows: [window], ...rest };
}

function setAside(owner: Json): Json {
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
