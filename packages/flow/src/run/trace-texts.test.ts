import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TraceEntry } from './run-types.ts';
import { packTrace, unpackTrace } from './trace-texts.ts';

const trace: TraceEntry[] = [
  { cardId: 'ask', outcome: 'entered' },
  { cardId: 'a', outcome: 'not-matched', why: { code: 'typed-other', text: 'ya' } },
  { cardId: 'b', outcome: 'matched', why: { code: 'typed-number', text: 'ya' } },
  { cardId: 'c', outcome: 'not-matched', why: { code: 'no-keyword', text: 'halo' } },
  { cardId: 'd', outcome: 'not-matched', why: { code: 'time', zone: 'UTC', clock: '10:00', weekday: 1 } },
  { cardId: 'e', outcome: 'not-matched', why: { code: 'x-puzzle', text: 'halo' } },
  { cardId: 'f', outcome: 'matched', why: { code: 'keyword', keyword: 'halo', text: 'halo' } },
  { cardId: 'g', outcome: 'not-asked' },
  { cardId: 'h', outcome: 'not-matched', why: { code: 'typed-other', text: '' } },
];

describe('packTrace', () => {
  it('contains each text once, where it changes', () => {
    assert.deepEqual(
      packTrace(trace).map(({ why }) => why?.['text']),
      [undefined, 'ya', undefined, 'halo', undefined, 'halo', undefined, undefined, ''],
    );
  });

  it('is reversed by unpackTrace, also after JSON', () => {
    assert.deepEqual(unpackTrace(JSON.parse(JSON.stringify(packTrace(trace)))), trace);
  });
});

describe('unpackTrace', () => {
  it('returns a trace unchanged if all its reasons have their text', () => {
    assert.deepEqual(unpackTrace(trace), trace);
  });

  it('accepts a code that is also the name of an inherited property', () => {
    const odd = [{ cardId: 'a', outcome: 'matched', why: { code: 'constructor' } } as const];
    assert.deepEqual(unpackTrace(odd), odd);
  });
});
