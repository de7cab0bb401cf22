/**
 * Finds changes between two contracts that break a client or a host. A client sends requests and reads
 * responses, a host does the opposite. Hosts are written by others: a request with a new required member
 * breaks clients, and so does a response that loses one. Additions are allowed: new operations, optional
 * members, new members of responses, new codes and event types (clients ignore unknown ones).
 *
 * @module
 */
import type { Node } from '@alur/conformance/contract';

/**
 * `request`: clients write it, so it must not become narrower. `answer`: clients read it, so it must not
 * become wider.
 */
type Direction = 'request' | 'answer';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** Closed for writers, open for readers: the contract requires clients to ignore unknown values. */
const MAY_GROW = new Set(['ProblemCode', 'Event', 'FlowFormat']);

const LOWER_BOUNDS = ['minimum', 'minLength', 'minItems', 'minProperties'];
const UPPER_BOUNDS = ['maximum', 'maxLength', 'maxItems', 'maxProperties'];

/**
 * Returns every breaking change from `before` to `after`, one line each, with its place. Empty when clients
 * keep working.
 */
export function breakingChanges(before: Node, after: Node): string[] {
  const found = new Set<string>();
  const say = (where: string, what: string): void => void found.add(`${where}: ${what}`);
  const schemas = new SchemaComparison(before, after, say);
  const paths = (contract: Node): Record<string, Node> => contract['paths'] as Record<string, Node>;

  for (const [path, item] of Object.entries(paths(before)))
    for (const method of METHODS) {
      const old = item[method] as Node | undefined;
      if (!old) continue;
      const where = `${method.toUpperCase()} ${path}`;
      const now = paths(after)[path]?.[method] as Node | undefined;
      if (!now) {
        say(where, 'is gone');
        continue;
      }
      if (old['operationId'] !== now['operationId'])
        say(where, `is called ${show(now['operationId'])}, was ${show(old['operationId'])}`);
      compareSecurity(
        where,
        old['security'] ?? before['security'],
        now['security'] ?? after['security'],
        say,
      );
      compareParameters(where, [before, item, old], [after, paths(after)[path]!, now], schemas, say);
      compareBodies(where, old, now, schemas, say);
      compareAnswers(where, [before, old], [after, now], schemas, say);
    }
  return [...found];
}

type Say = (where: string, what: string) => void;

function compareSecurity(where: string, old: unknown, now: unknown, say: Say): void {
  const schemes = (security: unknown): string[] =>
    (security as Node[]).flatMap((one) => Object.keys(one)).toSorted();
  if (show(schemes(old)) !== show(schemes(now)))
    say(where, `wants the token ${show(schemes(now))}, was ${show(schemes(old))}`);
}

function compareParameters(
  where: string,
  [before, oldItem, old]: [Node, Node, Node],
  [after, newItem, now]: [Node, Node, Node],
  schemas: SchemaComparison,
  say: Say,
): void {
  const listOf = (contract: Node, item: Node, operation: Node): Map<string, Node> =>
    new Map(
      [item['parameters'], operation['parameters']]
        .flatMap((list) => (list ?? []) as Node[])
        .map((one) => follow(contract, one))
        .map((one) => [`${String(one['in'])} ${String(one['name'])}`, one]),
    );
  const earlier = listOf(before, oldItem, old);
  const later = listOf(after, newItem, now);
  for (const [name, parameter] of earlier) {
    const same = later.get(name);
    if (!same) say(where, `parameter ${name} is gone`);
    else schemas.compare(`${where} ${name}`, parameter['schema'] as Node, same['schema'] as Node, 'request');
  }
  for (const [name, parameter] of later)
    if (parameter['required'] && !earlier.get(name)?.['required'])
      say(where, `parameter ${name} has become required`);
}

function compareBodies(where: string, old: Node, now: Node, schemas: SchemaComparison, say: Say): void {
  const earlier = old['requestBody'] as Node | undefined;
  const later = now['requestBody'] as Node | undefined;
  if (later?.['required'] && !earlier?.['required']) say(where, 'a body has become required');
  if (!earlier) return;
  for (const [type, content] of contents(earlier)) {
    const same = contents(later ?? {}).get(type);
    if (same) schemas.compare(`${where} body`, content, same, 'request');
    else say(where, `a body of ${type} is no longer taken`);
  }
}

function compareAnswers(
  where: string,
  [before, old]: [Node, Node],
  [after, now]: [Node, Node],
  schemas: SchemaComparison,
  say: Say,
): void {
  const answers = (operation: Node): Record<string, Node> => operation['responses'] as Record<string, Node>;
  const isGood = (status: string): boolean => /^[23]/.test(status);
  for (const [status, response] of Object.entries(answers(old))) {
    if (!isGood(status)) continue;
    const same = answers(now)[status];
    if (!same) {
      say(where, `no longer answers ${status}`);
      continue;
    }
    const [earlier, later] = [follow(before, response), follow(after, same)];
    for (const header of Object.keys((earlier['headers'] as Node | undefined) ?? {}))
      if (!(header in ((later['headers'] as Node | undefined) ?? {})))
        say(`${where} ${status}`, `header ${header} is gone`);
    for (const [type, content] of contents(earlier)) {
      const kept = contents(later).get(type);
      if (kept) schemas.compare(`${where} ${status}`, content, kept, 'answer');
      else say(`${where} ${status}`, `is no longer ${type}`);
    }
  }
  for (const status of Object.keys(answers(now)))
    if (isGood(status) && !answers(old)[status]) say(where, `may also answer ${status}`);
}

class SchemaComparison {
  readonly #before: Node;
  readonly #after: Node;
  readonly #say: Say;
  /** Named schemas that were already compared, by direction. Schemas can contain each other. */
  readonly #done = new Set<string>();

  constructor(before: Node, after: Node, say: Say) {
    this.#before = before;
    this.#after = after;
    this.#say = say;
  }

  compare(where: string, earlier: Node, later: Node, direction: Direction): void {
    const name = nameOf(earlier);
    if (name) {
      const key = `${direction} ${name} ${nameOf(later) ?? ''}`;
      if (this.#done.has(key)) return;
      this.#done.add(key);
    }
    const old = follow(this.#before, earlier);
    const now = follow(this.#after, later);
    const at = name ? `${name} (${direction})` : where;
    // An inline value of the last release can have a name now.
    const mayGrow =
      direction === 'answer' && [name, nameOf(later)].some((each) => each !== null && MAY_GROW.has(each));
    this.#types(at, old, now, direction);
    this.#values(at, old, now, direction, mayGrow);
    this.#bounds(at, old, now, direction);
    this.#members(at, old, now, direction);
    this.#choices(at, old, now, direction, mayGrow);
    if (old['items'] && now['items'])
      this.compare(`${at}[]`, old['items'] as Node, now['items'] as Node, direction);
    const maps = [old['additionalProperties'], now['additionalProperties']];
    if (maps.every((one) => typeof one === 'object'))
      this.compare(`${at}.*`, maps[0] as Node, maps[1] as Node, direction);
    if (maps[1] === false && maps[0] !== false && direction === 'request')
      this.#say(at, 'no longer takes unknown members');
  }

  #types(at: string, old: Node, now: Node, direction: Direction): void {
    const earlier = typesOf(old);
    const later = typesOf(now);
    if (!earlier && !later) return;
    const [from, to] = direction === 'request' ? [earlier, later] : [later, earlier];
    // A schema without a type allows every value. An integer is a number.
    const fits = (type: string): boolean =>
      !to || to.includes(type) || (type === 'integer' && to.includes('number'));
    if (to && (!from || !from.every(fits)))
      this.#say(at, `type ${show(later ?? 'any')}, was ${show(earlier ?? 'any')}`);
  }

  #values(at: string, old: Node, now: Node, direction: Direction, mayGrow: boolean): void {
    const earlier = valuesOf(old);
    const later = valuesOf(now);
    if (direction === 'request' && later) {
      if (!earlier) this.#say(at, `takes only ${show(later)}`);
      for (const value of earlier ?? [])
        if (!later.includes(value)) this.#say(at, `no longer takes ${value}`);
    }
    if (direction === 'answer' && earlier && !mayGrow) {
      if (!later) this.#say(at, `may be anything, was one of ${show(earlier)}`);
      for (const value of later ?? []) if (!earlier.includes(value)) this.#say(at, `may also be ${value}`);
    }
  }

  #bounds(at: string, old: Node, now: Node, direction: Direction): void {
    if (direction === 'answer') return;
    const number = (node: Node, key: string, otherwise: number): number =>
      (node[key] as number | undefined) ?? otherwise;
    for (const key of LOWER_BOUNDS)
      if (number(now, key, -Infinity) > number(old, key, -Infinity))
        this.#say(at, `${key} is ${show(now[key])}, was ${show(old[key])}`);
    for (const key of UPPER_BOUNDS)
      if (number(now, key, Infinity) < number(old, key, Infinity))
        this.#say(at, `${key} is ${show(now[key])}, was ${show(old[key])}`);
    for (const key of ['pattern', 'format', 'uniqueItems'])
      if (now[key] !== undefined && now[key] !== false && now[key] !== old[key])
        this.#say(at, `${key} is ${show(now[key])}, was ${show(old[key])}`);
  }

  #members(at: string, old: Node, now: Node, direction: Direction): void {
    const parts = (contract: Node, node: Node): Node[] => [
      node,
      ...((node['allOf'] as Node[] | undefined) ?? []).flatMap((part) =>
        parts(contract, follow(contract, part)),
      ),
    ];
    const properties = (contract: Node, node: Node): Map<string, Node> =>
      new Map(
        parts(contract, node).flatMap((part) =>
          Object.entries((part['properties'] as Record<string, Node> | undefined) ?? {}),
        ),
      );
    const required = (contract: Node, node: Node): string[] =>
      parts(contract, node).flatMap((part) => (part['required'] as string[] | undefined) ?? []);
    const [earlier, later] = [properties(this.#before, old), properties(this.#after, now)];
    const [must, mustNow] = [required(this.#before, old), required(this.#after, now)];
    for (const [name, schema] of earlier) {
      const same = later.get(name);
      if (!same) this.#say(at, `member ${name} is gone`);
      else this.compare(`${at}.${name}`, schema, same, direction);
    }
    if (direction === 'request')
      for (const name of mustNow)
        if (!must.includes(name)) this.#say(at, `member ${name} has become required`);
    if (direction === 'answer')
      for (const name of must)
        if (!mustNow.includes(name) && later.has(name)) this.#say(at, `member ${name} may be missing`);
  }

  #choices(at: string, old: Node, now: Node, direction: Direction, mayGrow: boolean): void {
    const choices = (node: Node): Node[] | undefined =>
      (node['oneOf'] ?? node['anyOf']) as Node[] | undefined;
    const [earlier, later] = [choices(old), choices(now)];
    if (!earlier && !later) return;
    if (!earlier || !later) {
      this.#say(at, 'has become, or is no longer, a choice of schemas');
      return;
    }
    const byKey = new Map(later.map((one) => [this.#keyOf(this.#after, one), one]));
    for (const one of earlier) {
      const key = this.#keyOf(this.#before, one);
      const same = byKey.get(key);
      if (same) this.compare(`${at}|${key}`, one, same, direction);
      else if (direction === 'request') this.#say(at, `no longer takes ${key}`);
      byKey.delete(key);
    }
    if (direction === 'answer' && !mayGrow)
      for (const key of byKey.keys()) this.#say(at, `may also be ${key}`);
  }

  /** Returns a key for a choice of a schema: its name, else the constants in it. */
  #keyOf(contract: Node, schema: Node): string {
    const name = nameOf(schema);
    if (name) return name;
    const constants = Object.entries(
      (follow(contract, schema)['properties'] as Record<string, Node> | undefined) ?? {},
    )
      .filter(([, property]) => 'const' in property)
      .map(([member, property]) => `${member} ${show(property['const'])}`);
    return constants.join(', ') || show(typesOf(schema) ?? 'any');
  }
}

function typesOf(schema: Node): string[] | null {
  return schema['type'] === undefined ? null : ([schema['type']].flat() as string[]);
}

function valuesOf(schema: Node): string[] | null {
  if ('const' in schema) return [show(schema['const'])];
  return schema['enum'] ? (schema['enum'] as unknown[]).map(show) : null;
}

function contents(node: Node): Map<string, Node> {
  const content = (node['content'] as Record<string, Node> | undefined) ?? {};
  return new Map(Object.entries(content).map(([type, { schema }]) => [type, (schema ?? {}) as Node]));
}

const nameOf = (schema: Node): string | null =>
  typeof schema['$ref'] === 'string' ? schema['$ref'].split('/').at(-1)! : null;

function follow(contract: Node, node: Node): Node {
  if (typeof node['$ref'] !== 'string') return node;
  let at: unknown = contract;
  for (const key of node['$ref'].slice(2).split('/')) at = (at as Node | undefined)?.[key];
  return (at ?? {}) as Node;
}

const show = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? 'unset');
