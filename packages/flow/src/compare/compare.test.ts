import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Card, Flow } from '../document/flow.ts';
import { parseFlow } from '../document/parse-flow.ts';
import type { Edit } from '../edit/edit.ts';
import { applyChange } from '../edit/flow-change.ts';
import { insertCondition, insertStep } from '../edit/insert.ts';
import { moveBranch } from '../edit/move.ts';
import { newCard } from '../edit/new-card.ts';
import { deleteBranch, deleteCard } from '../edit/remove.ts';
import { renameFlow, updateCard } from '../edit/update.ts';
import { deepFreeze } from '../testing/deep-freeze.ts';
import { exampleFlow } from '../testing/example-flow.ts';
import { randomFlow, seededPick } from '../testing/random-flow.ts';
import { diffFlow } from './diff-flow.ts';
import { mergeFlow } from './merge-flow.ts';

const ids = (prefix: string) => {
  let made = 0;
  return () => `${prefix}${++made}`;
};
function after(flow: Flow, ...edits: ((flow: Flow) => Edit | null)[]): Flow {
  for (const make of edits) {
    const made = make(flow);
    assert.ok(made);
    const result = applyChange(flow, made.change);
    assert.ok(result.ok);
    flow = result.flow;
  }
  return flow;
}
const none = { flow: [], added: [], removed: [], changed: [], moved: [] };
const say = (text: string) => (flow: Flow) => updateCard(flow, 'sorry', { text });
const condition = (index: number, prefix: string) => (flow: Flow) =>
  insertCondition(flow, { parentId: 'start', index }, null, ids(prefix));

describe('the difference between two versions', () => {
  it('is empty for equal documents with any order of properties', () => {
    const flow = exampleFlow();
    const turned = { ...flow, cards: Object.fromEntries(Object.entries(flow.cards).reverse()) };
    assert.deepEqual(diffFlow(flow, turned), none);
  });

  it('lists changed fields, added and removed cards, and changes of the flow itself', () => {
    const flow = exampleFlow();
    const other = after(
      flow,
      say('Maaf'),
      (it) => deleteCard(it, 'tell'),
      condition(1, 'n'),
      (it) => renameFlow(it, 'Lain'),
    );
    assert.deepEqual(diffFlow(flow, other), {
      flow: ['name'],
      added: ['n1'],
      removed: ['tell'],
      changed: [{ cardId: 'sorry', fields: ['text'] }],
      moved: [],
    });
  });

  it('does not list a card as moved when a card above it is inserted or removed', () => {
    const flow = exampleFlow();
    const other = after(flow, (it) =>
      insertStep(it, { parentId: 'start', index: 0 }, newCard('label'), ids('n')),
    );
    assert.deepEqual(diffFlow(flow, other), { ...none, added: ['n1'] });
  });

  it('lists as few reordered cards as possible, and cards with another parent', () => {
    const flow = after(exampleFlow(), condition(0, 'a'), condition(0, 'b'));
    const reordered = after(flow, (it) => moveBranch(it, 'hours', { parentId: 'start', index: 0 }, ids('n')));
    assert.deepEqual(diffFlow(flow, reordered).moved, [{ cardId: 'hours', from: 'start', to: 'start' }]);
    const elsewhere = after(exampleFlow(), (it) =>
      moveBranch(it, 'vip', { parentId: 'sorry', index: 0 }, ids('n')),
    );
    assert.deepEqual(diffFlow(exampleFlow(), elsewhere).moved, [
      { cardId: 'vip', from: 'start', to: 'sorry' },
    ]);
  });
});

describe('merging two versions', () => {
  const base = exampleFlow();

  it('applies the changes of either side', () => {
    const mine = after(base, say('Maaf'), condition(0, 'm'));
    const theirs = after(
      base,
      (it) => deleteCard(it, 'tell'),
      condition(2, 't'),
      (it) => renameFlow(it, 'Mereka'),
    );
    const { flow, conflicts } = mergeFlow(base, mine, theirs);
    assert.deepEqual(conflicts, []);
    assert.deepEqual(flow.cards['start']!.next, ['m1', 'vip', 'hours', 't1', 'rest']);
    assert.deepEqual(
      [flow.name, flow.cards['tell'], (flow.cards['sorry'] as { text: string }).text],
      ['Mereka', undefined, 'Maaf'],
    );
  });

  it('keeps my change and reports a conflict if both sides changed the same field', () => {
    const { flow, conflicts } = mergeFlow(base, after(base, say('A')), after(base, say('B')));
    assert.equal((flow.cards['sorry'] as { text: string }).text, 'A');
    assert.deepEqual(conflicts, [{ kind: 'field', cardId: 'sorry', field: 'text', mine: 'A', theirs: 'B' }]);
  });

  it('reports a conflict if one side removed a card that the other changed', () => {
    const without = after(base, (it) => deleteBranch(it, 'hours'));
    const changed = after(base, (it) => updateCard(it, 'ask', { text: 'Apa?' }));
    const gone = mergeFlow(base, without, changed);
    assert.deepEqual(
      [gone.flow.cards['ask'], gone.conflicts],
      [undefined, [{ kind: 'removed', cardId: 'ask', by: 'mine' }]],
    );
    const kept = mergeFlow(base, changed, without);
    assert.equal((kept.flow.cards['ask'] as { text: string } | undefined)?.text, 'Apa?');
    assert.ok(kept.conflicts.length > 0);
  });

  it('reports a conflict if both sides inserted a step at the same place', () => {
    const step = (prefix: string) => (it: Flow) =>
      insertStep(it, { parentId: 'mark', index: 0 }, newCard('message') as Card, ids(prefix));
    const { flow, conflicts } = mergeFlow(base, after(base, step('m')), after(base, step('t')));
    assert.deepEqual(flow.cards['mark']!.next, ['m1']);
    assert.deepEqual(conflicts.map(({ kind }) => kind).sort(), ['children', 'removed']);
  });

  it('returns my tree if the trees cannot be merged, and lists the changes to theirs', () => {
    // Each of the two branches is moved below the other.
    const moved = after(base, (it) => moveBranch(it, 'vip', { parentId: 'order', index: 0 }, ids('m')));
    const theirs = after(base, (it) => moveBranch(it, 'hours', { parentId: 'mark', index: 0 }, ids('t')));
    const { flow, conflicts } = mergeFlow(base, moved, theirs);
    assert.deepEqual(flow, moved);
    assert.deepEqual(conflicts, [
      {
        kind: 'structure',
        theirs: {
          added: ['t1'],
          removed: [],
          moved: [{ cardId: 'hours', from: 'start', to: 'mark' }],
        },
      },
    ]);
  });

  it('loses no change silently: each change is in the result or in a conflict', () => {
    let clean = 0;
    for (let seed = 0; seed < 500; seed++) {
      const pick = seededPick(seed);
      const old = randomFlow(pick, 10);
      const [mine, theirs] = [edited(old, pick, 'm'), edited(old, pick, 't')];
      const { flow, conflicts } = mergeFlow(old, mine, theirs);
      const named = JSON.stringify(conflicts);
      if (conflicts.length === 0) clean++;
      for (const side of [mine, theirs]) {
        const { added, removed, changed, moved } = diffFlow(old, side);
        const lost = [
          ...added.filter((id) => !flow.cards[id]),
          ...removed.filter((id) => flow.cards[id]),
          ...changed
            .filter(({ cardId, fields }) => {
              const now = (flow.cards[cardId] ?? {}) as Record<string, unknown>;
              const then = side.cards[cardId] as unknown as Record<string, unknown>;
              return !fields.every((name) => JSON.stringify(now[name]) === JSON.stringify(then[name]));
            })
            .map(({ cardId }) => cardId),
        ];
        for (const id of lost) assert.ok(named.includes(`"${id}"`), `seed ${seed}: ${id}, ${named}`);
        const elsewhere = new Set(diffFlow(old, flow).moved.map(({ cardId }) => cardId));
        const stuck = moved.filter(({ cardId, from, to }) => from !== to && !elsewhere.has(cardId));
        assert.ok(conflicts.length > 0 || stuck.length === 0, `seed ${seed}: ${JSON.stringify(stuck)}`);
      }
    }
    assert.ok(clean > 200, `${clean} without a conflict`);
  });

  it('always parses, returns the side that changed if the other did not, and mutates nothing', () => {
    for (let seed = 0; seed < 300; seed++) {
      const pick = seededPick(seed);
      const old = deepFreeze(randomFlow(pick, 10));
      const mine = deepFreeze(edited(old, pick, 'm'));
      const theirs = deepFreeze(edited(old, pick, 't'));
      const { flow, conflicts } = mergeFlow(old, mine, theirs);
      assert.ok(parseFlow(flow).ok, `seed ${seed}`);
      assert.deepEqual(mergeFlow(old, mine, old), { flow: mine, conflicts: [] });
      assert.deepEqual(mergeFlow(old, old, theirs).flow, theirs);
      assert.deepEqual(mergeFlow(old, mine, mine), { flow: mine, conflicts: [] });
      if (conflicts.length === 0) {
        const back = mergeFlow(old, theirs, mine);
        assert.deepEqual(back.conflicts, []);
        assert.deepEqual(diffFlow(flow, back.flow).changed, []);
      }
    }
  });

  function edited(flow: Flow, pick: (bound: number) => number, prefix: string): Flow {
    const newId = ids(prefix);
    for (let count = pick(4); count > 0; count--) {
      const all = Object.keys(flow.cards);
      const id = all[pick(all.length)]!;
      const place = { parentId: all[pick(all.length)]!, index: pick(3) };
      const made = [
        () => insertStep(flow, place, newCard('message'), newId),
        () => insertCondition(flow, place, null, newId),
        () => deleteCard(flow, id),
        () => deleteBranch(flow, id),
        () => moveBranch(flow, id, place, newId),
        () => updateCard(flow, id, { note: `${prefix}${pick(3)}` }),
      ][pick(6)]!();
      const result = made && applyChange(flow, made.change);
      if (result?.ok) flow = result.flow;
    }
    return flow;
  }
});

describe('order in a merge', () => {
  /** Returns a flow whose start has these branches, left to right. Each one ends immediately. */
  const fork = (...branches: string[]): Flow => {
    const cards: Record<string, Card> = { start: { kind: 'start', next: [...branches, 'e'] } };
    for (const id of [...branches, 'e']) {
      cards[id] =
        id === 'e'
          ? { kind: 'else', next: [] }
          : {
              kind: 'condition',
              test: { kind: 'first-message-text', match: 'contains', keywords: [id] },
              next: [],
            };
    }
    return { format: 'alur.flow/2', id: 'f', name: 'F', timeZone: 'Asia/Jakarta', cards } as Flow;
  };

  it('keeps a new order of one side beside an addition of the other', () => {
    const [base, added, reordered] = [fork('a', 'b'), fork('a', 'b', 'c'), fork('b', 'a')];
    for (const [mine, theirs] of [
      [added, reordered],
      [reordered, added],
    ] as const) {
      const { flow, conflicts } = mergeFlow(base, mine, theirs);
      assert.deepEqual(conflicts, []);
      assert.deepEqual(flow.cards['start']!.next, ['b', 'c', 'a', 'e']);
    }
  });

  it('reports two different orders as a conflict, and keeps mine', () => {
    const base = fork('a', 'b', 'c');
    const { flow, conflicts } = mergeFlow(base, fork('b', 'a', 'c'), fork('a', 'c', 'b'));
    assert.deepEqual(
      conflicts.map(({ kind }) => kind),
      ['children'],
    );
    assert.deepEqual(flow.cards['start']!.next, ['b', 'a', 'c', 'e']);
  });
});
