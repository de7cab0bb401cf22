import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { exampleFlow } from '../testing/example-flow.ts';
import { deepFreeze } from '../testing/deep-freeze.ts';
import { randomFlow, seededPick } from '../testing/random-flow.ts';
import { emptyFlow } from './empty-flow.ts';
import type { Card } from './flow.ts';
import { FLOW_FORMAT } from './format.ts';
import { parseFlow, type ParseOptions } from './parse-flow.ts';

const codes = (value: unknown, options?: ParseOptions) => {
  const result = parseFlow(value, options);
  return result.ok ? [] : result.problems.map(({ code }) => code);
};
const withCards = (cards: Record<string, unknown>) => ({ ...exampleFlow(), cards });
/** Returns the CPU time of the thread in milliseconds, which ignores other processes. */
const time = (work: () => void) => {
  const before = process.threadCpuUsage();
  work();
  return process.threadCpuUsage(before).user / 1000;
};

describe('parsing a document', () => {
  it('returns a deep copy that keeps unknown properties', () => {
    const source = deepFreeze({ ...exampleFlow(), colour: { deep: [1, null, true] } });
    const result = parseFlow(source);
    assert.ok(result.ok);
    assert.deepEqual(result.flow, source);
    assert.notEqual(result.flow.cards['start'], source.cards['start']);
    assert.equal(JSON.stringify(result.flow), JSON.stringify(source));
  });

  it('accepts a new flow', () => {
    const flow = emptyFlow({ id: 'flow_1', name: 'Baru', timeZone: 'Asia/Jakarta' });
    assert.deepEqual(parseFlow(flow), { ok: true, flow });
  });

  it('reports the card, the place and what to do', () => {
    const result = parseFlow(
      withCards({ start: { kind: 'start', next: ['a/b~c'] }, a: { kind: 'message', text: 1, next: [] } }),
    );
    assert.deepEqual(result.ok ? [] : result.problems, [
      {
        code: 'wrong-type',
        severity: 'error',
        cardId: 'a',
        path: '/cards/a/text',
        message: 'Card "a" needs a string as text, not a number.',
        data: { expected: 'a string' },
      },
      {
        code: 'missing-child',
        severity: 'error',
        cardId: 'start',
        path: '/cards/start/next/0',
        message: 'Card "start" leads to "a/b~c", which is not in this flow.',
      },
      {
        code: 'orphan',
        severity: 'error',
        cardId: 'a',
        path: '/cards/a',
        message: 'Card "a" hangs on no other card; attach or remove it.',
      },
    ]);
  });

  it('reports all problems: a bad card hides no other problem of its own or of other cards', () => {
    const found = (value: unknown) => {
      const result = parseFlow(value);
      return result.ok ? [] : result.problems.map(({ code, cardId, path }) => [code, cardId, path]);
    };
    const cards = {
      start: { kind: 'start', next: ['half', 'gone'] },
      half: { kind: 'message', text: 7, next: 'x' },
      below: { kind: 'label', labelIds: [], next: [] },
      twice: { kind: 'label', labelIds: 1, next: ['one', 'two'] },
      one: { kind: 'label', labelIds: [], next: [] },
      two: { kind: 'label', labelIds: [], next: ['one'] },
      ring: { kind: 'label', labelIds: [], next: ['gnir'] },
      gnir: { kind: 'label', labelIds: [], next: ['ring'] },
    };
    assert.deepEqual(found({ ...withCards(cards), name: 1, timeZone: null, examples: {} }), [
      ['wrong-type', undefined, '/name'],
      ['wrong-type', undefined, '/timeZone'],
      ['wrong-type', 'half', '/cards/half/next'],
      ['wrong-type', 'half', '/cards/half/text'],
      ['wrong-type', 'twice', '/cards/twice/labelIds'],
      ['missing-child', 'start', '/cards/start/next/1'],
      ['two-parents', 'two', '/cards/two/next/0'],
      ['bad-children', 'twice', '/cards/twice/next'],
      ['cycle', 'ring', '/cards/ring'],
      ['wrong-type', undefined, '/examples'],
    ]);
    assert.deepEqual(
      found({
        ...withCards({
          start: { kind: 'start', next: ['a'] },
          a: { kind: 'message', text: 'half \ud83d', note: '\0', next: ['b'] },
          b: { kind: 'webhook', url: Number.NaN, next: ['c'] },
          c: () => 'no card',
        }),
        name: '\udead',
      }),
      [
        ['bad-text', undefined, '/name'],
        ['bad-text', 'a', '/cards/a/text'],
        ['bad-text', 'a', '/cards/a/note'],
        ['not-json', 'b', '/cards/b/url'],
        ['not-json', 'c', '/cards/c'],
      ],
    );
  });

  it('reports a card without a parent beside a card with an invalid id', () => {
    const label = { kind: 'label', labelIds: [], next: [] };
    const cards = { start: { kind: 'start', next: ['a\0'] }, 'a\0': label, alone: label };
    const result = parseFlow(withCards(cards));
    assert.deepEqual(result.ok ? [] : result.problems.map(({ code, path }) => [code, path]), [
      ['bad-text', '/cards/start/next/0'],
      ['bad-text', '/cards/a\0'],
      ['orphan', '/cards/alone'],
    ]);
  });

  it('parses what JSON would contain: no -0 and no undefined', () => {
    const result = parseFlow({ ...exampleFlow(), zero: -0, gone: undefined });
    assert.ok(result.ok);
    assert.deepEqual(result.flow, JSON.parse(JSON.stringify(result.flow)));
    assert.deepEqual(Object.keys(result.flow).slice(-1), ['zero']);
  });

  it('raises limits on request', () => {
    const flow = exampleFlow();
    (flow.cards['sorry'] as { text: string }).text = 'x'.repeat(10_001);
    assert.deepEqual([codes(flow), codes(flow, { limits: { text: 10_001 } })], [['text-too-long'], []]);
    assert.deepEqual(codes(exampleFlow(), { limits: { cards: 3 } }), ['too-many-cards']);
    assert.deepEqual(codes(exampleFlow(), { limits: { depth: 2 } }), ['too-deep']);
    assert.deepEqual(codes(exampleFlow(), { limits: { bytes: 100 } }), ['too-large']);
  });

  it('counts bytes of JSON in UTF-8 at every boundary between lengths', () => {
    const points = [
      1, 8, 9, 10, 11, 12, 13, 0x1f, 0x20, 0x22, 0x2f, 0x5c, 0x7e, 0x7f, 0x80, 0x7ff, 0x800, 0x8ff,
    ];
    for (const point of [...points, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff]) {
      const flow = { ...exampleFlow(), extra: String.fromCodePoint(point).repeat(3) };
      const bytes = new TextEncoder().encode(JSON.stringify(flow)).length;
      assert.deepEqual(codes(flow, { limits: { bytes: bytes - 1 } }), ['too-large'], point.toString(16));
      assert.deepEqual(codes(flow, { limits: { bytes } }), [], point.toString(16));
    }
  });

  it('counts bytes of JSON in UTF-8 exactly', () => {
    const anyJson = fc.json().filter((json) => !json.includes('__proto__'));
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), anyJson, (text, json) => {
        const whole = text.replaceAll('\0', '');
        const flow = { ...exampleFlow(), note: whole, extra: JSON.parse(json) as unknown };
        const bytes = new TextEncoder().encode(JSON.stringify(flow)).length;
        assert.deepEqual(codes(flow, { limits: { bytes: bytes - 1 } }), ['too-large']);
        assert.ok(!codes(flow, { limits: { bytes } }).includes('too-large'));
      }),
    );
  });

  it('migrates older formats step by step, and rejects a format without a migration', () => {
    const migrations = [
      {
        from: 'old/1',
        to: 'old/2',
        migrate: ({ title, ...rest }: Record<string, unknown>) => ({ ...rest, name: title }),
      },
      {
        from: 'old/2',
        to: FLOW_FORMAT,
        migrate: (document: Record<string, unknown>) => ({ ...document, timeZone: 'Asia/Jakarta' }),
      },
      { from: 'ring/1', to: 'ring/2', migrate: (document: Record<string, unknown>) => document },
      { from: 'ring/2', to: 'ring/1', migrate: (document: Record<string, unknown>) => document },
      {
        from: 'broken/1',
        to: FLOW_FORMAT,
        migrate: ({ cards }: Record<string, unknown>) => ({ cards: (cards as { a: { b: object } }).a.b }),
      },
    ];
    const { cards, id } = exampleFlow();
    const result = parseFlow({ format: 'old/1', id, title: 'Lama', cards }, { migrations });
    assert.ok(result.ok && result.flow.name === 'Lama' && result.flow.format === FLOW_FORMAT);
    assert.deepEqual(codes({ format: 'ring/1', id, cards }, { migrations }), ['not-a-flow']);
    assert.deepEqual(codes({ format: 'alur.flow/9', id, cards }, { migrations }), ['unknown-format']);
    assert.deepEqual(codes({ format: 'broken/1', id, cards: null }, { migrations }), ['not-a-flow']);
  });
});

describe('hostile documents', () => {
  it('cannot name a property or a card __proto__', () => {
    assert.deepEqual(codes(JSON.parse('{"__proto__": {}}')), ['bad-key', 'not-a-flow']);
    const flow = JSON.stringify(exampleFlow());
    assert.deepEqual(
      codes(JSON.parse(flow.replace('"cards":{', '"cards":{"__proto__":{"kind":"start","next":[]},'))),
      ['bad-key'],
    );
    assert.equal(({} as { kind?: string }).kind, undefined);
  });

  it('can use names of inherited properties as card ids', () => {
    const end: Card = { kind: 'assign-ai', aiAgentId: 'a', agentIds: [], next: [] };
    assert.deepEqual(
      codes(withCards({ start: { kind: 'start', next: ['constructor'] }, constructor: end })),
      [],
    );
    assert.deepEqual(codes(withCards({ start: { kind: 'start', next: ['toString'] } })), ['missing-child']);
    assert.deepEqual(codes(withCards({ start: { kind: 'constructor', next: ['hasOwnProperty'] } })), [
      'missing-child',
      'no-start',
      'orphan',
    ]);
  });

  it('are rejected if JSON cannot represent them', () => {
    const ring: Record<string, unknown> = { ...exampleFlow() };
    ring['self'] = ring;
    const thrower = Object.defineProperty({ ...exampleFlow() }, 'x', {
      enumerable: true,
      get() {
        throw new Error('no');
      },
    });
    const proxy = new Proxy([], {
      get() {
        throw new Error('no');
      },
    });
    assert.deepEqual(codes(ring), ['too-nested']);
    assert.deepEqual(codes(thrower), ['not-json']);
    assert.deepEqual(codes({ ...exampleFlow(), proxy }), ['not-json']);
    for (const value of [Number.NaN, () => 1, Symbol('x'), 1n])
      assert.deepEqual(codes({ ...exampleFlow(), value }), ['not-json']);
    assert.deepEqual(codes({ ...exampleFlow(), name: 'half \ud83d' }), ['bad-text']);
    assert.deepEqual(codes({ ...exampleFlow(), name: 'nul \0' }), ['bad-text']);
  });

  it('are rejected in bounded time at any size', () => {
    const junk: [string, unknown][] = [
      ['10 MB of text', 'x'.repeat(10_000_000)],
      ['10 MB in a name', { ...exampleFlow(), name: 'x'.repeat(10_000_000) }],
      ['a million levels', JSON.parse('['.repeat(1_000_000) + ']'.repeat(1_000_000))],
      ['a million small things', { ...exampleFlow(), junk: Array.from({ length: 1_000_000 }, () => ({})) }],
      ['a hole a billion wide', { ...exampleFlow(), junk: Object.assign([], { length: 1_000_000_000 }) }],
    ];
    for (const [what, value] of junk) {
      const took = time(() => assert.ok(codes(value).length > 0, what));
      assert.ok(took < 2000, `${what}: ${took} ms`);
    }
  });

  it('are parsed in linear time: deep chains, wide forks, many problems', () => {
    const chain: Record<string, unknown> = { start: { kind: 'start', next: ['c0'] } };
    for (let i = 0; i < 50_000; i++)
      chain[`c${i}`] = { kind: 'label', labelIds: [], next: i < 49_999 ? [`c${i + 1}`] : [] };
    const limits = { cards: 100_000, bytes: 20_000_000 };
    assert.deepEqual(codes(withCards(chain), { limits }), ['too-deep']);
    assert.deepEqual(codes(withCards(chain), { limits: { ...limits, depth: 50_000 } }), []);
    const rings: Record<string, unknown> = { start: { kind: 'start', next: [] } };
    for (let i = 0; i < 1000; i++) {
      rings[`a${i}`] = { kind: 'label', labelIds: [], next: [`b${i}`] };
      rings[`b${i}`] = { kind: 'label', labelIds: [], next: [`a${i}`] };
    }
    const found = codes(withCards(rings), { limits });
    assert.deepEqual([found.length, new Set(found)], [1000, new Set(['cycle'])]);
    const wrong = withCards({ start: { kind: 'start', next: Array.from({ length: 200_000 }, () => 'x') } });
    assert.equal(codes(wrong).at(-1), 'too-many-problems');
    const holes = { ...exampleFlow(), holes: Array.from({ length: 500_000 }, () => undefined) };
    assert.deepEqual([codes(holes).length, codes(holes).at(-1)], [1001, 'too-many-problems']);
  });

  it('never make the parser throw, and an accepted document parses to the same bytes', () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }),
        (value) => {
          parseFlow(value);
          parseFlow({ ...exampleFlow(), cards: value });
          parseFlow(withCards({ start: { kind: 'start', next: ['a'] }, a: value }));
        },
      ),
      { numRuns: 500 },
    );
    for (let seed = 0; seed < 500; seed++) {
      const flow = randomFlow(seededPick(seed));
      const first = parseFlow(flow);
      assert.ok(first.ok);
      const again = parseFlow(JSON.parse(JSON.stringify(first.flow)));
      assert.ok(again.ok && JSON.stringify(again.flow) === JSON.stringify(flow));
    }
  });
});
