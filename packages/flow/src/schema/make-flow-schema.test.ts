import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parseFlow } from '../document/parse-flow.ts';
import { exampleFlow } from '../testing/example-flow.ts';
import { randomFlow, seededPick } from '../testing/random-flow.ts';
import { makeFlowSchema } from './make-flow-schema.ts';

const read = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'));
const compile = (schema: object) => new Ajv2020({ strict: false }).compile(schema);
const isValid = compile(makeFlowSchema());
const isValidV1 = compile(read('schema/alur.flow-1.schema.json') as object);

it('the schema in the repository is the one that the kinds declare; else run `npm run generate:schema`', () => {
  assert.deepEqual(read('schema/alur.flow-2.schema.json'), makeFlowSchema());
});

it('accepts every flow that parses', () => {
  assert.ok(isValid(exampleFlow()), JSON.stringify(isValid.errors));
  for (let seed = 0; seed < 300; seed++) {
    assert.ok(isValid(randomFlow(seededPick(seed))), `seed ${seed}: ${JSON.stringify(isValid.errors)}`);
  }
});

it('agrees with parseFlow on types and lengths', () => {
  const { documents } = read('vectors/reading.json') as {
    documents: { id: string; document: unknown; refused: string[] }[];
  };
  // Rules that a schema cannot express: one tree of cards, and limits of texts and nesting.
  const beyond = [
    'no-start',
    'second-start',
    'orphan',
    'missing-child',
    'two-parents',
    'cycle',
    'bad-children',
    'too-deep',
    'bad-text',
    'bad-key',
    'too-nested',
  ];
  for (const { id, document, refused } of documents) {
    const isOld = (document as { format?: unknown } | null)?.format === 'alur.flow/1';
    const takes = (isOld ? isValidV1 : isValid)(document);
    assert.equal(
      takes,
      refused.every((code) => beyond.includes(code)),
      id,
    );
    if (!takes) assert.equal(parseFlow(document).ok, false);
  }
});
