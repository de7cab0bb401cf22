/**
 * Checks which package may import which. The arrows are those of ARCHITECTURE.md. A failure names the file.
 *
 * @module
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { glob, readdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { test } from 'node:test';
import { brokenFolderRule, FOLDER_RULES } from './folder-rules.ts';
import {
  circlesOf,
  importsIn,
  readImportGraph,
  ROOT,
  targetOf,
  without,
  type Import,
} from './import-graph.ts';
import { KNOWN_CIRCLES } from './known-circles.ts';

interface Arrow {
  /** Workspace packages it may import at run time. */
  imports: string[];
  /** Workspace packages it may import types from. */
  types: string[];
  /** Runtime dependencies from npm. */
  libraries: string[];
}

const ARROWS: Record<string, Arrow> = {
  flow: { imports: [], types: [], libraries: [] },
  protocol: { imports: [], types: ['flow'], libraries: [] },
  client: { imports: ['protocol'], types: ['protocol'], libraries: ['openapi-fetch'] },
  'livechat-widget': {
    imports: ['client', 'flow'],
    types: ['client', 'flow'],
    libraries: ['nanostores', 'lit'],
  },
  'flow-editor': {
    imports: ['flow'],
    types: ['flow'],
    libraries: ['lit', 'nanostores', '@floating-ui/dom'],
  },
  host: {
    imports: ['protocol', 'flow'],
    types: ['protocol', 'flow'],
    libraries: [
      'hono',
      '@hono/node-server',
      '@electric-sql/pglite',
      'pg',
      'ajv',
      'ajv-formats',
      'jose',
      'yaml',
      'sharp',
    ],
  },
  conformance: { imports: ['protocol', 'flow'], types: ['protocol', 'flow'], libraries: ['ajv', 'yaml'] },
};

/** Host and conformance kit run on Node only. All other packages must also run in a browser. */
const MAY_USE_NODE = new Set(['host', 'conformance']);

async function importsOf(name: string): Promise<Import[]> {
  const found: Import[] = [];
  for await (const file of glob(`packages/${name}/src/**/*.ts`, { cwd: ROOT })) {
    // Tests and build-time scripts of a package may use what they need.
    if (/\.test\.ts$|\/generate[^/]*\.ts$|\/testing\//.test(file)) continue;
    found.push(...importsIn(file, await readFile(ROOT + file, 'utf8')));
  }
  return found;
}

/** Returns the fault of one import of package `name`, or null. */
export function brokenArrow(name: string, { file, specifier, typeOnly }: Import): string | null {
  const arrow = ARROWS[name]!;
  const target = targetOf({ file, specifier });
  if (target !== null) {
    return target.startsWith(`packages/${name}/`) ? null : `reaches out of its package: ${specifier}`;
  }
  if (specifier.startsWith('@alur/')) {
    const target = specifier.split('/')[1]!;
    const allowed =
      target === name || arrow.imports.includes(target) || (typeOnly && arrow.types.includes(target));
    return allowed ? null : `may not know ${specifier}${typeOnly ? '' : ' at run time'}`;
  }
  if (specifier.startsWith('node:'))
    return MAY_USE_NODE.has(name) ? null : `uses ${specifier}, which a browser does not have`;
  const library = arrow.libraries.some((known) => specifier === known || specifier.startsWith(`${known}/`));
  return library ? null : `depends on ${specifier}, which is not on its list`;
}

for (const name of Object.keys(ARROWS)) {
  test(`packages/${name} imports only its allowed dependencies`, async () => {
    const imports = await importsOf(name);
    const broken = imports.flatMap((one) => {
      const fault = brokenArrow(name, one);
      return fault ? [`${one.file} ${fault}`] : [];
    });
    assert.deepEqual(broken, []);
  });
}

test('every published package has a dependency rule', async () => {
  const names: string[] = [];
  for await (const file of glob('packages/*/package.json', { cwd: ROOT })) {
    const manifest = JSON.parse(await readFile(ROOT + file, 'utf8')) as { private?: boolean };
    if (!manifest.private) names.push(file.split(/[\\/]/)[1]!);
  }
  assert.deepEqual(names.toSorted(), Object.keys(ARROWS).toSorted());
});

test('declared dependencies are the ones on the list', async () => {
  for (const [name, arrow] of Object.entries(ARROWS)) {
    const manifest = JSON.parse(await readFile(`${ROOT}packages/${name}/package.json`, 'utf8')) as {
      dependencies?: Record<string, string>;
    };
    const allowed = [
      ...arrow.libraries,
      ...[...arrow.imports, ...arrow.types].map((other) => `@alur/${other}`),
    ];
    const extra = Object.keys(manifest.dependencies ?? {}).filter(
      (dependency) => !allowed.includes(dependency),
    );
    assert.deepEqual(extra, [], `packages/${name}/package.json`);
  }
});

const EXACT = /^\d/;
const WORKSPACE = 'workspace:*';

/** Returns the versions that break the rule: ranges in published packages, exact versions in private ones. */
export function brokenVersions(manifest: {
  private?: boolean;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}): string[] {
  const { dependencies = {}, devDependencies = {} } = manifest;
  return Object.entries({ ...dependencies, ...devDependencies })
    .filter(([, version]) => version !== WORKSPACE)
    .filter(([, version]) => (manifest.private ? !EXACT.test(version) : !version.startsWith('^')))
    .map(([name, version]) => `${name} ${version}`);
}

test('published packages depend on caret ranges, the private root on exact versions', async () => {
  for await (const file of glob(['package.json', 'packages/*/package.json'], { cwd: ROOT })) {
    const manifest = JSON.parse(await readFile(ROOT + file, 'utf8')) as Parameters<typeof brokenVersions>[0];
    assert.deepEqual(brokenVersions(manifest), [], file);
  }
  assert.deepEqual(brokenVersions({ dependencies: { lit: '3.3.3', pg: '^8.0.0' } }), ['lit 3.3.3']);
  assert.deepEqual(brokenVersions({ private: true, devDependencies: { lit: '^3.0.0' } }), ['lit ^3.0.0']);
});

test('folders of packages import only what their rules allow', async () => {
  const imports = (await Promise.all(Object.keys(ARROWS).map(importsOf))).flat();
  assert.deepEqual(
    imports.flatMap((one) => brokenFolderRule(one) ?? []),
    [],
  );
  for (const { folder } of FOLDER_RULES)
    assert.ok(
      imports.some(({ file }) => file.startsWith(`${folder}/`)),
      `${folder} has files`,
    );
});

test('a card kind has one folder, with its type and what authors need, and one file of the editor', async () => {
  const missing: string[] = [];
  let count = 0;
  for await (const folder of glob('packages/flow/src/kinds/*/', { cwd: ROOT })) {
    count += 1;
    const files = await readdir(ROOT + folder);
    for (const file of ['type.ts', 'author.ts']) if (!files.includes(file)) missing.push(`${folder}/${file}`);
    const inEditor = `packages/flow-editor/src/kinds/${basename(folder)}.ts`;
    if (!existsSync(ROOT + inEditor)) missing.push(inEditor);
  }
  assert.deepEqual(missing, []);
  assert.equal(count, 14);
});

/**
 * A card kind in a comparison or a case, such as `kind === 'webhook'`. `message` is also a kind of input.
 */
const NAMES_KIND = /(?:kind (?:===|!==)|case) '(label|collaborator|webhook|assign-ai|assign-human)'/g;

/** Files outside of the kinds' folders that handle effects, which have the same names as their cards. */
const HANDLE_EFFECTS = [
  'packages/flow/src/document/public-flow.ts',
  'packages/flow/src/examples/run-examples.ts',
  'packages/flow-editor/src/elements/flow-simulator/flow-simulator.ts',
  'packages/host/src/operations/apply-effects.ts',
];

test('only the folder of a card kind knows its name', async () => {
  const found: string[] = [];
  for (const name of ['flow', 'flow-editor'])
    for await (const file of glob(`packages/${name}/src/**/*.ts`, { cwd: ROOT })) {
      if (/\.test\.ts$|\/testing\/|\/kinds\//.test(file) || HANDLE_EFFECTS.includes(file)) continue;
      const source = await readFile(ROOT + file, 'utf8');
      found.push(...[...source.matchAll(NAMES_KIND)].map(([text]) => `${file}: ${text}`));
    }
  assert.deepEqual(found, []);
  assert.equal([..."if (card.kind === 'webhook') case 'label':".matchAll(NAMES_KIND)].length, 2);
});

test('there are no import cycles, types included, except the known ones', async () => {
  const graph = await readImportGraph([
    'packages/*/src/**/*.ts',
    'packages/tooling/**/*.ts',
    'test/**/*.ts',
    'demo/**/*.ts',
  ]);
  assert.ok(graph.size > 900, `${graph.size} files were read`);
  const known = Object.entries(KNOWN_CIRCLES).flatMap(([to, files]) =>
    files.map((from) => `${from} -> ${to}`),
  );
  const listOf = (circles: ReturnType<typeof circlesOf>): string[] =>
    [...circles].flatMap(([from, imported]) => imported.map((to) => `${from} -> ${to}`));
  assert.deepEqual(listOf(circlesOf(without(graph, new Set(known)))), [], 'imports that close a circle');
  const all = new Set(listOf(circlesOf(graph)));
  assert.deepEqual(
    known.filter((one) => !all.has(one)),
    [],
    'these close no circle any more: remove them from test/known-circles.ts',
  );
});

/** Files that may create an object whose `error` event ends the process when it has no listener. */
const CREATES_EMITTERS: Record<string, readonly string[]> = {
  pg: ['packages/host/src/database/postgres-connection.ts'],
  'node:worker_threads': ['packages/host/src/database/', 'packages/host/src/ai/question-'],
};

test('connections to PostgreSQL and threads are created in one place, which listens for their errors', async () => {
  const outside = (await importsOf('host')).filter(({ file, specifier, typeOnly }) => {
    const places = CREATES_EMITTERS[specifier];
    return places !== undefined && !typeOnly && !places.some((place) => file.startsWith(place));
  });
  assert.deepEqual(outside, []);
});

test('the flow package uses no clock, randomness or locale in a run', async () => {
  const forbidden =
    /\bMath\.random\b|\bDate\.now\b|new Date\(\)|\bcrypto\b|\bfetch\(|\blocalStorage\b|\bdocument\./;
  const intlInRun = /\bIntl\b|toLocale/;
  for await (const file of glob('packages/flow/src/**/*.ts', { cwd: ROOT })) {
    if (/\.test\.ts$|\/testing\//.test(file)) continue;
    const source = (await readFile(ROOT + file, 'utf8')).replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    assert.ok(!forbidden.test(source), `${file}: ${source.match(forbidden)?.[0]}`);
    if (/\/src\/run\//.test(file))
      assert.ok(!intlInRun.test(source), `${file}: ${source.match(intlInRun)?.[0]}`);
  }
});

/**
 * APIs that create elements from text. Text that people write must never reach them, so no code uses them.
 */
const HTML_SINK =
  /\b(?:innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe|parseHTMLUnsafe|createContextualFragment|unsafeHTML|unsafeSVG|unsafeStatic|srcdoc)\b|\bdocument\s*\??\.\s*write(?:ln)?\b/g;

/** Simulates Google's container, which inserts a site's own snippet as markup. */
const PUTS_IN_MARKUP = 'demo/embeds/tag-manager/container.js';

/** Returns the parts of a file that create elements from text. */
export function htmlSinksOf(source: string): string[] {
  return [...source.matchAll(HTML_SINK)].map(([found]) => found);
}

test('no shipped code or demo creates elements from text', async () => {
  const found: string[] = [];
  let files = 0;
  for (const folder of ['packages/*/src', 'demo'])
    for await (const file of glob(`${folder}/**/*.{ts,js,html,css}`, { cwd: ROOT })) {
      if (/\.test\.ts$|(?:^|\/)(?:node_modules|dist)\//.test(file) || file === PUTS_IN_MARKUP) continue;
      files += 1;
      const sinks = htmlSinksOf(await readFile(ROOT + file, 'utf8'));
      found.push(...sinks.map((sink) => `${file} uses ${sink}`));
    }
  assert.deepEqual(found, []);
  assert.ok(files > 300, `only ${files} files were read`);
});

test('every way to create elements from text is detected', () => {
  for (const line of [
    'element.innerHTML = text',
    "element['innerHTML'] += text",
    'element.outerHTML=text',
    "element.insertAdjacentHTML('beforeend', text)",
    'root.setHTMLUnsafe(text)',
    'Document.parseHTMLUnsafe(text)',
    'document.write(text)',
    'document\n  .writeln(text)',
    "import { unsafeHTML } from 'lit/directives/unsafe-html.js'",
    'html`<div .innerHTML=${text}></div>`',
    '<iframe srcdoc="${text}">',
    'range.createContextualFragment(text)',
  ])
    assert.equal(htmlSinksOf(line).length, 1, line);
  for (const line of [
    'html`<p>${text}</p>`',
    'element.textContent = text',
    'stream.write(text)',
    'innerHTMLs',
  ])
    assert.deepEqual(htmlSinksOf(line), [], line);
});

test('a forbidden package import is detected', () => {
  const at = (file: string, specifier: string, typeOnly = false): Import => ({ file, specifier, typeOnly });
  assert.match(brokenArrow('flow', at('packages/flow/src/a.ts', 'lit'))!, /not on its list/);
  assert.match(brokenArrow('protocol', at('packages/protocol/src/a.ts', '@alur/flow'))!, /at run time/);
  assert.equal(brokenArrow('protocol', at('packages/protocol/src/a.ts', '@alur/flow', true)), null);
  assert.match(
    brokenArrow('client', at('packages/client/src/a.ts', '../../flow/src/index.ts'))!,
    /reaches out/,
  );
  assert.match(brokenArrow('client', at('packages/client/src/a.ts', 'node:fs'))!, /browser/);
});

test('a forbidden folder import is detected', () => {
  for (const { folder, never, typesOnly = [] } of FOLDER_RULES) {
    const at = (target: string, typeOnly: boolean): Import => ({
      file: `${folder}/a.ts`,
      specifier: `../${target}/b.ts`,
      typeOnly,
    });
    for (const target of never) {
      assert.match(brokenFolderRule(at(target, true))!, /must not import/);
      assert.match(brokenFolderRule(at(target, false))!, /must not import/);
    }
    for (const target of typesOnly) {
      assert.match(brokenFolderRule(at(target, false))!, /only types/);
      assert.equal(brokenFolderRule(at(target, true)), null);
    }
    assert.equal(brokenFolderRule(at('strings', false)), null);
  }
});

test('an import cycle is detected, type imports included, and only its own imports are listed', () => {
  const graphOf = (files: Record<string, string>): Map<string, string[]> =>
    new Map(
      Object.entries(files).map(([file, source]) => [
        file,
        importsIn(file, source).flatMap((one) => targetOf(one) ?? []),
      ]),
    );
  const graph = graphOf({
    'a/one.ts': "import { two } from './two.ts';\nimport { four } from './four.ts';",
    'a/two.ts': "import type { Three } from '../b/three.ts';",
    'b/three.ts': "export const load = () => import('../a/one.ts');",
    'a/four.ts': "import 'lit';",
    'a/five.ts': "import { one } from './one.ts';",
  });
  assert.deepEqual(Object.fromEntries(circlesOf(graph)), {
    'a/one.ts': ['a/two.ts'],
    'a/two.ts': ['b/three.ts'],
    'b/three.ts': ['a/one.ts'],
  });
  assert.equal(circlesOf(without(graph, new Set(['a/two.ts -> b/three.ts']))).size, 0);
});
