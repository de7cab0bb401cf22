import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { TABLES } from './export-to-postgres.ts';

test('every table of the migrations is exported, after the tables that it references', async () => {
  const folder = new URL('./migrations/', import.meta.url);
  const made = new Map<string, string[]>();
  for (const name of (await readdir(folder)).toSorted()) {
    const text = await readFile(new URL(name, folder), 'utf8');
    for (const [, table, body] of text.matchAll(/create table (\w+) \(([\s\S]*?)\n\);/g))
      made.set(
        table!,
        [...body!.matchAll(/references (\w+)/g)].map(([, other]) => other!),
      );
  }
  assert.deepEqual(TABLES.toSorted(), [...made.keys()].toSorted());
  for (const [table, others] of made)
    for (const other of others)
      assert.ok(TABLES.indexOf(other) < TABLES.indexOf(table), `${table} refers to ${other}`);
});
