import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkFlow } from '../check/check-flow.ts';
import { describeCard, describeWhy } from '../describe/describe.ts';
import type { Card, CustomCard, CustomTest, Flow } from '../document/flow.ts';
import { parseFlow } from '../document/parse-flow.ts';
import { publicEffect, publicFlow } from '../document/public-flow.ts';
import { insertCondition, insertStep } from '../edit/insert.ts';
import { newCard } from '../edit/new-card.ts';
import { changeKind } from '../edit/update.ts';
import { advance, startRun } from '../run/advance.ts';
import { compileFlow } from '../run/compile.ts';
import { explain } from '../run/explain.ts';
import { runKinds } from '../kinds/run-kinds.ts';
import type { StepRunKind, TestRunKind } from '../kinds/run-kind.ts';
import type { StepAuthorKind, TestAuthorKind } from './author-kind.ts';
import { withAuthorKinds } from './author-kinds.ts';
import { choiceField, textField } from './fields.ts';
import { quoted } from './words.ts';

/* Kinds of a partner, declared like the built-in ones. */

const ticketRun: StepRunKind = {
  kind: 'x-create-ticket',
  compile(card, _tools, cardId) {
    const { subject } = card as CustomCard & { subject?: string };
    return {
      enter: ({ effects }) =>
        void effects.push({ kind: 'x-create-ticket', cardId, ...(subject !== undefined && { subject }) }),
    };
  },
};
const ticketAuthor: StepAuthorKind = {
  kind: 'x-create-ticket',
  role: 'action',
  name: { id: 'Buat tiket', en: 'Create Ticket' },
  fields: [
    textField('subject', { id: 'Judul', en: 'Subject' }, { max: 80 }),
    choiceField(
      'priority',
      { id: 'Prioritas', en: 'Priority' },
      { options: [{ value: 'low', label: { id: 'Rendah', en: 'Low' } }] },
    ),
  ],
  summary: (card) => quoted((card as CustomCard & { subject: string }).subject),
};
const urlRun: TestRunKind = {
  kind: 'x-page-url',
  compile(test) {
    const { prefix } = test as CustomTest & { prefix: string };
    return ({ facts }) => (facts.visitor?.attributes?.['page_url'] ?? '').startsWith(prefix);
  },
};
const urlAuthor: TestAuthorKind = {
  kind: 'x-page-url',
  name: { id: 'Alamat halaman', en: 'Page URL' },
  fields: [textField('prefix', { id: 'Awalan', en: 'Prefix' }, { max: 200, isPublic: true })],
  summary: (test, { locale }) =>
    `${{ id: 'halaman diawali', en: 'the page begins with' }[locale]} ${quoted((test as CustomTest & { prefix: string }).prefix)}`,
  why: (_test, { facts }) => ({ code: 'x-page-url', page: facts.visitor?.attributes?.['page_url'] ?? null }),
};
const run = runKinds({ tests: [urlRun], steps: [ticketRun] });
const author = withAuthorKinds({ tests: [urlAuthor], steps: [ticketAuthor] });

const end: Card = { kind: 'assign-ai', aiAgentId: 'ai', agentIds: [], next: [] };
const flow: Flow = {
  format: 'alur.flow/2',
  id: 'f',
  name: 'F',
  timeZone: 'Asia/Jakarta',
  cards: {
    start: { kind: 'start', next: ['shop', 'other'] },
    shop: { kind: 'condition', test: { kind: 'x-page-url', prefix: '/toko' }, next: ['ticket'] },
    other: { kind: 'else', next: ['e2'] },
    ticket: { kind: 'x-create-ticket', subject: 'Toko', priority: 'low', next: ['e1'] },
    e1: end,
    e2: end,
  },
};
const facts = { visitor: { attributes: { page_url: '/toko/1' } } };
const input = { kind: 'message' as const, id: 'm', at: '2026-02-03T04:05:06Z', text: 'x' };

describe("a partner's kinds", () => {
  it('run, on the whole flow and on the public copy', () => {
    const whole = compileFlow(flow, {}, run);
    const open = compileFlow(publicFlow(flow, { kinds: author }), {}, run);
    const answer = advance(whole, startRun(facts), input);
    assert.deepEqual(answer.effects[0], { kind: 'x-create-ticket', cardId: 'ticket', subject: 'Toko' });
    assert.deepEqual(advance(open, startRun(facts), input).effects, answer.effects.map(publicEffect));
    assert.deepEqual(whole.unknownKinds, []);
    assert.equal(advance(whole, startRun(), input).effects.at(-1)!.cardId, 'e2');
  });

  it('are read, checked, described and explained by what they declare', () => {
    assert.deepEqual(checkFlow(flow, { kinds: author }), []);
    const empty = {
      ...flow,
      cards: { ...flow.cards, ticket: { ...flow.cards['ticket'], subject: '' } as Card },
    };
    assert.deepEqual(
      checkFlow(empty, { kinds: author }).map(({ code, path }) => [code, path]),
      [['empty-field', '/cards/ticket/subject']],
    );
    const wrong = { ...flow, cards: { ...flow.cards, ticket: { ...flow.cards['ticket'], subject: 1 } } };
    assert.equal(parseFlow(wrong, { kinds: author }).ok, false);
    assert.equal(describeCard(flow, 'ticket', 'id', {}, { kinds: author }), 'Buat tiket: *Toko*');
    assert.equal(describeCard(flow, 'shop', 'en', {}, { kinds: author }), 'the page begins with */toko*');
    const compiled = compileFlow(flow, {}, run);
    assert.deepEqual(explain(compiled, startRun(facts), input, { kinds: author }).trace[1]?.why, {
      code: 'x-page-url',
      page: '/toko/1',
    });
    assert.deepEqual(newCard('x-create-ticket', author), {
      kind: 'x-create-ticket',
      subject: '',
      priority: 'low',
      next: [],
    });
  });

  it('are kept, skipped and reported where they are not declared', () => {
    const parsed = parseFlow(flow);
    assert.deepEqual(parsed, { ok: true, flow });
    const compiled = compileFlow(flow);
    assert.deepEqual(compiled.unknownKinds, ['x-page-url', 'x-create-ticket']);
    const { trace, effects } = explain(compiled, startRun(facts), input);
    assert.equal(effects.at(-1)!.cardId, 'e2');
    assert.deepEqual(trace[1], {
      cardId: 'shop',
      outcome: 'not-matched',
      why: { code: 'unknown-kind', kind: 'x-page-url' },
    });
    const straight = {
      ...flow,
      cards: { start: { kind: 'start', next: ['ticket'] } as Card, ticket: flow.cards['ticket']!, e1: end },
    };
    const passing = compileFlow(straight);
    assert.deepEqual(explain(passing, startRun(), input).trace[1], {
      cardId: 'ticket',
      outcome: 'entered',
      why: { code: 'unknown-kind', kind: 'x-create-ticket' },
    });
    assert.deepEqual(
      checkFlow(flow).map(({ code, cardId }) => [code, cardId]),
      [
        ['unknown-kind', 'shop'],
        ['unknown-kind', 'ticket'],
      ],
    );
    assert.equal(describeCard(flow, 'ticket', 'en'), 'Unknown kind: x-create-ticket');
    assert.deepEqual(publicFlow(flow).cards['ticket'], { kind: 'x-create-ticket', next: ['e1'] });
  });

  it('can end a flow or wait in it, and the checker knows it', () => {
    const asking = runKinds({
      steps: [
        { kind: 'x-hand-over', compile: () => ({ enter: () => 'end' }) },
        {
          kind: 'x-ask-mail',
          compile: ({ next }) => ({
            // Do not ask for a known email address.
            enter: ({ facts: { visitor } }) => (visitor?.email ? undefined : 'wait'),
            answer: (answer) => (answer.kind === 'message' && answer.text.includes('@') ? next[0]! : null),
          }),
        },
      ],
    });
    const kind = (name: string, role: StepAuthorKind['role']): StepAuthorKind => ({
      kind: name,
      role,
      name: { id: name, en: name },
      fields: [],
      summary: () => name,
    });
    const cards = (back: string): Record<string, Card> => ({
      start: { kind: 'start', next: ['mark'] },
      mark: { kind: 'label', labelIds: ['l'], next: ['mail'] },
      mail: { kind: 'x-ask-mail', next: ['after'] },
      after: back ? { kind: 'jump', to: back, next: [] } : { kind: 'x-hand-over', next: [] },
    });
    const kinds = withAuthorKinds({ steps: [kind('x-hand-over', 'end'), kind('x-ask-mail', 'buttons')] });
    assert.deepEqual(checkFlow({ ...flow, cards: cards('') }, { kinds }), []);
    assert.deepEqual(checkFlow({ ...flow, cards: cards('mark') }, { kinds }), []);
    const actions = withAuthorKinds({ steps: [kind('x-hand-over', 'action'), kind('x-ask-mail', 'action')] });
    const codes = (back: string) =>
      checkFlow({ ...flow, cards: cards(back) }, { kinds: actions }).map(({ code }) => code);
    assert.deepEqual([codes(''), codes('mark')], [['unfinished-path'], ['endless-loop']]);

    const compiled = compileFlow({ ...flow, cards: cards('') }, {}, asking);
    const waiting = advance(compiled, startRun(), input);
    assert.deepEqual([waiting.run.status, waiting.run.waitingAt], ['waiting', 'mail']);
    assert.equal(advance(compiled, waiting.run, input).run, waiting.run);
    const answered = advance(compiled, waiting.run, { ...input, text: 'a@example.com' });
    assert.deepEqual(answered.effects, [{ kind: 'end', cardId: 'after', reason: 'assigned' }]);
    const known = advance(compiled, startRun({ visitor: { email: 'a@example.com' } }), input);
    assert.deepEqual(known.effects.slice(1), answered.effects);
  });

  it('that end a path allow no card below them, in documents and in edits', () => {
    const handOver: StepAuthorKind = {
      kind: 'x-hand-over',
      role: 'end',
      name: { id: 'Serahkan', en: 'Hand Over' },
      fields: [],
      summary: () => '',
    };
    const kinds = withAuthorKinds({ steps: [handOver] });
    const closing: Card = { kind: 'x-hand-over', next: [] };
    const cards = { start: { kind: 'start', next: ['close'] } as Card, close: closing };
    const closed = { ...flow, cards };
    const below = { ...flow, cards: { ...cards, close: { ...closing, next: ['e1'] }, e1: end } };
    const parsed = parseFlow(below, { kinds });
    assert.deepEqual(!parsed.ok && parsed.problems.map(({ code, cardId }) => [code, cardId]), [
      ['bad-children', 'close'],
    ]);
    assert.equal(parseFlow(below).ok, true);
    const newId = () => 'new';
    const label: Card = { kind: 'label', labelIds: [], next: [] };
    const place = { parentId: 'close', index: 0 };
    assert.equal(insertStep(closed, place, label, newId, kinds), null);
    assert.equal(insertCondition(closed, place, null, newId, kinds), null);
    const above = { parentId: 'start', index: 0 };
    assert.equal(insertStep(closed, above, closing, newId, kinds), null);
    assert.notEqual(insertStep(closed, above, closing, newId), null);
    assert.equal(
      changeKind(
        { ...flow, cards: { ...cards, close: { ...label, next: ['e1'] }, e1: end } },
        'close',
        'x-hand-over',
        newId,
        kinds,
      ),
      null,
    );
  });

  it('can describe why a test matched', () => {
    const describing = withAuthorKinds({
      tests: [
        { ...urlAuthor, describeWhy: (why) => (why.code === 'x-page-url' ? 'the page matched' : null) },
      ],
    });
    const why = { code: 'x-page-url' } as const;
    assert.equal(describeWhy(why, 'en', { kinds: describing }), 'the page matched');
    assert.equal(describeWhy(why, 'en', { kinds: author }), 'x-page-url');
    assert.equal(describeWhy({ code: 'no-text' }, 'en', { kinds: describing }), 'the message has no text');
  });

  it('are covered by a built-in test to their left if they declare their constraint', () => {
    const wide: Card = {
      kind: 'condition',
      test: { kind: 'first-message-text', keywords: ['toko'] },
      next: ['e1'],
    };
    const narrow: Card = { kind: 'condition', test: { kind: 'x-shop', word: 'toko buku' }, next: ['e2'] };
    const other: Card = { kind: 'else', next: ['e3'] };
    const start: Card = { kind: 'start', next: ['wide', 'narrow', 'other'] };
    const forked = { ...flow, cards: { start, wide, narrow, other, e1: end, e2: end, e3: end } };
    const shop: TestAuthorKind<CustomTest> = {
      kind: 'x-shop',
      name: { id: 'Toko', en: 'Shop' },
      fields: [],
      summary: () => '',
      constraint: ({ word }) => ({
        kind: 'text',
        keywords: [{ keyword: String(word), match: 'contains', ignoreAccents: false }],
        cost: 1,
      }),
    };
    const codes = (test: TestAuthorKind) =>
      checkFlow(forked, { kinds: withAuthorKinds({ tests: [test] }) }).map(({ code, cardId }) => [
        code,
        cardId,
      ]);
    assert.deepEqual(codes(shop as TestAuthorKind), [['unreachable-branch', 'narrow']]);
    assert.deepEqual(codes({ ...shop, constraint: undefined } as TestAuthorKind), []);
  });

  it('that throw do not match, and their steps are skipped', () => {
    const thrower = () => {
      throw new Error('broken');
    };
    const broken = runKinds({
      tests: [{ kind: 'x-page-url', compile: () => thrower }],
      steps: [{ kind: 'x-create-ticket', compile: () => ({ enter: thrower }) }],
    });
    const compiled = compileFlow(flow, {}, broken);
    assert.equal(advance(compiled, startRun(facts), input).effects.at(-1)!.cardId, 'e2');
    const worse = compileFlow(flow, {}, runKinds({ tests: [{ kind: 'x-page-url', compile: thrower }] }));
    assert.deepEqual(worse.unknownKinds, ['x-page-url', 'x-create-ticket']);
    const halfway = runKinds({
      steps: [
        {
          kind: 'x-create-ticket',
          compile: (_card, _tools, cardId) => ({
            enter({ effects }) {
              effects.push({ kind: 'x-create-ticket', cardId });
              return thrower();
            },
          }),
        },
      ],
    });
    const toTicket = { ...flow.cards, start: { kind: 'start', next: ['ticket'] } as Card };
    const passing = compileFlow({ ...flow, cards: toTicket }, {}, halfway);
    assert.deepEqual(
      advance(passing, startRun(), input).effects.map(({ kind }) => kind),
      ['assign-ai', 'end'],
    );
    const answering = runKinds({
      steps: [{ kind: 'x-create-ticket', compile: () => ({ enter: () => 'wait', answer: thrower }) }],
    });
    const waits = compileFlow({ ...flow, cards: toTicket }, {}, answering);
    const { run: waiting } = advance(waits, startRun(), input);
    assert.deepEqual(advance(waits, waiting, input).effects, [
      { kind: 'end', cardId: 'ticket', reason: 'unfinished' },
    ]);
    const press = { kind: 'press' as const, id: 'p', at: '', cardId: 'ticket', buttonId: 'e1' };
    assert.equal(advance(waits, waiting, press).run, waiting);
    const puzzling = withAuthorKinds({ tests: [{ ...urlAuthor, why: thrower }] });
    const known = compileFlow(flow, {}, run);
    assert.deepEqual(explain(known, startRun(facts), input, { kinds: puzzling }).trace[1]?.why, {
      code: 'x-unexplained',
      kind: 'x-page-url',
    });
  });

  it('match only if they return true: a promise or a number does not match', () => {
    for (const answer of [Promise.resolve(true), 1, 'yes']) {
      const odd = runKinds({ tests: [{ kind: 'x-page-url', compile: () => () => answer as never }] });
      const compiled = compileFlow(flow, {}, odd);
      assert.equal(advance(compiled, startRun(facts), input).effects.at(-1)!.cardId, 'e2');
    }
  });
});
