/**
 * Random values for JSON Schemas of the contract: values that a schema allows, including its limits, and
 * values that violate it.
 *
 * @module
 */
import type { Random } from '../simulation/random.ts';
import type { Node } from '@alur/conformance/contract';

/** Returns the schema of a reference such as `#/components/schemas/Id`. */
export type Resolve = (reference: string) => Node;

/** Returns values that exist on the host under test, by the name of the member or parameter. */
export type Known = (name: string) => readonly unknown[];

/** Texts that programs often handle wrongly: NUL, lone surrogates, names of inherited members, long texts. */
export const HOSTILE_TEXTS: readonly string[] = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'x\udfffy',
  '\u202e\u200b\ufeff',
  '👍🏽'.repeat(40),
  '__proto__',
  'constructor',
  'null',
  '0000-01-01T00:00:00.000Z',
  '../../etc/passwd',
  "'; drop table events; --",
  '%00',
  '\r\nX-Injected: 1',
  'javascript:alert(1)',
  '٣',
  'x'.repeat(5_000),
];

/**
 * Times that RFC 3339 allows and a database or `Date` can reject: year 0, the last year, leap seconds,
 * offsets.
 */
export const EDGE_TIMES: readonly string[] = [
  '0000-01-01T00:00:00.000Z',
  '0000-12-31T23:59:59.999Z',
  '0001-01-01T00:00:00.000+14:00',
  '9999-12-31T23:59:59.999Z',
  '9999-12-31T23:59:59.999-23:59',
  '2016-12-31T23:59:60.000Z',
  '2026-02-28t10:00:00z',
  '2026-11-22T09:00:00.000Z',
  '2026-11-22T09:00:00.123456789Z',
  '2026-11-22 09:00:00Z',
  '1970-01-01T00:00:00Z',
];

const EDGE_NUMBERS = [0, -0, 1, -1, 0.5, 2_147_483_647, 2_147_483_648, Number.MAX_SAFE_INTEGER, 1e21, 1e308];

/** Returns a value that matches a schema, for the keywords that the contract uses. */
export function validValue(
  schema: Node,
  random: Random,
  context: { resolve: Resolve; known: Known },
  name = '',
  depth = 0,
): unknown {
  if (typeof schema['$ref'] === 'string') {
    const target = context.resolve(schema['$ref']);
    const examples = target['examples'] as unknown[] | undefined;
    if (examples && random.chance(0.2)) return structuredClone(random.pick(examples));
    return validValue(target, random, context, name, depth);
  }
  if ('const' in schema) return schema['const'];
  if (Array.isArray(schema['enum'])) return random.pick(schema['enum'] as unknown[]);
  const union = (schema['oneOf'] ?? schema['anyOf']) as Node[] | undefined;
  if (union) return validValue(random.pick(union), random, context, name, depth);
  const known = context.known(name);
  if (known.length > 0 && random.chance(0.85)) return random.pick(known);
  const types = ([] as unknown[]).concat(schema['type'] ?? 'object');
  switch (random.pick(types)) {
    case 'null':
      return null;
    case 'boolean':
      return random.chance(0.5);
    case 'integer':
    case 'number':
      return validNumber(schema, random);
    case 'array':
      return validArray(schema, random, context, name, depth);
    case 'string':
      return validText(schema, random);
    default:
      return validObject(schema, random, context, depth);
  }
}

function validNumber({ minimum, maximum }: Node, random: Random): number {
  const low = Number(minimum ?? -5);
  const high = Number(maximum ?? Number.MAX_SAFE_INTEGER);
  return random.pick([low, low + 1, Math.min(high, low + random.below(50)), high, Math.min(high, 2 ** 31)]);
}

function validText(schema: Node, random: Random): string {
  if (schema['format'] === 'date-time') return random.pick(EDGE_TIMES);
  const { pattern } = schema;
  const min = Number(schema['minLength'] ?? 0);
  const max = Number(schema['maxLength'] ?? 300);
  const fits = (text: string): boolean =>
    [...text].length >= min &&
    [...text].length <= max &&
    (typeof pattern !== 'string' || new RegExp(pattern, 'u').test(text));
  const tries = [
    'x'.repeat(Math.min(max, 1 + random.below(80))),
    'a'.repeat(max),
    `id_${random.below(1_000)}`,
    '#2f6fed',
    '09:00',
    random.pick(HOSTILE_TEXTS),
    random.pick(HOSTILE_TEXTS),
  ].filter(fits);
  return tries.length > 0 ? random.pick(tries) : 'x'.repeat(min);
}

function validArray(
  schema: Node,
  random: Random,
  context: { resolve: Resolve; known: Known },
  name: string,
  depth: number,
): unknown[] {
  const min = Number(schema['minItems'] ?? 0);
  const max = Math.min(Number(schema['maxItems'] ?? 5), min + 5);
  const length = depth > 6 ? min : min + random.below(max - min + 1);
  // A list of ids is named for its content: `agentIds` contains values of `agentId`.
  const itemName = name.replace(/s$/, '');
  return Array.from({ length }, () =>
    validValue((schema['items'] ?? {}) as Node, random, context, itemName, depth + 1),
  );
}

function validObject(
  schema: Node,
  random: Random,
  context: { resolve: Resolve; known: Known },
  depth: number,
): Node {
  const made: Node = {};
  const parts = (schema['allOf'] as Node[] | undefined) ?? [];
  for (const part of parts) Object.assign(made, validValue(part, random, context, '', depth));
  const required = new Set((schema['required'] ?? []) as string[]);
  for (const [name, member] of Object.entries((schema['properties'] ?? {}) as Record<string, Node>))
    if (required.has(name) || (depth < 7 && random.chance(0.5)))
      made[name] = validValue(member, random, context, name, depth + 1);
  const extra = schema['additionalProperties'];
  if (extra === false || depth > 6 || random.chance(0.6)) return made;
  for (const name of [`key_${random.below(9)}`, random.pick(HOSTILE_TEXTS).slice(0, 200)])
    Object.defineProperty(made, name, {
      value:
        typeof extra === 'object' && extra !== null
          ? validValue(extra as Node, random, context, '', depth + 1)
          : random.pick(HOSTILE_TEXTS),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  return made;
}

/**
 * Returns a copy of a value with one fault: a missing member, a member of another type, or a hostile value.
 */
export function corruptValue(value: unknown, random: Random): unknown {
  if (value !== null && typeof value === 'object' && random.chance(0.8)) {
    const keys = Object.keys(value);
    if (keys.length > 0) {
      const key = random.pick(keys);
      if (Array.isArray(value))
        return value.map((item, at) => (String(at) === key ? corruptValue(item, random) : item));
      const entries = Object.entries(value);
      return Object.fromEntries(
        random.chance(0.25)
          ? entries.filter(([name]) => name !== key)
          : entries.map(([name, member]) => [name, name === key ? corruptValue(member, random) : member]),
      );
    }
  }
  return random.pick<() => unknown>([
    () => random.pick(HOSTILE_TEXTS),
    () => random.pick(EDGE_NUMBERS),
    () => random.pick(EDGE_TIMES),
    () => null,
    () => true,
    () => [],
    () => ({}),
    () => [[[{ a: ['\0'] }]]],
    () => Array.from({ length: 250 }, () => 'x'),
    () => 'y'.repeat(20_000),
  ])();
}
