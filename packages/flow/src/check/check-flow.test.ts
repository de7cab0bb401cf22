import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Card, Flow, FlowTest, TimeTest } from '../document/flow.ts';
import { parseFlow } from '../document/parse-flow.ts';
import { exampleFlow } from '../testing/example-flow.ts';
import { checkFlow, type CheckOptions } from './check-flow.ts';

const ai: Card = { kind: 'assign-ai', aiAgentId: 'ai', agentIds: [], next: [] };

/** Returns a flow of the given cards. Missing children become ends. */
function flowOf(cards: Record<string, Card>, timeZone = 'Asia/Jakarta'): Flow {
  const flow: Flow = { format: 'alur.flow/2', id: 'f', name: 'F', timeZone, cards: { ...cards } };
  for (const { next } of Object.values(cards)) for (const id of next) flow.cards[id] ??= { ...ai };
  const result = parseFlow(flow);
  assert.ok(result.ok, result.ok ? '' : JSON.stringify(result.problems));
  return flow;
}

/** Returns a flow of one fork with these tests, `t0` to `tN`, and `else`. */
function forkOf(...tests: (FlowTest | null)[]): Flow {
  const branches = tests.map(
    (test, index) => [`t${index}`, { kind: 'condition', test, next: [`e${index}`] }] as const,
  );
  return flowOf({
    start: { kind: 'start', next: [...branches.map(([id]) => id), 'else'] },
    ...Object.fromEntries(branches),
    else: { kind: 'else', next: ['last'] },
  });
}

const text = (match: string, ...keywords: string[]) =>
  ({ kind: 'first-message-text', match, keywords }) as FlowTest;
const time = (from: string, to: string, days?: number[], timeZone?: string): TimeTest => ({
  kind: 'first-message-time',
  windows: [{ from, to, ...(days && { days }) }],
  ...(timeZone && { timeZone }),
});
const found = (flow: Flow, options?: CheckOptions) =>
  checkFlow(flow, options).map(({ code, cardId, path }) => `${code} ${cardId ?? path}`);
const never = (flow: Flow) =>
  checkFlow(flow)
    .filter(({ code }) => code === 'unreachable-branch')
    .map(({ cardId }) => cardId);

describe('errors', () => {
  it('are absent in a finished flow', () => {
    assert.deepEqual(checkFlow(exampleFlow()), []);
  });

  it('name every unfinished path, from the start down', () => {
    const flow = exampleFlow();
    flow.cards['mark']!.next = [];
    flow.cards['order']!.next = [];
    for (const id of ['helper', 'tell', 'team', 'bot']) delete flow.cards[id];
    assert.deepEqual(found(flow), ['unfinished-path mark', 'unfinished-path order']);
  });

  const cases: [string, Card, string[]][] = [
    ['a label too many characters long', { kind: 'button', label: 'x'.repeat(21), next: [] }, ['too-long']],
    ['an empty label', { kind: 'button', label: ' ', next: [] }, ['empty-field']],
  ];
  for (const [what, button, codes] of cases) {
    it(`tell of ${what}`, () => {
      const flow = flowOf({
        start: { kind: 'start', next: ['q'] },
        q: { kind: 'buttons', text: 'x', next: ['b', 'o'] },
        b: { ...button, next: ['e'] },
        o: { kind: 'else', next: ['e2'] },
      });
      assert.deepEqual(
        found(flow),
        codes.map((code) => `${code} b`),
      );
    });
  }

  const steps: [Record<string, unknown>, string[]][] = [
    [{ kind: 'message', text: '' }, ['empty-field']],
    [{ kind: 'message', text: 'a', imageUrl: 'http://example.com/a.png' }, ['bad-url']],
    [{ kind: 'message', text: 'a', imageUrl: null }, []],
    [{ kind: 'webhook', url: '' }, ['empty-field']],
    [{ kind: 'webhook', url: 'ftp://example.com' }, ['bad-url']],
    [{ kind: 'webhook', url: 'http://example.com' }, []],
    [{ kind: 'label', labelIds: [] }, ['nothing-chosen']],
    [{ kind: 'label', labelIds: ['gone'] }, ['unknown-id']],
    [{ kind: 'collaborator', agentIds: [], teamIds: [] }, ['nothing-chosen']],
    [{ kind: 'collaborator', agentIds: ['agt'], teamIds: [] }, []],
    [{ kind: 'collaborator', agentIds: [], teamIds: ['unlisted'] }, []],
    [{ kind: 'x-unheard-of' }, ['unknown-kind']],
    [{ kind: 'message', text: 'Hi {{name}} {{visitor.name|x}}' }, ['literal-template']],
  ];
  for (const [step, codes] of steps) {
    it(`of ${JSON.stringify(step)}: ${codes.join() || 'none'}`, () => {
      const flow = flowOf({ start: { kind: 'start', next: ['s'] }, s: { ...step, next: ['e'] } as Card });
      const directory = { labels: [{ id: 'lbl', name: 'L' }], agents: [{ id: 'agt', name: 'A' }] };
      assert.deepEqual(
        found(flow, { directory }),
        codes.map((code) => `${code} s`),
      );
    });
  }

  const tests: [FlowTest | null, string[]][] = [
    [null, ['nothing-chosen']],
    [text('contains'), ['empty-field']],
    [text('contains', 'a', ' '), ['empty-field']],
    [text('regex', 'a'), ['unknown-choice']],
    [time('', '10:00'), ['empty-field']],
    [time('9:00', '10:00'), ['bad-time']],
    [time('24:00', '10:00'), ['bad-time']],
    [time('09:00', '24:00'), []],
    [time('09:00', '23:59'), ['end-of-day']],
    [time('09:00', '10:00', []), ['nothing-chosen']],
    [time('09:00', '10:00', [0]), ['bad-days']],
    [time('09:00', '10:00', [1.5]), ['bad-days']],
    [time('09:00', '10:00', [1], 'Asia/Nowhere'), ['bad-time-zone']],
    [time('09:00', '10:00', [1], 'US/Pacific'), []],
    [time('09:00', '10:00', [1], 'Etc/GMT+7'), ['inverted-time-zone']],
    [{ kind: 'x-unheard-of' }, ['unknown-kind']],
  ];
  for (const [test, codes] of tests) {
    it(`of a test ${JSON.stringify(test)}: ${codes.join() || 'none'}`, () => {
      assert.deepEqual(
        found(forkOf(test)),
        codes.map((code) => `${code} t0`),
      );
    });
  }

  it('report every text that looks like a template but is not one', () => {
    const literals = (text: string) => {
      const flow = flowOf({
        start: { kind: 'start', next: ['m'] },
        m: { kind: 'message', text, next: ['e'] },
      });
      return checkFlow(flow).map(({ code, severity, data }) => [code, severity, data?.['literal']]);
    };
    const warned = (literal: string) => ['literal-template', 'warning', literal];
    assert.deepEqual(
      literals('{{visitor.name}} {{visitor.attributes.plan|}} {{inbox.name|a b}} {x} {{{visitor.name}}}'),
      [],
    );
    assert.deepEqual(literals('{{ visitor.name }} {{visitor.age}}'), [
      warned('{{ visitor.name }}'),
      warned('{{visitor.age}}'),
    ]);
    assert.deepEqual(literals('{{visitor.name} a'), [warned('{{visitor.name}')]);
    assert.deepEqual(literals('{{visitor.name'), [warned('{{visitor.name')]);
    assert.deepEqual(literals('{{ {x} }}'), [warned('{{ ')]);
    assert.deepEqual(literals('{{{visitor.name}}{'), []);
  });

  it('report jumps to nowhere, to themselves and into branches', () => {
    const jump = (to: string | null): Card => ({ kind: 'jump', to, next: [] });
    const at = (to: string | null) =>
      found(
        flowOf({
          start: { kind: 'start', next: ['i', 'o'] },
          i: { kind: 'condition', test: text('word', 'a'), next: ['j'] },
          o: { kind: 'else', next: ['e'] },
          j: jump(to),
        }),
      );
    assert.deepEqual(
      [at('gone'), at('j'), at('i'), at('start'), at(null), at('e')],
      [
        ['jump-to-nowhere j'],
        ['jump-to-itself j'],
        ['jump-to-branch j'],
        ['jump-to-branch j'],
        ['nothing-chosen j'],
        [],
      ],
    );
  });

  it('ask for one entry in a single choice, and for at least one in a list', () => {
    const said = (step: Record<string, unknown>) =>
      checkFlow(
        flowOf({ start: { kind: 'start', next: ['s'] }, s: { ...step, next: [] } as unknown as Card }),
      ).find(({ code }) => code === 'nothing-chosen');
    const people = { agentIds: [], teamIds: [], skipLastAiResponse: false };
    assert.match(said({ kind: 'jump', to: null })!.message, /choose one\.$/);
    assert.match(said({ kind: 'label', labelIds: [] })!.message, /choose at least one\.$/);
    assert.deepEqual(said({ kind: 'assign-human', ...people })!.data, {
      isMany: true,
      either: ['teamIds', 'agentIds'],
    });
  });

  it('are in the order of the cards', () => {
    const flow = flowOf({
      start: { kind: 'start', next: ['i', 'k', 'o'] },
      i: { kind: 'condition', test: text('contains', 'fund'), next: ['m'] },
      m: { kind: 'message', text: '', next: ['e'] },
      k: { kind: 'condition', test: text('contains', 'refund'), next: ['l'] },
      l: { kind: 'label', labelIds: ['l'], next: [] },
      o: { kind: 'else', next: ['w'] },
      w: { kind: 'webhook', url: '', next: ['e2'] },
    });
    assert.deepEqual(found(flow), [
      'empty-field m',
      'unreachable-branch k',
      'unfinished-path l',
      'empty-field w',
    ]);
  });

  it('report loops that never wait, and no others', () => {
    const around = (between: Record<string, Card>): Flow =>
      flowOf({
        start: { kind: 'start', next: ['a'] },
        a: { kind: 'label', labelIds: ['l'], next: ['b'] },
        ...between,
        j: { kind: 'jump', to: 'a', next: [] },
      });
    const telling: Card = { kind: 'webhook', url: 'https://example.com', next: ['j'] };
    assert.deepEqual(found(around({ b: telling })), ['endless-loop j']);
    const byTwo = flowOf({
      start: { kind: 'start', next: ['i', 'o'] },
      i: { kind: 'condition', test: text('word', 'a'), next: ['l'] },
      l: { kind: 'label', labelIds: ['l'], next: ['there'] },
      there: { kind: 'jump', to: 'm', next: [] },
      o: { kind: 'else', next: ['m'] },
      m: { kind: 'message', text: 'x', next: ['back'] },
      back: { kind: 'jump', to: 'l', next: [] },
    });
    assert.deepEqual(found(byTwo), ['endless-loop there', 'endless-loop back']);
    const asking: Record<string, Card> = {
      b: { kind: 'buttons', text: 'x', next: ['y', 'o'] },
      y: { kind: 'button', label: 'Y', next: ['e'] },
      o: { kind: 'else', next: ['j'] },
    };
    assert.deepEqual(found(around(asking)), []);
  });

  it('are found in linear time without recursion at any depth', () => {
    const cards: Record<string, Card> = { start: { kind: 'start', next: ['c0'] } };
    for (let i = 0; i < 20_000; i++) {
      cards[`c${i}`] = { kind: 'label', labelIds: ['l'], next: i < 19_999 ? [`c${i + 1}`] : ['j'] };
    }
    cards['j'] = { kind: 'jump', to: 'c0', next: [] };
    const before = process.threadCpuUsage();
    const flow: Flow = { format: 'alur.flow/2', id: 'f', name: 'F', timeZone: 'Asia/Jakarta', cards };
    assert.deepEqual(found(flow), ['endless-loop j']);
    assert.ok(process.threadCpuUsage(before).user < 3_000_000);
  });

  it('report buttons with equal labels in one language', () => {
    const flow = (...labels: Record<string, string>[]) =>
      flowOf({
        start: { kind: 'start', next: ['q'] },
        q: { kind: 'buttons', text: 'x', next: [...labels.map((_, index) => `b${index}`), 'o'] },
        ...(Object.fromEntries(
          labels.map(({ plain, ...rest }, index) => [
            `b${index}`,
            { kind: 'button', label: plain, labels: rest, next: [`e${index}`] },
          ]),
        ) as Record<string, Card>),
        o: { kind: 'else', next: ['eo'] },
      });
    const paths = (document: Flow) =>
      checkFlow(document).flatMap(({ code, path, data }) =>
        code === 'duplicate-button' ? [`${path} ${data?.['language'] ?? ''}`.trim()] : [],
      );
    assert.deepEqual(paths(flow({ plain: 'Ya', en: 'Yes' }, { plain: 'Tidak', en: 'No' })), []);
    assert.deepEqual(paths(flow({ plain: 'Ya', en: 'OK' }, { plain: 'Tidak', en: ' ok ' })), [
      '/cards/b1/labels/en en',
    ]);
    // Without an English label, the second button shows its plain label.
    assert.deepEqual(paths(flow({ plain: 'Ya', en: 'OK' }, { plain: 'OK' })), ['/cards/b1/label en']);
    assert.deepEqual(paths(flow({ plain: 'Ya', 'en-GB': 'OK' }, { plain: 'Tidak', en: 'OK' })), [
      '/cards/b1/labels/en en',
    ]);
    assert.deepEqual(paths(flow({ plain: 'Ya', en: 'OK' }, { plain: 'Tidak', fr: 'OK' })), []);
    assert.deepEqual(paths(flow({ plain: 'Ya', en: 'A', fr: 'B' }, { plain: 'Ya', en: 'C', fr: 'D' })), [
      '/cards/b1/label',
    ]);
    assert.ok(found(flow({ plain: 'Ya', en: '2' })).includes('number-label b0'));
    assert.ok(found(flow({ plain: 'Ya', 'no tag': 'x' })).includes('bad-language b0'));
    assert.ok(found(flow({ plain: 'Ya', en: 'x', EN: 'y' })).includes('bad-language b0'));
    assert.ok(found(flow({ plain: 'Ya', en: 'x'.repeat(21) })).includes('too-long b0'));
    assert.ok(found(flow({ plain: 'Ya', en: ' ' })).includes('empty-field b0'));
  });

  it('report missing buttons, equal labels and labels that are numbers', () => {
    const flow = (...labels: string[]) =>
      flowOf({
        start: { kind: 'start', next: ['q'] },
        q: { kind: 'buttons', text: 'x', next: [...labels.map((_, index) => `b${index}`), 'o'] },
        ...(Object.fromEntries(
          labels.map((label, index) => [`b${index}`, { kind: 'button', label, next: [`e${index}`] }]),
        ) as Record<string, Card>),
        o: { kind: 'else', next: ['eo'] },
      });
    assert.deepEqual(found(flow()), ['no-button q']);
    assert.deepEqual(found(flow('Ya', ' YA ')), ['duplicate-button b1']);
    assert.deepEqual(found(flow('', ' ')), ['empty-field b0', 'empty-field b1']);
    assert.deepEqual(found(flow('1', 'Ya')), ['number-label b0']);
    assert.deepEqual(found(flow('a', 'b', 'c', 'd'), { channel: 'whatsapp' }), ['whatsapp-buttons q']);
    assert.deepEqual(found(flow('a', 'b', 'c', 'd')), []);
  });

  it('report a text that is too long for WhatsApp', () => {
    const flow = flowOf({
      start: { kind: 'start', next: ['m'] },
      m: { kind: 'message', text: 'x'.repeat(4097), next: ['e'] },
    });
    assert.deepEqual(found(flow, { channel: 'whatsapp' }), ['whatsapp-text m']);
    const asking = (length: number) =>
      flowOf({
        start: { kind: 'start', next: ['q'] },
        q: { kind: 'buttons', text: 'x'.repeat(length), next: ['b', 'o'] },
        b: { kind: 'button', label: 'Ya', next: ['e'] },
        o: { kind: 'else', next: ['e2'] },
      });
    assert.deepEqual(found(asking(1025), { channel: 'whatsapp' }), ['whatsapp-text q']);
    assert.deepEqual(found(asking(1024), { channel: 'whatsapp' }), []);
  });

  it("report a keyword that is too long when the parser's limit was raised", () => {
    const flow = forkOf(text('contains', 'a'));
    (flow.cards['t0'] as { test: FlowTest }).test = text('contains', 'x'.repeat(1001), 'x'.repeat(1000));
    assert.deepEqual(found(flow), ['too-long t0']);
  });

  it('report a flow without a name, and a missing time zone', () => {
    assert.deepEqual(found({ ...forkOf(text('word', 'a')), name: 'x'.repeat(101) }), ['too-long /name']);
    assert.deepEqual(found({ ...forkOf(text('word', 'a')), name: '😀'.repeat(100) }), []);
    const fork = { ...forkOf(time('09:00', '10:00')), name: ' ', timeZone: '' };
    assert.deepEqual(found(fork), ['empty-field /name', 'bad-time-zone /timeZone']);
    assert.deepEqual(found({ ...forkOf(text('word', 'a')), timeZone: '' }), []);
    assert.deepEqual(found({ ...forkOf(text('word', 'a')), timeZone: 'Nowhere' }), [
      'bad-time-zone /timeZone',
    ]);
  });

  it('warn of a zone whose sign is inverted, with the real offset', () => {
    const zone = (timeZone: string) =>
      checkFlow({ ...forkOf(text('word', 'a')), timeZone }).filter(({ path }) => path === '/timeZone');
    assert.deepEqual(
      zone('Etc/GMT-7').map(({ severity, data }) => [severity, data]),
      [['warning', { zone: 'Etc/GMT-7', offset: 7 }]],
    );
    assert.deepEqual(['Etc/GMT', 'Etc/GMT+0', 'Etc/UTC', 'Asia/Calcutta', 'Asia/Jakarta'].flatMap(zone), []);
  });
});

describe('branches that can never be taken', () => {
  const cases: [string, (FlowTest | null)[], string[]][] = [
    [
      'a keyword covered by a shorter one to the left',
      [text('contains', 'fund'), text('contains', 'refund')],
      ['t1'],
    ],
    ['not the other way round', [text('contains', 'refund'), text('contains', 'fund')], []],
    ['a duplicate, after normalisation', [text('contains', 'VIP'), text('equals', ' ｖｉｐ ')], ['t1']],
    [
      'every keyword covered, by different branches',
      [text('contains', 'a'), text('contains', 'b'), text('word', 'xa', 'by')],
      ['t2'],
    ],
    [
      'every keyword covered, by different keywords of one branch',
      [text('contains', 'a', 'b'), text('word', 'xa', 'by')],
      ['t1'],
    ],
    ['not when one keyword is left', [text('contains', 'a'), text('contains', 'xa', 'b')], []],
    ['equals under word', [text('word', 'hi'), text('equals', 'hi there')], ['t1']],
    ['a word inside a phrase', [text('word', 'hi'), text('word', 'oh hi')], ['t1']],
    ['not a word that may go on', [text('word', 'hi'), text('contains', 'oh hi')], []],
    ['a word shut in by spaces', [text('word', 'hi'), text('contains', 'oh hi there')], ['t1']],
    ['a longer start', [text('starts-with', 'ha'), text('starts-with', 'halo')], ['t1']],
    ['not a start under contains', [text('starts-with', 'ha'), text('contains', 'halo')], []],
    ['not under equals', [text('equals', 'a'), text('contains', 'a')], []],
    [
      'times covered by the union to the left',
      [time('08:00', '12:00'), time('12:00', '17:00'), time('09:00', '16:00')],
      ['t2'],
    ],
    ['exact to the minute', [time('08:00', '12:00'), time('12:01', '17:00'), time('11:00', '13:00')], []],
    ['exact to the weekday', [time('08:00', '17:00', [1, 2, 3, 4, 5]), time('09:00', '16:00', [5, 6])], []],
    [
      'a night covered by the days around it',
      [time('20:00', '24:00', [7]), time('00:00', '04:00', [1]), time('21:00', '03:00', [7])],
      ['t2'],
    ],
    [
      'everything right of always',
      [time('00:00', '00:00'), text('contains', 'a'), time('09:00', '10:00')],
      ['t1', 't2', 'else'],
    ],
    [
      'everything right of always, in whichever zone',
      [time('00:00', '00:00', undefined, 'Asia/Tokyo'), time('09:00', '10:00', undefined, 'Asia/Jakarta')],
      ['t1', 'else'],
    ],
    [
      'a day covered by the same moment twice',
      [time('09:00', '09:00', [1]), time('00:00', '24:00', [1])],
      ['t1'],
    ],
    ['Else, when the week is full', [time('06:00', '18:00'), time('18:00', '06:00')], ['else']],
    ['nothing across zones', [time('00:00', '24:00', [1], 'Asia/Tokyo'), time('09:00', '10:00', [1])], []],
    ['nothing by what is not filled in', [null, text('contains'), time('', ''), text('contains', 'a')], []],
  ];
  for (const [what, tests, ids] of cases) {
    it(`are found: ${what}`, () => {
      assert.deepEqual(never(forkOf(...tests)), ids);
    });
  }

  function nested(outer: FlowTest, inner: FlowTest, between?: Card): Flow {
    const inside = between ? 's' : 'i';
    return flowOf({
      start: { kind: 'start', next: ['o', 'oe'] },
      o: { kind: 'condition', test: outer, next: between ? [inside] : ['i', 'ie'] },
      oe: { kind: 'else', next: ['e1'] },
      ...(between && { s: { ...between, next: ['i', 'ie'] } as Card }),
      i: { kind: 'condition', test: inner, next: ['e2'] },
      ie: { kind: 'else', next: ['e3'] },
    });
  }

  it('are found if they contradict conditions above', () => {
    assert.deepEqual(never(nested(text('equals', 'a'), text('equals', 'b'))), ['i']);
    assert.deepEqual(never(nested(text('starts-with', 'a'), text('starts-with', 'b'))), ['i']);
    assert.deepEqual(never(nested(time('09:00', '12:00'), time('13:00', '14:00'))), ['i']);
    assert.deepEqual(never(nested(text('contains', 'refund'), text('contains', 'fund'))), ['ie']);
    assert.deepEqual(never(nested(time('09:00', '12:00'), time('08:00', '13:00'))), ['ie']);
    assert.deepEqual(never(nested(text('contains', 'a'), text('contains', 'b'))), []);
  });

  it('are found if some keywords are covered and the others contradict', () => {
    const flow = flowOf({
      start: { kind: 'start', next: ['a', 'b', 'z'] },
      a: { kind: 'condition', test: text('contains', 'refund'), next: ['e1'] },
      b: { kind: 'condition', test: text('starts-with', 'halo'), next: ['c', 'y'] },
      c: { kind: 'condition', test: text('equals', 'batal', 'minta refund'), next: ['e2'] },
      y: { kind: 'else', next: ['e3'] },
      z: { kind: 'else', next: ['e4'] },
    });
    assert.deepEqual(never(flow), ['c']);
    (flow.cards['c'] as { test: FlowTest }).test = text('equals', 'batal', 'halo kak');
    assert.deepEqual(never(flow), []);
  });

  it('are not reported if a jump leads to them', () => {
    const flow = nested(text('equals', 'a'), text('equals', 'b'), {
      kind: 'label',
      labelIds: ['l'],
      next: [],
    });
    assert.deepEqual(never(flow), ['i']);
    flow.cards['e1'] = { kind: 'jump', to: 's', next: [] };
    assert.deepEqual(never(flow), []);
  });

  it('are reported once, without the cards below them', () => {
    const flow = nested(text('equals', 'a'), text('equals', 'b'));
    flow.cards['i']!.next = ['x', 'xe'];
    delete flow.cards['e2'];
    flow.cards['x'] = { kind: 'condition', test: text('equals', 'c'), next: ['e4'] };
    flow.cards['xe'] = { kind: 'else', next: ['e5'] };
    flow.cards['e4'] = flow.cards['e5'] = ai;
    assert.deepEqual(never(flow), ['i']);
  });

  it('are distinguished from times that only overlap', () => {
    assert.deepEqual(found(forkOf(time('08:00', '12:00'), time('11:00', '13:00'))), ['overlapping-times t1']);
    assert.deepEqual(found(forkOf(time('08:00', '12:00'), time('12:00', '13:00'))), []);
  });
});
