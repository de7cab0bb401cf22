/**
 * Random requests for the operations of the contract: paths, queries, headers, tokens and bodies, valid and
 * invalid.
 *
 * @module
 */
import type { Random } from '../simulation/random.ts';
import type { Node } from '@alur/conformance/contract';
import { corruptValue, EDGE_TIMES, HOSTILE_TEXTS, validValue, type Known, type Resolve } from './values.ts';

/** One operation of the contract. */
export interface FuzzOperation {
  id: string;
  method: string;
  /** Path with `{parameters}`. */
  path: string;
  security: 'none' | 'visitor' | 'dashboard';
  parameters: { name: string; in: string; required: boolean; schema: Node }[];
  /** Schema of the JSON body; undefined without one. */
  body: Node | undefined;
  takesFile: boolean;
}

/** A request as it is sent. Path and headers can be anything that a socket can transmit. */
export interface FuzzRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | Buffer | undefined;
}

/** Sources of values. */
export interface FuzzContext {
  resolve: Resolve;
  known: Known;
  /** Authorization headers by kind, several of each. */
  tokens: Record<'visitor' | 'dashboard' | 'hostile', readonly string[]>;
}

/** Returns the operations of a contract. */
export function readOperations(document: Node, resolve: Resolve): FuzzOperation[] {
  const whole = (node: Node): Node => (typeof node['$ref'] === 'string' ? resolve(node['$ref']) : node);
  return Object.entries(document['paths'] as Record<string, Node>).flatMap(([path, item]) =>
    ['get', 'post', 'put', 'patch', 'delete'].flatMap((method) => {
      const operation = item[method] as Node | undefined;
      if (!operation) return [];
      const declared = [
        ...((item['parameters'] ?? []) as Node[]),
        ...((operation['parameters'] ?? []) as Node[]),
      ].map(whole);
      const schemes = ((operation['security'] ?? document['security'] ?? []) as Node[]).flatMap((one) =>
        Object.keys(one),
      );
      const content = ((operation['requestBody'] as Node | undefined)?.['content'] ?? {}) as Record<
        string,
        { schema: Node }
      >;
      return [
        {
          id: String(operation['operationId']),
          method: method.toUpperCase(),
          path,
          security: schemes.includes('visitorToken')
            ? ('visitor' as const)
            : schemes.length > 0
              ? ('dashboard' as const)
              : ('none' as const),
          parameters: declared.map((parameter) => ({
            name: String(parameter['name']),
            in: String(parameter['in']),
            required: parameter['required'] === true,
            schema: parameter['schema'] as Node,
          })),
          body: content['application/json']?.schema,
          takesFile: content['application/octet-stream'] !== undefined,
        },
      ];
    }),
  );
}

/**
 * Returns one request to an operation. About half of all match the contract. The others have one fault or
 * several.
 */
export function requestFor(operation: FuzzOperation, random: Random, context: FuzzContext): FuzzRequest {
  const isWrong = random.chance(0.5);
  const wrong = (p: number): boolean => isWrong && random.chance(p);
  const headers: Record<string, string> = {};
  const query: string[] = [];
  let path = operation.path;
  for (const { name, in: where, required, schema } of operation.parameters) {
    if (!required && where !== 'path' && random.chance(0.4)) continue;
    const value = wrong(0.3) ? hostileParameter(random) : String(validValue(schema, random, context, name));
    if (where === 'path') path = path.replace(`{${name}}`, encoded(value, random));
    else if (where === 'query') query.push(`${name}=${encoded(value, random)}`);
    else headers[name] = headerText(value);
  }
  if (wrong(0.15))
    query.push(
      `${random.pick(['limit', 'wait', 'x', '__proto__'])}=${encoded(hostileParameter(random), random)}`,
    );
  const kind = wrong(0.15) ? 'hostile' : operation.security;
  const tokens = kind === 'none' ? [] : context.tokens[kind];
  if (tokens.length > 0) headers['Authorization'] = headerText(random.pick(tokens));
  if (random.chance(0.2)) headers['Origin'] = originFor(random);
  if (wrong(0.1)) headers['If-Match'] = headerText(random.pick(['*', 'W/"1"', '"', '"v999999999999"', ' ']));
  return {
    method: wrong(0.03) ? random.pick(['OPTIONS', 'HEAD', 'PUT', 'DELETE', 'PATCH']) : operation.method,
    path: query.length > 0 ? `${path}?${query.join('&')}` : path,
    headers,
    body: bodyFor(operation, random, context, headers, wrong),
  };
}

function bodyFor(
  { body, takesFile }: FuzzOperation,
  random: Random,
  context: FuzzContext,
  headers: Record<string, string>,
  wrong: (p: number) => boolean,
): string | Buffer | undefined {
  if (takesFile) {
    headers['Content-Type'] = wrong(0.2) ? 'text/plain' : 'application/octet-stream';
    return random.pick(FILES);
  }
  if (!body) return undefined;
  headers['Content-Type'] = wrong(0.1)
    ? random.pick(['text/plain', 'application/json; charset=utf-16', 'application/jsonx', ''])
    : 'application/json';
  if (wrong(0.1)) return random.pick(['', '{', '[]', 'null', '"\\ud800"', '['.repeat(2_000), '\u0000']);
  const value = validValue(body, random, context);
  const times = wrong(0.7) ? 1 + random.below(2) : 0;
  let sent: unknown = value;
  for (let time = 0; time < times; time++) sent = corruptValue(sent, random);
  return JSON.stringify(sent);
}

const FILES: readonly Buffer[] = [
  Buffer.alloc(0),
  Buffer.from('halo'),
  Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
  Buffer.from('\xff\xd8\xff\xe1\x00\x02\xff', 'latin1'),
  Buffer.from('GIF89a\x01\x00\x01\x00', 'latin1'),
  Buffer.from('RIFF\x00\x00\x00\x00WEBPVP8X', 'latin1'),
  Buffer.from('\0\x01\x02'),
  Buffer.from('<script>'),
];

function hostileParameter(random: Random): string {
  return random.pick<() => string>([
    () => random.pick(HOSTILE_TEXTS).slice(0, 600),
    () => random.pick(EDGE_TIMES),
    () => random.pick(['-1', '0', '1e9', '2147483648', '99999999999999999999', 'NaN', 'true', '']),
    // Cursors of lists, with values that the host reads from them.
    () => pageCursor([random.pick(EDGE_TIMES), random.pick(HOSTILE_TEXTS)]),
    () => pageCursor([random.pick(HOSTILE_TEXTS), random.pick(HOSTILE_TEXTS)]),
    () => pageCursor([String(random.below(9)), '1e999', null]),
    () => pageCursor([`${2 ** 40}`]),
    () => `${random.pick(HOSTILE_TEXTS).slice(0, 40)}.${random.pick(['0', '-1', '1e5', '999999999999'])}`,
  ])();
}

/** Returns a page cursor in the format of the reference host: base64url of a JSON list. */
export const pageCursor = (values: unknown): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url');

/** Returns a percent-encoded value. Lone surrogates become U+FFFD, sometimes bytes that are not UTF-8. */
function encoded(value: string, random: Random): string {
  if (random.chance(0.02)) return random.pick(['%FF', '%C0%80', '%ED%A0%80', '%', '%zz', '%00']);
  return encodeURIComponent(Buffer.from(value).toString()) || '%20';
}

/** Returns text that a header can carry: Latin-1 without control characters. */
function headerText(value: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters cannot be sent in a header
  return value.replaceAll(/[^\x20-\x7e\xa0-\xff]/g, '?').slice(0, 4_000);
}

function originFor(random: Random): string {
  return random.pick([
    'https://shop.example',
    'https://dashboard.example',
    'https://evil.example',
    'null',
    '',
    'x'.repeat(500),
    'https://ü.example'.replace('ü', '\xfc'),
  ]);
}
