import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { parse } from 'yaml';
import { PROBLEM_CODES } from './index.ts';

const contract = parse(await readFile(new URL('../openapi.yaml', import.meta.url), 'utf8'));

test('the problem codes in code are those of the contract', () => {
  assert.deepEqual([...PROBLEM_CODES], contract.components.schemas.ProblemCode.enum);
});

test('no description is cut at a comma, as YAML does in braces', () => {
  const cut: string[] = [];
  const visit = (value: unknown, place: string): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
      if (!Array.isArray(value) && / /.test(name)) cut.push(`${place}: ${name}`);
      visit(inner, `${place}/${name}`);
    }
  };
  visit(contract, '');
  assert.deepEqual(cut, []);
});

test('every operation has its own id, a summary and a tag', () => {
  const ids = new Set<string>();
  for (const [path, item] of Object.entries<Record<string, Record<string, unknown>>>(contract.paths)) {
    for (const method of ['get', 'post', 'put', 'patch', 'delete']) {
      const operation = item[method];
      if (!operation) continue;
      const where = `${method} ${path}`;
      assert.ok(typeof operation['operationId'] === 'string', `${where} has no operationId`);
      assert.ok(!ids.has(operation['operationId']), `${operation['operationId']} is used twice`);
      ids.add(operation['operationId']);
      assert.ok(operation['summary'], `${where} has no summary`);
      assert.ok(Array.isArray(operation['tags']) && operation['tags'].length === 1, `${where} wants one tag`);
    }
  }
});
