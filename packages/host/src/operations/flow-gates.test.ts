import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flowOf, shopCards } from '../testing/test-workspace.ts';
import { authorKinds } from '@alur/flow';
import { checkDocument, readDocument } from './flow-gates.ts';

const document = flowOf('flow_shop', shopCards);
const breakDown = (): never => {
  throw new TypeError('cannot read properties of undefined');
};

test('a validator that throws keeps the document, adds an error and logs the exception', (t) => {
  const log = t.mock.method(console, 'error', () => {});
  const read = readDocument(document, authorKinds);
  const problems = checkDocument(read, undefined, authorKinds, breakDown);
  assert.deepEqual(read.flow, document);
  assert.deepEqual(
    problems.map(({ code, severity }) => [code, severity]),
    [['check-failed', 'error']],
  );
  assert.equal(log.mock.callCount(), 1);
});

test('so does a parser that throws; invalid JSON is still rejected', (t) => {
  t.mock.method(console, 'error', () => {});
  const read = readDocument(document, authorKinds, breakDown);
  assert.equal(read.flow, document);
  assert.equal(checkDocument(read, undefined, authorKinds)[0]?.code, 'check-failed');
  assert.throws(() => readDocument('nothing', authorKinds, breakDown));
  assert.throws(() => readDocument({ format: 'other' }, authorKinds), { code: 'flow_invalid' });
});
