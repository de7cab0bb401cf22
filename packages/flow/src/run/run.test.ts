import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import type { Flow, VisitorInput, Zones } from '../document/flow.ts';
import { publicEffect, publicFlow } from '../document/public-flow.ts';
import { deepFreeze } from '../testing/deep-freeze.ts';
import { exampleFlow } from '../testing/example-flow.ts';
import { randomFlow, randomInput, RANDOM_ZONES } from '../testing/random-flow.ts';
import { advance, startRun } from './advance.ts';
import { compileFlow } from './compile.ts';
import { explain } from './explain.ts';
import { SearchedText } from './searched-text.ts';
import type { FlowRun, TraceEntry } from './run-types.ts';
import { findsKeyword } from '../kinds/first-message-text/run.ts';
import { readInstant } from './wall-clock.ts';

const facts = { visitor: { name: 'Ani', attributes: { plan: 'pro' } } };
const message = (text: string, at = '2026-02-03T04:05:06.789Z'): VisitorInput => ({
  kind: 'message',
  id: 'm1',
  at,
  text,
});
const zones = { 'Asia/Jakarta': [[0, 420]] as [number, number][] };

describe('every run', () => {
  it('ends or waits, gives the same result each time, and does not mutate its input', () => {
    fc.assert(
      fc.property(fc.gen(), (gen) => {
        const pick = (bound: number) => gen(fc.nat, { max: bound - 1 });
        const flow = deepFreeze(randomFlow(pick, 12));
        const compiled = compileFlow(flow, deepFreeze(RANDOM_ZONES));
        const again = compileFlow(structuredClone(flow), RANDOM_ZONES);
        const open = compileFlow(publicFlow(flow), RANDOM_ZONES);
        let run: FlowRun = deepFreeze(startRun(deepFreeze(facts)));
        for (let number = 0; number < 4; number++) {
          const input = deepFreeze(randomInput(pick, flow, number));
          const answer = deepFreeze(advance(compiled, run, input));
          assert.deepEqual(advance(again, JSON.parse(JSON.stringify(run)) as FlowRun, input), answer);
          assert.deepEqual(advance(open, run, input), {
            ...answer,
            effects: answer.effects.map(publicEffect),
          });
          if (run.status === 'ended') assert.deepEqual(answer, { run, effects: [] });
          if (answer.run !== run) assert.notEqual(answer.run.status, 'new');
          assert.equal(
            answer.effects.filter(({ kind }) => kind === 'end').length,
            answer.run.status === 'ended' && run.status !== 'ended' ? 1 : 0,
          );
          assert.ok(answer.effects.length <= Object.keys(flow.cards).length + 2);
          run = answer.run;
        }
      }),
      { numRuns: 300 },
    );
  });

  it('has a trace that agrees with its effects', () => {
    fc.assert(
      fc.property(fc.gen(), (gen) => {
        const pick = (bound: number) => gen(fc.nat, { max: bound - 1 });
        const flow = randomFlow(pick, 12);
        const compiled = compileFlow(flow, RANDOM_ZONES);
        let run: FlowRun = startRun(facts);
        for (let number = 0; number < 4; number++) {
          const input = randomInput(pick, flow, number);
          const { trace, ...answer } = explain(compiled, run, input);
          assert.deepEqual(answer, advance(compiled, run, input));
          checkTrace(
            flow,
            trace,
            answer.effects.map(({ cardId }) => cardId),
          );
          run = answer.run;
        }
      }),
      { numRuns: 300 },
    );
  });

  it('never throws, for any JSON as flow, zones, run and input', () => {
    const word = fc.constantFrom('start', 'a', 'b', 'message', 'press', 'waiting', 'new', 'x-y');
    const junk = fc.oneof(fc.jsonValue({ maxDepth: 3 }), word);
    const known = Object.values(exampleFlow().cards).map((card) => card.kind);
    const kind = fc.constantFrom(...known, null, 7, '', '__proto__');
    const next = fc.oneof({ weight: 4, arbitrary: fc.array(word, { maxLength: 3 }) }, junk);
    const field = fc.oneof(junk, fc.array(word, { maxLength: 2 }));
    const test = fc.oneof(
      junk,
      fc.record({ kind: fc.constant('first-message-text'), match: field, keywords: field }),
      fc.record({
        kind: fc.constant('first-message-time'),
        from: field,
        to: field,
        days: field,
        timeZone: word,
      }),
      fc.record({ kind: fc.constant('first-message-time'), windows: field, timeZone: word }),
    );
    const fields = { text: field, label: field, to: field, labelIds: field, agentIds: field, teamIds: field };
    const card = fc.oneof(junk, fc.record({ kind, next, test, ...fields }, { requiredKeys: [] }));
    const flow = fc.oneof(junk, fc.record({ cards: fc.dictionary(word, card), timeZone: junk }));
    const zones = fc.oneof(junk, fc.dictionary(word, fc.oneof(junk, fc.array(junk, { maxLength: 3 }))));
    const first = fc.oneof(junk, fc.record({ id: junk, at: junk, text: junk }));
    const run = fc.oneof(
      junk,
      fc.record({ status: word, waitingAt: fc.oneof(word, junk), first, facts: junk }),
    );
    const more = { id: junk, at: junk, text: junk, cardId: word, buttonId: junk };
    const input = fc.oneof(junk, fc.record({ kind: word, ...more }, { requiredKeys: ['kind'] }));
    fc.assert(
      fc.property(flow, zones, fc.array(run), fc.array(input, { minLength: 1 }), (...values) => {
        const [anyFlow, anyZones, runs, inputs] = values as never as [Flow, Zones, FlowRun[], VisitorInput[]];
        const compiled = compileFlow(anyFlow, anyZones);
        for (const begun of [startRun(), ...runs]) {
          let at = begun;
          for (const one of inputs) {
            const answer = advance(compiled, at, one);
            assert.deepEqual(explain(compiled, at, one).effects, answer.effects);
            at = answer.run;
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('omits unknown facts, and cuts long ones', () => {
    const messy = {
      visitor: { name: '😀'.repeat(300), age: 7, email: 5, attributes: { a: 'x', b: 1 } },
      other: {},
    };
    assert.deepEqual(startRun(messy as never).facts, {
      visitor: { name: '😀'.repeat(256), attributes: { a: 'x' } },
    });
    assert.deepEqual(startRun(), { status: 'new', waitingAt: null, first: null, facts: {} });
  });

  it('reads only own properties of its facts', () => {
    const text = '{{visitor.name|-}} {{visitor.attributes.plan|-}} {{inbox.name|-}}';
    const flow = exampleFlow();
    Object.assign(flow.cards['ask']!, { text });
    const compiled = compileFlow(flow, zones);
    const inherited = Object.create({ name: 'X', plan: 'X' }) as object;
    const odd = { visitor: Object.assign(inherited, { attributes: inherited }), inbox: inherited };
    const run = { ...startRun(), facts: odd } as FlowRun;
    assert.equal((advance(compiled, run, message('halo')).effects[0] as { text: string }).text, '- - -');
  });

  it('returns effects that can be changed without changing later ones', () => {
    const compiled = compileFlow(exampleFlow(), zones);
    const answer = () => advance(compiled, startRun(), message('vip')).effects;
    const before = structuredClone(answer());
    for (const effect of answer())
      for (const value of Object.values(effect)) if (Array.isArray(value)) value.length = 0;
    assert.deepEqual(answer(), before);
    const asked = () =>
      advance(compiled, startRun(), message('halo')).effects[0] as { buttons: { label: string }[] };
    asked().buttons[0]!.label = 'other';
    assert.equal(asked().buttons[0]!.label, 'Pesanan');
  });

  it('accepts invalid inputs, runs and documents without throwing', () => {
    const compiled = compileFlow(exampleFlow(), zones);
    const run = startRun();
    for (const input of [null, {}, { kind: 'other' }, { kind: 'press' }, []] as unknown as VisitorInput[]) {
      assert.deepEqual(advance(compiled, run, input), { run, effects: [] });
    }
    assert.equal(advance(compiled, run, { kind: 'message', id: 'm' } as VisitorInput).run.first?.text, '');
    const lost: FlowRun = { ...run, status: 'waiting', waitingAt: 'gone' };
    assert.deepEqual(advance(compiled, lost, message('x')).effects, [
      { kind: 'end', cardId: 'gone', reason: 'unfinished' },
    ]);
    for (const offsets of [null, 7, [], [null], [7], ['x'], [[]], {}]) {
      const answer = advance(
        compileFlow(exampleFlow(), { 'Asia/Jakarta': offsets } as never),
        run,
        message('x'),
      );
      assert.equal(answer.effects[0]?.cardId, 'sorry', JSON.stringify(offsets));
    }
    const broken = [
      null,
      {},
      { cards: null },
      { cards: { a: null, b: 1, start: { kind: 'start' } } },
      { cards: { start: { kind: 'start', next: ['a'] }, a: { kind: 'message', next: ['start'] } } },
    ];
    for (const flow of broken as unknown as Flow[]) {
      const { effects } = advance(compileFlow(flow, null as never), run, message('x'));
      assert.equal(effects.at(-1)?.kind, 'end');
    }
    assert.deepEqual(startRun(null as never), run);
  });
});

describe('hostile flows', () => {
  const forkOf = (match: 'contains' | 'word', keyword: string): Flow => {
    const ids = Array.from({ length: 1900 }, (_, index) => `c${index}`);
    const test = { kind: 'first-message-text' as const, match, keywords: [keyword] };
    const branches = ids.map((id) => [id, { kind: 'condition' as const, test, next: [] }] as const);
    const cards = {
      ...Object.fromEntries(branches),
      start: { kind: 'start' as const, next: [...ids, 'o'] },
      o: { kind: 'else' as const, next: [] },
    };
    return { ...exampleFlow(), cards };
  };
  const cases: [string, 'contains' | 'word', string, string][] = [
    ['repeated letters', 'word', 'a'.repeat(990), 'a'.repeat(4000)],
    [
      'a different letter in the middle',
      'contains',
      `${'a'.repeat(500)}b${'a'.repeat(489)}`,
      'a'.repeat(4000),
    ],
    ['repeated words', 'word', `${'ab '.repeat(329)}a`, 'ab '.repeat(1333)],
  ];
  for (const [what, match, keyword, text] of cases) {
    it(`stay linear in the text for each branch: ${what}`, () => {
      const compiled = compileFlow(forkOf(match, keyword), zones);
      // Use the CPU time of the thread, which ignores other processes.
      const before = process.threadCpuUsage();
      const { effects } = advance(compiled, startRun(), message(text));
      const took = process.threadCpuUsage(before).user / 1000;
      assert.deepEqual(effects, [{ kind: 'end', cardId: 'o', reason: 'unfinished' }]);
      assert.ok(took < 3000, `${took} ms`);
    });
  }

  it('find long keywords where they are', () => {
    const pick = (keyword: string, text: string, match: 'contains' | 'word') => {
      const compiled = compileFlow(forkOf(match, keyword), zones);
      return advance(compiled, startRun(), message(text)).effects.at(-1)!.cardId;
    };
    const long = `${'ab '.repeat(20)}ab`;
    assert.equal(pick(long, `x ab ${long} y`, 'word'), 'c0');
    assert.equal(pick(long, `x${long}`, 'word'), 'o');
    assert.equal(pick(long, `x${long} ab`, 'word'), 'c0');
    assert.equal(pick(long, `x${long}y`, 'contains'), 'c0');
    assert.equal(pick(long, `x${long.slice(1)}y`, 'contains'), 'o');
    const periodic = `${'a'.repeat(40)}b`;
    assert.equal(pick(periodic, `${'a'.repeat(45)}b`, 'contains'), 'c0');
    assert.equal(pick(periodic, `${'a'.repeat(39)}b`, 'contains'), 'o');
  });
});

describe('finding keywords', () => {
  it('finds the same as a plain search, also for long keywords', () => {
    const isLetter = (character: string | undefined) =>
      character !== undefined && /[\p{L}\p{N}\p{M}]/u.test(character);
    const plainWord = (text: string, word: string) => {
      const [letters, wanted] = [[...text], [...word]];
      return letters.some(
        (_, at) =>
          letters.slice(at, at + wanted.length).join('') === word &&
          !isLetter(letters[at - 1]) &&
          !isLetter(letters[at + wanted.length]),
      );
    };
    const unit = fc.constantFrom('a', 'a', 'b', ' ', '😀', '𐐨');
    const keyword = fc.string({ unit, minLength: 1, maxLength: 45, size: 'max' });
    // Texts of whole keywords, truncated keywords, and separators.
    const piece = fc.oneof(fc.constant(-1), fc.nat({ max: 45 }), fc.string({ unit, maxLength: 2 }));
    fc.assert(
      fc.property(keyword, fc.array(piece, { maxLength: 6 }), (wanted, pieces) => {
        const cut = (length: number) => [...wanted].slice(0, length < 0 ? undefined : length).join('');
        const text = pieces.map((one) => (typeof one === 'number' ? cut(one) : one)).join('');
        const found = (match: string) => findsKeyword(match, new SearchedText(text), wanted);
        assert.deepEqual(['contains', 'word', 'equals', 'starts-with'].map(found), [
          text.includes(wanted),
          plainWord(text, wanted),
          text === wanted,
          text.startsWith(wanted),
        ]);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('the trace', () => {
  const explained = (text: string, at?: string) => {
    const compiled = compileFlow(exampleFlow(), zones);
    return explain(compiled, startRun(), message(text, at)).trace;
  };

  it('contains the keyword that matched, and marks the other branches as not evaluated', () => {
    assert.deepEqual(explained('Saya VIP').slice(0, 4), [
      { cardId: 'start', outcome: 'entered' },
      { cardId: 'vip', outcome: 'matched', why: { code: 'keyword', keyword: 'vip', text: 'saya vip' } },
      { cardId: 'hours', outcome: 'not-asked' },
      { cardId: 'rest', outcome: 'not-asked' },
    ]);
  });

  it('contains the wall-clock time and its zone', () => {
    assert.deepEqual(explained('halo', '2026-02-03T10:00:00Z').slice(1, 4), [
      { cardId: 'vip', outcome: 'not-matched', why: { code: 'no-keyword', text: 'halo' } },
      {
        cardId: 'hours',
        outcome: 'not-matched',
        why: { code: 'time', zone: 'Asia/Jakarta', clock: '17:00', weekday: 2 },
      },
      { cardId: 'rest', outcome: 'matched', why: { code: 'else' } },
    ]);
  });

  it('reports an unreadable time and an unknown zone', () => {
    assert.deepEqual(explained('halo', 'noon')[2]?.why, { code: 'no-time' });
    const compiled = compileFlow(exampleFlow());
    assert.deepEqual(explain(compiled, startRun(), message('halo')).trace[2]?.why, {
      code: 'no-zone',
      zone: 'Asia/Jakarta',
    });
  });

  it('distinguishes a pressed button from a typed one', () => {
    const compiled = compileFlow(exampleFlow(), zones);
    const { run } = advance(compiled, startRun(), message('halo'));
    const whys = (input: VisitorInput) =>
      explain(compiled, run, input)
        .trace.slice(0, 3)
        .map(({ outcome, why }) => [outcome, why?.code]);
    assert.deepEqual(whys({ kind: 'press', id: 'p', at: '', cardId: 'ask', buttonId: 'other' }), [
      ['not-asked', undefined],
      ['matched', 'pressed'],
      ['not-asked', undefined],
    ]);
    assert.deepEqual(whys(message('lainnya')), [
      ['not-matched', 'typed-other'],
      ['matched', 'typed-label'],
      ['not-asked', undefined],
    ]);
    assert.deepEqual(whys(message('2')), [
      ['not-matched', 'typed-other'],
      ['matched', 'typed-number'],
      ['not-asked', undefined],
    ]);
    assert.deepEqual(whys(message('9')), [
      ['not-matched', 'typed-other'],
      ['not-matched', 'typed-other'],
      ['matched', 'else'],
    ]);
  });
});

describe('reading a moment', () => {
  it('agrees with the calendar from year 0 to 9999', () => {
    for (const at of [
      '0000-01-01T00:00:00Z',
      '0000-02-29T12:00:00Z',
      '0099-12-31T23:59:59Z',
      '1900-02-28T00:00:00Z',
      '1969-12-31T23:59:59.999Z',
      '2000-02-29T00:00:00Z',
      '2026-02-03T04:05:06.789Z',
      '9999-12-31T23:59:59Z',
    ]) {
      assert.equal(readInstant(at), Date.parse(at), at);
    }
    for (const at of [
      '1900-02-29',
      '2026-02-29',
      '2026-04-31',
      '2026-00-10',
      '2026-13-10',
      '2026-01-00',
      '2026-01-32',
    ])
      assert.ok(Number.isNaN(readInstant(`${at}T00:00:00Z`)), at);
  });
});

describe('the public copy', () => {
  it('contains nothing that only the host may know', () => {
    const flow = exampleFlow();
    flow.cards['ask']!.title = 'RAHASIA';
    flow.cards['ask']!.note = 'RAHASIA';
    const secret = {
      ...flow,
      extra: 'RAHASIA',
      examples: [],
      cards: { ...flow.cards, mark: { ...flow.cards['mark'], hidden: 'RAHASIA' } },
    };
    const text = JSON.stringify(publicFlow(secret as Flow));
    assert.doesNotMatch(text, /RAHASIA|example\.com|lbl_|agt_|team_|ai_cs|examples|title|note/);
    assert.match(text, /prioritas.*Pesanan/s);
  });
});

/**
 * Checks that every fork has one result, evaluated from left to right with one taken branch, and that effects
 * come only from entered cards.
 */
function checkTrace(flow: Flow, trace: TraceEntry[], effectCards: string[]): void {
  const entered = new Set(
    trace.filter(({ outcome }) => outcome === 'entered' || outcome === 'matched').map(({ cardId }) => cardId),
  );
  for (const cardId of effectCards)
    assert.ok(entered.has(cardId) || trace.length === 0, `${cardId} was entered`);
  for (const { next } of Object.values(flow.cards)) {
    const about = trace.filter(({ cardId }) => next.includes(cardId) && next.length > 1);
    if (about.length === 0) continue;
    assert.deepEqual(
      about.map(({ cardId }) => cardId),
      next,
    );
    const outcomes = about.map(({ outcome }) => outcome).join();
    assert.match(outcomes, /^((not-matched|not-asked),)*matched(,not-asked)*$/);
    for (const { outcome, why } of about) assert.equal(why === undefined, outcome === 'not-asked');
  }
}
