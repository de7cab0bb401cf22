import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { checkFlow, type CheckOptions } from './check/check-flow.ts';
import type { Facts, Flow, VisitorInput, Zones } from './document/flow.ts';
import { FLOW_FORMAT } from './document/format.ts';
import { currentFlow } from './document/migrate.ts';
import { parseFlow } from './document/parse-flow.ts';
import { publicEffect, publicFlow, type PublicFlow } from './document/public-flow.ts';
import { zoneTables } from './document/zone-tables.ts';
import { advance, startRun } from './run/advance.ts';
import { compileFlow } from './run/compile.ts';
import type { Effect, FlowRun } from './run/run-types.ts';
import { deepFreeze } from './testing/deep-freeze.ts';

interface Case {
  id: string;
  rule: number;
  because: string;
  flow: Flow;
  zones: Zones;
  facts?: Facts;
  steps: { input: VisitorInput; effects: Effect[]; run: FlowRun }[];
}

const folder = new URL('../vectors/', import.meta.url);
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => ({ name, ...read(new URL(name, folder)) }));
const cases = files.flatMap((file) => file.cases ?? []);

describe('conformance vectors', () => {
  it('are at least 150 with unique ids, and cover every rule of a run', () => {
    assert.ok(cases.length >= 150, `${cases.length} cases`);
    for (const file of files) {
      const { cases = [], documents = [], checks = [], zoneTables = [], publicCopies = [] } = file;
      const ids = [...cases, ...documents, ...checks, ...zoneTables, ...publicCopies].map(({ id }) => id);
      assert.equal(new Set(ids).size, ids.length, file.name);
    }
    assert.deepEqual(
      [...new Set(cases.map(({ rule }) => rule))].sort((a, b) => a - b),
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 14],
    );
  });

  for (const { name, cases = [] } of files) {
    if (cases.length === 0) continue;
    it(`${name}: the engine gives what is written, and the same on the public copy`, () => {
      for (const vector of cases) runCase(deepFreeze(vector));
    });
  }

  it('reading.json: parseFlow accepts and rejects these documents', () => {
    const documents = files.flatMap((file) => file.documents ?? []);
    assert.ok(documents.length > 40);
    for (const { id, because, document, refused } of documents) {
      const result = parseFlow(document);
      const codes = result.ok ? [] : [...new Set(result.problems.map(({ code }) => code))];
      assert.deepEqual(codes.sort(), [...refused].sort(), `${id}: ${because}`);
      if (result.ok) assert.deepEqual(result.flow, { ...(document as Flow), format: FLOW_FORMAT }, id);
    }
  });

  it('migration.json: parseFlow migrates older documents to the current format', () => {
    const migrations = files.flatMap((file) => file.migrations ?? []);
    assert.ok(migrations.length > 10);
    for (const { id, because, document, migrated } of migrations) {
      assert.deepEqual(parseFlow(deepFreeze(document)), { ok: true, flow: migrated }, `${id}: ${because}`);
      assert.deepEqual(parseFlow(migrated), { ok: true, flow: migrated }, `${id}: twice`);
    }
  });
});

describe('vectors of functions beside a run', () => {
  it('check.json: checkFlow reports exactly these errors, and a flow without errors can go live', () => {
    const checks = files.flatMap((file) => file.checks ?? []);
    assert.ok(checks.length > 60);
    for (const { id, because, flow, options, errors } of checks) {
      const found = checkFlow(readFlow(id, flow), options).filter(({ severity }) => severity === 'error');
      assert.deepEqual(
        found.map(({ code, path }) => ({ code, path })),
        errors,
        `${id}: ${because}`,
      );
    }
  });

  it('zones.json: zoneTables returns these tables', () => {
    const tables = files.flatMap((file) => file.zoneTables ?? []);
    assert.ok(tables.length > 10);
    for (const { id, because, flow, from, days, zones } of tables)
      assert.deepEqual(zoneTables(readFlow(id, flow), from, days), zones, `${id}: ${because}`);
  });

  it('public-copy.json: publicFlow returns exactly this copy, and the same for a copy of the copy', () => {
    const copies = files.flatMap((file) => file.publicCopies ?? []);
    assert.ok(copies.length > 10);
    for (const { id, because, flow, public: open } of copies) {
      assert.deepEqual(publicFlow(readFlow(id, flow)), open, `${id}: ${because}`);
      assert.deepEqual(publicFlow(open as Flow), open, `${id}: twice`);
    }
  });
});

/** Returns the flow of a vector, frozen. Fails if `parseFlow` rejects it. */
function readFlow(id: string, flow: Flow): Flow {
  const parsed = parseFlow(flow);
  assert.ok(parsed.ok, `${id}: the flow parses`);
  return deepFreeze(parsed.flow);
}

/** Runs a case on the original document and, if it has an older format, on its migration. */
function runCase({ flow, ...vector }: Case): void {
  const parsed = parseFlow(flow);
  assert.ok(parsed.ok, `${vector.id}: the flow parses`);
  followAs({ flow, ...vector });
  if (parsed.flow.format !== (flow.format as string)) followAs({ flow: parsed.flow, ...vector });
}

function followAs({ id, because, flow, zones, facts, steps }: Case): void {
  const whole = compileFlow(flow, zones);
  const open = compileFlow(publicFlow(currentFlow(flow)), zones);
  let run = startRun(facts);
  for (const [index, step] of steps.entries()) {
    const message = `${id}, step ${index + 1}: ${because}`;
    const expected = { run: step.run, effects: step.effects };
    assert.deepEqual(
      advance(open, run, step.input),
      { ...expected, effects: step.effects.map(publicEffect) },
      message,
    );
    const answer = advance(whole, run, step.input);
    assert.deepEqual(answer, expected, message);
    run = answer.run;
  }
}

/** Lists of vectors in a file, by subject. */
interface VectorFile {
  cases?: Case[];
  documents?: { id: string; because: string; document: unknown; refused: string[] }[];
  migrations?: { id: string; because: string; document: unknown; migrated: Flow }[];
  checks?: { id: string; because: string; flow: Flow; options?: CheckOptions; errors: object[] }[];
  zoneTables?: { id: string; because: string; flow: Flow; from: number; days: number; zones: Zones }[];
  publicCopies?: { id: string; because: string; flow: Flow; public: PublicFlow }[];
}

function read(url: URL): VectorFile {
  return JSON.parse(readFileSync(url, 'utf8'));
}
