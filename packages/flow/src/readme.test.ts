import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = new URL('..', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const readme = read('README.md');

it('the README lists every problem code', () => {
  const sources = globSync('src/{author,check,document,edit}/**/*.ts', { cwd: root }).filter(
    (name) => !name.includes('.test.'),
  );
  const codes = sources.flatMap((name) => [
    ...read(name).matchAll(
      /(?:code: |\? |: |error\(\s*|warning\(|(?:fault|stop|report)\(\s*)'([a-z]+(?:-[a-z]+)+)'(?=,|\)|$|\n)/g,
    ),
  ]);
  const notCodes = /^(first-message|assign-|put-card|remove-card|set-flow|no-(text|keyword|zone|time)$)/;
  const found = new Set(codes.map(([, code]) => code!).filter((code) => !notCodes.test(code)));
  assert.ok(found.size > 35, `${found.size} codes found`);
  for (const code of found) assert.ok(readme.includes(`\`${code}\``), `${code} is not in the README`);
});

describe('the programs of the README', () => {
  const folder = new URL('../../../.test/readme/', import.meta.url);
  before(() => mkdirSync(folder, { recursive: true }));
  after(() => rmSync(folder, { recursive: true }));

  // Complete programs, each followed by its output.
  const programs = [...readme.matchAll(/```js\n(.*?)```\n\nIt prints\n\n```text\n(.*?)```/gs)];
  for (const [index, [, source, printed]] of programs.entries()) {
    it(`number ${index + 1} prints what it says`, () => {
      const file = new URL(`${index}.mjs`, folder);
      writeFileSync(file, source!);
      assert.equal(execFileSync(process.execPath, [fileURLToPath(file)], { encoding: 'utf8' }), printed);
    });
  }

  it('are all programs in it', () => {
    assert.equal(programs.length, 3);
    assert.equal(readme.split(/```(?:js|ts)/).length - 1, programs.length);
  });
});

it('the README names only exported functions', async () => {
  const { exports } = JSON.parse(read('package.json')) as { exports: Record<string, string> };
  const entries = Object.values(exports).filter((path) => path.endsWith('.ts'));
  const modules = await Promise.all(
    entries.map((path) => import(new URL(path, root).href) as Promise<object>),
  );
  const exported = new Set(modules.flatMap((module) => Object.keys(module)));
  const table = readme.slice(readme.indexOf('| For | Use |'), readme.indexOf('## Kinds of your own'));
  for (const [, name] of table.matchAll(/`([a-z]+[A-Z][A-Za-z]*)/g)) {
    if (['newId', 'buttonId', 'cardId'].includes(name!)) continue;
    assert.ok(exported.has(name!), `${name} is not exported`);
  }
});

it('the README states the number of vectors', () => {
  const files = globSync('vectors/*.json', { cwd: root }).map(
    (name) => JSON.parse(read(name)) as { cases?: []; documents?: [] },
  );
  const count = (list: 'cases' | 'documents') =>
    files.reduce((sum, file) => sum + (file[list]?.length ?? 0), 0);
  assert.match(readme, new RegExp(`${count('cases')} runs and ${count('documents')} documents`));
});
