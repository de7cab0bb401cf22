/**
 * The reference as Markdown, from the parsed contract. Pure: the same contract gives the same text.
 *
 * @module
 */

/** Any object of the parsed contract. */
export interface Node {
  [key: string]: unknown;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** The whole of `docs/rest-api.md`. */
export function renderReference(contract: Node): string {
  const { info, tags, paths, components } = contract as Record<string, Node>;
  const operations = Object.entries(paths!).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = (item as Node)[method] as Node | undefined;
      return operation ? [{ path, method, operation, shared: (item as Node)['parameters'] }] : [];
    }),
  );
  const page = new Page(contract);
  page.line('<!-- Generated from packages/protocol/openapi.yaml by `npm run docs:api`. Do not edit. -->');
  page.line(`# ${String(info!['title'])}`);
  page.line(String(info!['description']).trim());
  page.line(
    'The contract itself, for generators and validators: [openapi.yaml](../packages/protocol/openapi.yaml).',
  );
  page.line('## Tokens');
  for (const [name, scheme] of Object.entries(components!['securitySchemes'] as Node))
    page.line(`- **${name}** (bearer): ${oneLine((scheme as Node)['description'])}`);

  page.line('## Operations');
  const byTag = (tag: unknown): typeof operations =>
    operations.filter(({ operation }) => (operation['tags'] as unknown[])[0] === tag);
  for (const { name, description } of tags as unknown as { name: string; description: string }[]) {
    page.line(`**${description}**`);
    page.table(
      ['', '', ''],
      byTag(name).map(({ path, method, operation }) => [
        `[${String(operation['operationId'])}](#${anchor(operation['operationId'])})`,
        `\`${method.toUpperCase()} ${path}\``,
        oneLine(operation['summary']),
      ]),
    );
  }
  for (const { name } of tags as unknown as { name: string }[])
    for (const { path, method, operation, shared } of byTag(name)) {
      const parameters = [shared, operation['parameters']].flatMap((list) => (list ?? []) as Node[]);
      page.operation(path, method, operation, parameters);
    }

  page.line('## Schemas');
  for (const [name, schema] of Object.entries(components!['schemas'] as Node))
    page.schema(name, schema as Node);
  return `${page.text.join('\n\n')}\n`;
}

class Page {
  readonly text: string[] = [];
  readonly #contract: Node;

  constructor(contract: Node) {
    this.#contract = contract;
  }

  line(text: string): void {
    this.text.push(text);
  }

  table(head: string[], rows: string[][]): void {
    if (rows.length === 0) return;
    const row = (cells: string[]): string => `| ${cells.join(' | ')} |`;
    this.line([row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n'));
  }

  example(value: unknown): void {
    this.line(`\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``);
  }

  operation(path: string, method: string, operation: Node, parameters: Node[]): void {
    this.line(`### ${String(operation['operationId'])}`);
    this.line(`\`${method.toUpperCase()} ${path}\``);
    this.line(`${String(operation['summary'])}. ${oneLine(operation['description'])}`.trim());
    const security = (operation['security'] ?? this.#contract['security']) as Node[];
    const schemes = security.flatMap((one) => Object.keys(one));
    this.line(schemes.length > 0 ? `Token: ${schemes.join(' or ')}.` : 'No token.');
    this.table(
      ['parameter', 'in', 'type', ''],
      parameters
        .map((one) => this.#follow(one))
        .map((one) => [
          `\`${String(one['name'])}\`${one['required'] ? ' (required)' : ''}`,
          String(one['in']),
          typeOf(one['schema'] as Node),
          cell(one['description']),
        ]),
    );
    const request = operation['requestBody'] as Node | undefined;
    if (request) {
      const schema = this.#bodyOf(request)!.schema;
      this.line(`Body: ${typeOf(schema)}`);
      this.example(this.#exampleOf(schema));
    }
    const answers = Object.entries(operation['responses'] as Node).map(
      ([status, response]) => [status, this.#follow(response as Node)] as const,
    );
    this.table(
      ['status', 'body', ''],
      answers.map(([status, response]) => {
        const body = this.#bodyOf(response);
        const type =
          body?.type === 'text/event-stream' ? `\`${body.type}\`` : body ? typeOf(body.schema) : '';
        return [status, type, cell(response['description'])];
      }),
    );
    for (const [status, response] of answers) {
      const body = this.#bodyOf(response);
      if (status.startsWith('2') && body?.type === 'application/json')
        this.example(this.#exampleOf(body.schema));
    }
  }

  schema(name: string, schema: Node): void {
    // An operation and a schema may share a name, headings may not.
    this.line(`### ${name} schema`);
    if (schema['description']) this.line(String(schema['description']).trim());
    const own = [schema, ...((schema['allOf'] as Node[] | undefined) ?? [])];
    const rows = own.flatMap((part) => this.#propertyRows(part, ''));
    if (rows.length > 0) this.table(['member', 'type', ''], rows);
    const bases = own.filter((part) => part['$ref']).map((part) => typeOf(part));
    if (bases.length > 0) this.line(`And the members of ${bases.join(', ')}.`);
    if (rows.length === 0 && bases.length === 0) this.line(typeOf(schema));
    const [example] = (schema['examples'] as unknown[] | undefined) ?? [];
    if (example !== undefined) this.example(example);
  }

  #propertyRows(schema: Node, prefix: string): string[][] {
    const required = (schema['required'] as string[] | undefined) ?? [];
    return Object.entries((schema['properties'] as Node | undefined) ?? {}).flatMap(([name, inner]) => {
      const property = inner as Node;
      const path = `${prefix}${name}`;
      const optional = required.includes(name) ? '' : ' (optional)';
      const items = (property['items'] as Node | undefined)?.['properties']
        ? (property['items'] as Node)
        : null;
      return [
        [`\`${path}\`${optional}`, typeOf(property), cell(property['description'])],
        ...this.#propertyRows(property, `${path}.`),
        ...(items ? this.#propertyRows(items, `${path}[].`) : []),
      ];
    });
  }

  #bodyOf(response: Node): { type: string; schema: Node } | null {
    const content = Object.entries((response['content'] as Node | undefined) ?? {})[0];
    return content ? { type: content[0], schema: (content[1] as Node)['schema'] as Node } : null;
  }

  #follow(node: Node): Node {
    if (typeof node['$ref'] !== 'string') return node;
    let at: unknown = this.#contract;
    for (const key of node['$ref'].slice(2).split('/')) at = (at as Node)[key];
    return at as Node;
  }

  /** What a value of this schema looks like: its own example, else one made of its parts' examples. */
  #exampleOf(node: Node): unknown {
    const schema = this.#follow(node);
    const [example] = (schema['examples'] as unknown[] | undefined) ?? [];
    if (example !== undefined) return example;
    if ('const' in schema) return schema['const'];
    if ('default' in schema) return schema['default'];
    const choices = (schema['enum'] ?? schema['oneOf'] ?? schema['anyOf']) as unknown[] | undefined;
    if (choices) return schema['enum'] ? choices[0] : this.#exampleOf(choices[0] as Node);
    if (schema['allOf'])
      return Object.assign({}, ...(schema['allOf'] as Node[]).map((part) => this.#exampleOf(part)));
    const type = [schema['type']].flat()[0];
    if (type === 'array') return [this.#exampleOf(schema['items'] as Node)];
    if (type === 'object')
      return Object.fromEntries(
        Object.entries((schema['properties'] as Node | undefined) ?? {}).map(([name, inner]) => [
          name,
          this.#exampleOf(inner as Node),
        ]),
      );
    return { integer: 1, number: 1, boolean: true, string: '…' }[String(type)] ?? null;
  }
}

/** A schema in a few words: its name as a link, or its type with its bounds. */
function typeOf(schema: Node): string {
  if (typeof schema['$ref'] === 'string') {
    const name = schema['$ref'].split('/').at(-1)!;
    return `[${name}](#${anchor(name)}-schema)`;
  }
  const choices = (schema['oneOf'] ?? schema['anyOf']) as Node[] | undefined;
  if (choices) return choices.map(typeOf).join(' or ');
  if ('const' in schema) return `\`${JSON.stringify(schema['const'])}\``;
  if (schema['enum'])
    return (schema['enum'] as unknown[]).map((one) => `\`${JSON.stringify(one)}\``).join(', ');
  const types = [schema['type'] ?? 'any'].flat() as string[];
  if (types[0] === 'array')
    return `list of ${typeOf((schema['items'] as Node | undefined) ?? {})}${bounds(schema)}`;
  const values = schema['additionalProperties'];
  if (types[0] === 'object' && !schema['properties'] && typeof values === 'object')
    return `map of ${typeOf(values as Node)}`;
  return types.join(' or ') + bounds(schema);
}

function bounds(schema: Node): string {
  const said = [
    ['minimum', 'from'],
    ['maximum', 'to'],
    ['minLength', 'at least'],
    ['maxLength', 'at most'],
    ['maxItems', 'at most'],
    ['default', 'default'],
  ].flatMap(([key = '', word]) => (key in schema ? [`${word} ${String(schema[key])}`] : []));
  if (schema['pattern']) said.push(`\`${String(schema['pattern']).replaceAll('|', '\\|')}\``);
  return said.length > 0 ? ` (${said.join(', ')})` : '';
}

const oneLine = (text: unknown): string =>
  String(text ?? '')
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ');

const cell = (text: unknown): string => oneLine(text).replaceAll('|', '\\|');

const anchor = (name: unknown): string => String(name).toLowerCase();
