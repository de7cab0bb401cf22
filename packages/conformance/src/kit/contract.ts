/**
 * Compares responses with `openapi.yaml`. Paths, statuses, content types and schemas all come from the
 * contract, and nothing here depends on a host.
 *
 * @module
 */
import { readFile } from 'node:fs/promises';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import type { Answer } from './answer.ts';
import { show } from './expect.ts';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

export interface Operation {
  id: string;
  method: string;
  /** Path with `{parameters}`, as in the contract. */
  path: string;
  /** The API of the operation, which decides its token; null for no token. */
  door: 'visitor' | 'dashboard' | null;
  /** Names of the parameters in the path. */
  pathParameters: string[];
  hasBody: boolean;
  /** Schema pointer and media type by documented status; null: no body. */
  answers: Map<number, { type: string; pointer: string }[] | null>;
}

export interface Contract {
  version: string;
  operations: ReadonlyMap<string, Operation>;
  /** Returns the faults in the form of a response, one line each; empty when it matches the contract. */
  violations(operation: Operation, answer: Answer): string[];
  /** Returns the faults of a value, compared with one schema of `components.schemas`. */
  schemaErrors(schema: string, value: unknown): string[];
}

/** Any object of a contract. */
export interface Node {
  [key: string]: unknown;
}

/** Statuses allowed for each code. A host may have more codes than these. */
const STATUS_OF_CODE: Record<string, number[]> = {
  invalid_request: [400, 404, 405, 415],
  unauthenticated: [401],
  token_expired: [401],
  origin_not_allowed: [403],
  scope_missing: [403],
  not_found: [404, 405],
  inbox_type: [409],
  in_use: [409],
  sequence_gap: [409],
  conversation_resolved: [409],
  cursor_expired: [410],
  version_conflict: [412],
  precondition_required: [428],
  too_large: [413],
  unsupported_media: [415],
  id_reused: [422],
  flow_invalid: [422],
  unknown_reference: [422],
  rate_limited: [429],
  internal: [500],
  overloaded: [503],
};

const MILLISECONDS_IN_UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Returns an `openapi.yaml` with its references unresolved. */
export async function readContract(file: URL): Promise<Node> {
  return parse(await readFile(file, 'utf8')) as Node;
}

export async function loadContract(file: URL): Promise<Contract> {
  const document = await readContract(file);
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  // "Times are ISO 8601 in UTC with milliseconds": stricter than the format itself.
  ajv.addFormat('date-time', MILLISECONDS_IN_UTC);
  ajv.addSchema(document, 'contract');
  const compiled = new Map<string, ValidateFunction>();
  const errorsAt = (pointer: string, value: unknown): string[] => {
    let validate = compiled.get(pointer);
    if (!validate) compiled.set(pointer, (validate = ajv.compile({ $ref: `contract${pointer}` })));
    if (validate(value)) return [];
    return (validate.errors ?? []).slice(0, 5).map((error) => {
      const where = error.instancePath || '(body)';
      return `${where} ${error.message ?? 'is wrong'}${error.params ? ` ${show(error.params)}` : ''}`;
    });
  };
  const operations = readOperations(document);

  return {
    version: String((document['info'] as Node)['version']),
    operations,
    schemaErrors: (schema, value) => errorsAt(`#/components/schemas/${schema}`, value),
    violations(operation, answer) {
      if (answer.status >= 400) return problemErrors(answer, errorsAt);
      const wanted = operation.answers.get(answer.status);
      if (wanted === undefined) return [`status ${answer.status} is not in the contract`];
      if (wanted === null) return answer.text === '' ? [] : [`${answer.status} carries a body`];
      const match = wanted.find(({ type }) => type === answer.type || (type === '*/*' && answer.type !== ''));
      if (!match)
        return [`content type ${answer.type || '(none)'}, wanted ${wanted.map(({ type }) => type).join()}`];
      if (match.type !== 'application/json') return [];
      return answer.body === undefined ? ['the body is not JSON'] : errorsAt(match.pointer, answer.body);
    },
  };
}

function problemErrors(answer: Answer, errorsAt: (pointer: string, value: unknown) => string[]): string[] {
  const wrong: string[] = [];
  if (answer.type !== 'application/problem+json')
    wrong.push(`content type ${answer.type || '(none)'}, wanted application/problem+json`);
  if (answer.body === undefined) return [...wrong, `the body of a ${answer.status} is not JSON`];
  const body = answer.body as { status?: unknown; code?: string };
  // A newer host can use codes that this contract lacks. Everything else about the problem must match.
  const known = body.code === undefined || body.code in STATUS_OF_CODE;
  wrong.push(...errorsAt('#/components/schemas/Problem', known ? body : { ...body, code: 'internal' }));
  if (body.status !== answer.status) wrong.push(`/status ${show(body.status)}, wanted ${answer.status}`);
  const statuses = STATUS_OF_CODE[body.code ?? ''];
  if (statuses && !statuses.includes(answer.status)) wrong.push(`code ${body.code} with ${answer.status}`);
  if (
    (answer.status === 429 || answer.status === 503) &&
    !/^\d+$/.test(answer.headers.get('retry-after') ?? '')
  )
    wrong.push(`${answer.status} without Retry-After in seconds`);
  return wrong;
}

function readOperations(document: Node): Map<string, Operation> {
  const resolve = (node: Node): Node => {
    if (typeof node['$ref'] !== 'string') return node;
    let at: unknown = document;
    for (const key of node['$ref'].slice(2).split('/')) at = (at as Node)[key];
    return at as Node;
  };
  const operations = new Map<string, Operation>();
  for (const [path, item] of Object.entries(document['paths'] as Record<string, Node>)) {
    for (const method of METHODS) {
      const operation = item[method] as Node | undefined;
      if (!operation) continue;
      const id = String(operation['operationId']);
      const security = (operation['security'] ?? document['security']) as Node[];
      const schemes = security.flatMap((one) => Object.keys(one));
      operations.set(id, {
        id,
        method: method.toUpperCase(),
        path,
        door: schemes.includes('visitorToken')
          ? 'visitor'
          : schemes.includes('dashboardToken')
            ? 'dashboard'
            : null,
        pathParameters: [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!),
        hasBody: operation['requestBody'] !== undefined,
        answers: new Map(
          Object.entries(operation['responses'] as Record<string, Node>).flatMap(([status, response]) =>
            Number(status) < 400
              ? [
                  [
                    Number(status),
                    contentOf(`#/paths/${escape(path)}/${method}/responses/${status}`, resolve(response)),
                  ],
                ]
              : [],
          ),
        ),
      });
    }
  }
  return operations;
}

function contentOf(pointer: string, response: Node): { type: string; pointer: string }[] | null {
  const content = response['content'] as Node | undefined;
  if (!content) return null;
  return Object.keys(content).map((type) => ({ type, pointer: `${pointer}/content/${escape(type)}/schema` }));
}

/** Escapes a key for a JSON pointer inside a URI fragment. */
function escape(key: string): string {
  return encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'));
}
