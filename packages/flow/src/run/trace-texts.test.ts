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
  it('states each text once, where it changes', () => {
    assert.deepEqual(
      packTrace(trace).map(({ why }) => why?.['text']),
      [undefined, 'ya', undefined, 'halo', undefined, 'halo', undefined, undefined, ''],
    );
  });

  it('is undone by unpackTrace, also after a way through JSON', () => {
    assert.deepEqual(unpackTrace(JSON.parse(JSON.stringify(packTrace(trace)))), trace);
  });
});

describe('unpackTrace', () => {
  it('leaves a trace whose reasons all have their text as it is', () => {
    assert.deepEqual(unpackTrace(trace), trace);
  });

  it('takes a code for what it is, also one that every object inherits', () => {
    const odd = [{ cardId: 'a', outcome: 'matched', why: { code: 'constructor' } } as const];
    assert.deepEqual(unpackTrace(odd), odd);
  });
});
