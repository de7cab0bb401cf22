import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema: object & { type?: string; default?: unknown };
}

interface OperationDocument {
  operationId: string;
  parameters?: (Parameter | { $ref: string })[];
  security?: Record<string, unknown>[];
  requestBody?: { required?: boolean; content: Record<string, { schema: object }> };
  responses: Record<string, { $ref?: string; content?: Record<string, { schema: object }> }>;
}

/** One operation of the contract with compiled schemas. */
export interface Operation {
  id: string;
  method: Method;
  /** Path in Hono's syntax: `/v1/flows/:flowId`. */
  path: string;
  /** Type of the required token. */
  security: 'none' | 'visitor' | 'dashboard';
  /** Validates `{ path, query, header }`; fills in defaults and converts digits to numbers. */
  validateParameters: ValidateFunction;
  parameters: Parameter[];
  validateBody: ValidateFunction | null;
  /** The body is a file, not JSON. */
  takesFile: boolean;
  isBodyRequired: boolean;
  /**
   * Returns the validator of JSON responses with this status: null for a response without JSON (no body, a
   * file, a stream), undefined when the contract does not define the status.
   */
  validateResponse(status: number): ValidateFunction | null | undefined;
}

const METHODS: readonly Method[] = ['get', 'post', 'put', 'patch', 'delete'];
const DOCUMENT = 'openapi';

/** The whole contract, compiled. */
export interface Contract {
  operations: Operation[];
  /** Validates problem details. */
  validateProblem: ValidateFunction;
}

/** Reads the contract and compiles the schemas of requests and responses. Runs once per host. */
export function loadContract(): Contract {
  const text = readFileSync(new URL(import.meta.resolve('@alur/protocol/openapi.yaml')), 'utf8');
  const document = parse(text) as {
    paths: Record<
      string,
      Record<Method, OperationDocument> & { parameters?: OperationDocument['parameters'] }
    >;
  };
  // OpenAPI adds keywords to JSON Schema (`discriminator`, `example`) that a validator does not know.
  const lenient = { strict: false, allErrors: false, validateFormats: true } as const;
  const bodies = new Ajv2020(lenient);
  const parameters = new Ajv2020({ ...lenient, coerceTypes: true, useDefaults: true });
  for (const ajv of [bodies, parameters]) {
    addFormats.default(ajv);
    ajv.addSchema(document as object, DOCUMENT);
  }
  const pointer = (...steps: string[]) =>
    `${DOCUMENT}#/${steps.map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;
  const resolve = (reference: string): unknown =>
    reference
      .slice(2)
      .split('/')
      .reduce<unknown>((value, step) => (value as Record<string, unknown>)[step], document);

  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      if (!operation) return [];
      const declared = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((parameter) =>
        '$ref' in parameter ? (resolve(parameter.$ref) as Parameter) : parameter,
      );
      const responses = new Map<number, ValidateFunction | null>();
      return {
        id: operation.operationId,
        method,
        path: path.replaceAll(/\{(\w+)\}/g, ':$1'),
        security: securityOf(operation),
        parameters: declared,
        validateParameters: parameters.compile(schemaOfParameters(declared)),
        validateBody: operation.requestBody?.content['application/json']
          ? bodies.compile({
              $ref: pointer('paths', path, method, 'requestBody', 'content', 'application/json', 'schema'),
            })
          : null,
        takesFile: operation.requestBody?.content['application/octet-stream'] !== undefined,
        isBodyRequired: operation.requestBody?.required === true,
        validateResponse(status) {
          if (responses.has(status)) return responses.get(status);
          let response = operation.responses[String(status)];
          let at = pointer('paths', path, method, 'responses', String(status));
          if (response?.$ref) {
            at = DOCUMENT + response.$ref;
            response = resolve(response.$ref) as typeof response;
          }
          if (!response) return undefined;
          const [type] = Object.keys(response.content ?? {});
          const validate =
            type === undefined || !type.endsWith('json')
              ? null
              : bodies.compile({
                  $ref: `${at}/content/${encodeURIComponent(type.replaceAll('/', '~1'))}/schema`,
                });
          responses.set(status, validate);
          return validate;
        },
      } satisfies Operation;
    }),
  );
  return {
    operations,
    validateProblem: bodies.compile({ $ref: pointer('components', 'schemas', 'Problem') }),
  };
}

function securityOf({ security }: OperationDocument): Operation['security'] {
  if (!security) return 'dashboard';
  return security.length === 0 ? 'none' : 'visitor';
}

function schemaOfParameters(declared: Parameter[]): object {
  const part = (where: Parameter['in']) => {
    const own = declared.filter((parameter) => parameter.in === where);
    return {
      type: 'object',
      properties: Object.fromEntries(own.map(({ name, schema }) => [name, absolute(schema)])),
      required: own.filter(({ required }) => required).map(({ name }) => name),
    };
  };
  return {
    type: 'object',
    properties: { path: part('path'), query: part('query'), header: part('header') },
  };
}

/** Makes references absolute in a schema that is used outside of its document. */
function absolute(schema: object): object {
  return JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
    key === '$ref' && typeof value === 'string' && value.startsWith('#') ? DOCUMENT + value : value,
  ) as object;
}
