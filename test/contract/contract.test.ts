import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { launchChromium } from '../support/chromium.ts';
import { loadContract, readContract, type Node } from '@alur/conformance/contract';
import { breakingChanges } from './breaking-changes.ts';

const run = promisify(execFile);
const root = new URL('../../', import.meta.url);
const file = new URL('packages/protocol/openapi.yaml', root);
const contract = await readContract(file);
const schemas = (contract['components'] as { schemas: Record<string, Node> }).schemas;

/** `[1, 4, 0]` of `1.4.0`. */
const parts = (version: string): number[] => version.split('.').map(Number);

test('the contract is compatible with the last release', async () => {
  const folder = new URL('packages/protocol/released/', root);
  const released = (await readdir(folder)).filter((name) => /^\d+\.\d+\.\d+\.yaml$/.test(name));
  assert.ok(released.length > 0, 'packages/protocol/released holds no contract');
  const byAge = (a: string, b: string): number => {
    const [left, right] = [parts(a), parts(b)];
    return left[0]! - right[0]! || left[1]! - right[1]! || left[2]! - right[2]!;
  };
  const last = released
    .map((name) => name.replace(/\.yaml$/, ''))
    .sort(byAge)
    .at(-1)!;
  const now = String((contract['info'] as Node)['version']);
  // A new major version is a new API (/v2). Within a major version, clients keep working.
  if (parts(now)[0]! > parts(last)[0]!) return;
  assert.deepEqual(breakingChanges(await readContract(new URL(`${last}.yaml`, folder)), contract), []);
});

for (const [name, script] of [
  ['generated types', 'generate.ts'],
  ['docs/rest-api.html', 'generate-reference.ts'],
])
  test(`${name} are equal to the generated ones`, async () => {
    await run(process.execPath, [fileURLToPath(new URL(`packages/protocol/src/${script}`, root)), '--check']);
  });

test('every example is valid against its schema', async () => {
  const { schemaErrors } = await loadContract(file);
  const wrong = Object.entries(schemas).flatMap(([name, schema]) =>
    ((schema['examples'] ?? []) as unknown[]).flatMap((example) =>
      schemaErrors(name, example).map((error) => `${name}: ${error}`),
    ),
  );
  assert.deepEqual(wrong, []);
  const problems = Object.entries(
    (contract['components'] as { responses: Record<string, Node> }).responses,
  ).flatMap(([name, { content }]) => {
    const { example } = (content as Record<string, { example?: unknown }>)['application/problem+json'] ?? {};
    return example === undefined ? [] : schemaErrors('Problem', example).map((error) => `${name}: ${error}`);
  });
  assert.deepEqual(problems, []);
});

test('every operation that takes or gives a body of its own has an example', () => {
  const bare = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { schema } = value as { schema?: Node };
    const name = typeof schema?.['$ref'] === 'string' ? schema['$ref'].split('/').at(-1)! : null;
    if (
      name &&
      !schemas[name]!['examples'] &&
      schemas[name]!['type'] === 'object' &&
      !madeOfExamples(schemas[name]!)
    )
      bare.add(name);
    for (const inner of Object.values(value)) visit(inner);
  };
  visit(contract['paths']);
  assert.deepEqual([...bare], []);
});

/** Whether a schema contains only schemas that have an example. */
function madeOfExamples(schema: Node): boolean {
  return Object.values((schema['properties'] ?? {}) as Record<string, Node>).every((property) => {
    const name = typeof property['$ref'] === 'string' ? property['$ref'].split('/').at(-1)! : null;
    return (
      property['type'] !== undefined ||
      (name !== null && (schemas[name]!['examples'] !== undefined || madeOfExamples(schemas[name]!)))
    );
  });
}

test('the reference shows every operation in a browser that has no network, and asks for none', async () => {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    const asked = new Set<string>();
    const errors: string[] = [];
    page.on('request', (request) => asked.add(request.url()));
    // A request that the page's own policy blocks was never sent.
    page.on('requestfailed', (request) => {
      if (/csp/i.test(request.failure()?.errorText ?? '')) asked.delete(request.url());
    });
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(new URL('docs/rest-api.html', root).href);
    const tags = contract['tags'] as unknown as Record<string, string>[];
    const all = Object.values(contract['paths'] as Record<string, Record<string, Node>>).flatMap((item) =>
      Object.values(item).filter((operation) => operation['summary']),
    );
    const summariesOf = (tag: string): string[] =>
      all.filter(({ tags }) => (tags as string[])[0] === tag).map(({ summary }) => String(summary));
    let shown = '';
    for (const { name, 'x-displayName': title } of tags) {
      // The list closes again when another part is opened.
      await page.getByText(title!, { exact: true }).first().click();
      await page.getByText(summariesOf(name!)[0]!, { exact: true }).first().waitFor();
      shown += await page.locator('body').innerText();
    }
    assert.deepEqual(
      all.map(({ summary }) => String(summary)).filter((summary) => !shown.includes(summary)),
      [],
    );
    assert.deepEqual(errors, []);
    assert.deepEqual(
      [...asked].filter((url) => !/^(file|blob|data):/.test(url)),
      [],
    );
  } finally {
    await browser.close();
  }
});
