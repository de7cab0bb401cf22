import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Card, Flow } from '../document/flow.ts';
import { authorKinds } from '../kinds/author-kinds.ts';
import { emptyFlow } from '../document/empty-flow.ts';
import { checkChange } from '../testing/check-change.ts';
import { exampleFlow } from '../testing/example-flow.ts';
import { randomFlow, randomTest, seededPick } from '../testing/random-flow.ts';
import { copySubtree, duplicateSubtree, pasteSubtree } from './copy.ts';
import { applyChange, type FlowChange, groupChanges } from './flow-change.ts';
import { insertButton, insertCondition, insertStep } from './insert.ts';
import { moveBranch } from './move.ts';
import { newCard, newTest } from './new-card.ts';
import { deleteBranch, deleteCard, deleteSubtree } from './remove.ts';
import { replaceFlow } from './replace.ts';
import { changeKind, renameFlow, updateCard, updateFlow } from './update.ts';

const ids = (prefix = 'n') => {
  let made = 0;
  return () => `${prefix}${++made}`;
};
const next = (flow: Flow, id: string) => flow.cards[id]!.next;

describe('inserting a step', () => {
  it('inserts it between a card and its following cards', () => {
    const flow = checkChange(
      exampleFlow(),
      insertStep(exampleFlow(), { parentId: 'mark', index: 0 }, newCard('message'), ids()),
    );
    assert.deepEqual([next(flow, 'mark'), next(flow, 'n1')], [['n1'], ['helper']]);
  });

  it('inserts it above a fork', () => {
    const flow = checkChange(
      exampleFlow(),
      insertStep(exampleFlow(), { parentId: 'start', index: 0 }, newCard('label'), ids()),
    );
    assert.deepEqual([next(flow, 'start'), next(flow, 'n1')], [['n1'], ['vip', 'hours', 'rest']]);
  });

  it('adds an Else with buttons, and moves the following cards below it', () => {
    const flow = checkChange(
      exampleFlow(),
      insertStep(exampleFlow(), { parentId: 'rest', index: 0 }, newCard('buttons'), ids()),
    );
    assert.deepEqual([next(flow, 'rest'), next(flow, 'n1'), next(flow, 'n2')], [['n1'], ['n2'], ['sorry']]);
    assert.equal(flow.cards['n2']!.kind, 'else');
  });

  it('rejects an end above other cards, and any card below an end or among buttons', () => {
    const flow = exampleFlow();
    assert.equal(insertStep(flow, { parentId: 'mark', index: 0 }, newCard('assign-ai'), ids()), null);
    assert.equal(insertStep(flow, { parentId: 'team', index: 0 }, newCard('message'), ids()), null);
    assert.equal(insertStep(flow, { parentId: 'ask', index: 0 }, newCard('message'), ids()), null);
    assert.equal(insertStep(flow, { parentId: 'constructor', index: 0 }, newCard('message'), ids()), null);
  });
});

describe('inserting a branch', () => {
  it('adds the condition and its Else, and moves the following cards below Else', () => {
    const flow = checkChange(
      exampleFlow(),
      insertCondition(exampleFlow(), { parentId: 'mark', index: 0 }, newTest('first-message-text'), ids()),
    );
    assert.deepEqual(
      [next(flow, 'mark'), next(flow, 'n1'), next(flow, 'n2')],
      [['n1', 'n2'], [], ['helper']],
    );
  });

  it('adds a branch to a fork at its index, never to the right of Else', () => {
    const at = (index: number) =>
      next(
        checkChange(exampleFlow(), insertCondition(exampleFlow(), { parentId: 'start', index }, null, ids())),
        'start',
      );
    assert.deepEqual(at(1), ['vip', 'n1', 'hours', 'rest']);
    assert.deepEqual(at(9), ['vip', 'hours', 'n1', 'rest']);
  });

  it('adds buttons up to ten', () => {
    let flow = exampleFlow();
    const newId = ids();
    for (let count = 3; count <= 10; count++) {
      flow = checkChange(flow, insertButton(flow, { parentId: 'ask', index: 99 }, 'Baru', newId));
    }
    assert.deepEqual(next(flow, 'ask').slice(-2), ['n8', 'typed']);
    assert.equal(insertButton(flow, { parentId: 'ask', index: 0 }, 'Lagi', newId), null);
    assert.equal(insertButton(flow, { parentId: 'mark', index: 0 }, 'Lagi', newId), null);
  });
});

describe('deleting', () => {
  it('attaches the following cards to the parent', () => {
    const flow = checkChange(exampleFlow(), deleteCard(exampleFlow(), 'helper'));
    assert.deepEqual(next(flow, 'mark'), ['tell']);
  });

  it('keeps the path below the Else of a buttons card, or removes it', () => {
    assert.deepEqual(next(checkChange(exampleFlow(), deleteCard(exampleFlow(), 'ask')), 'hours'), ['bot2']);
    assert.deepEqual(
      next(checkChange(exampleFlow(), deleteCard(exampleFlow(), 'ask', { keepElse: false })), 'hours'),
      [],
    );
  });

  it('removes a branch with everything below it', () => {
    const flow = checkChange(exampleFlow(), deleteBranch(exampleFlow(), 'hours'));
    assert.deepEqual(next(flow, 'start'), ['vip', 'rest']);
    assert.equal(flow.cards['bot2'], undefined);
  });

  it('removes Else with the last condition, and keeps its path on request', () => {
    const one = checkChange(exampleFlow(), deleteBranch(exampleFlow(), 'hours'));
    assert.deepEqual(next(checkChange(one, deleteBranch(one, 'vip')), 'start'), []);
    assert.deepEqual(next(checkChange(one, deleteBranch(one, 'vip', { keepElse: true })), 'start'), [
      'sorry',
    ]);
  });

  it('removes a whole subtree', () => {
    const flow = checkChange(exampleFlow(), deleteSubtree(exampleFlow(), 'helper'));
    assert.deepEqual([next(flow, 'mark'), flow.cards['team']], [[], undefined]);
  });

  it('does not remove the start or Else', () => {
    for (const remove of [deleteCard, deleteBranch, deleteSubtree]) {
      for (const id of ['start', 'rest', 'nowhere']) assert.equal(remove(exampleFlow(), id), null);
    }
  });
});

describe('moving a branch', () => {
  it('moves it among its siblings', () => {
    const flow = checkChange(
      exampleFlow(),
      moveBranch(exampleFlow(), 'hours', { parentId: 'start', index: 0 }, ids()),
    );
    assert.deepEqual(next(flow, 'start'), ['hours', 'vip', 'rest']);
  });

  it('moves it to another part of the flow, where it creates a fork', () => {
    const flow = checkChange(
      exampleFlow(),
      moveBranch(exampleFlow(), 'vip', { parentId: 'sorry', index: 0 }, ids()),
    );
    assert.deepEqual(
      [next(flow, 'start'), next(flow, 'sorry'), next(flow, 'n1')],
      [['hours', 'rest'], ['vip', 'n1'], ['bot3']],
    );
  });

  it('removes the fork that it leaves empty', () => {
    const one = checkChange(exampleFlow(), deleteBranch(exampleFlow(), 'hours'));
    const flow = checkChange(one, moveBranch(one, 'vip', { parentId: 'sorry', index: 0 }, ids()));
    assert.deepEqual([next(flow, 'start'), flow.cards['rest']], [['sorry'], undefined]);
  });

  it('does not move it below itself or past the end, and does not move Else', () => {
    const flow = exampleFlow();
    assert.equal(moveBranch(flow, 'vip', { parentId: 'mark', index: 0 }, ids()), null);
    assert.equal(moveBranch(flow, 'vip', { parentId: 'start', index: 0 }, ids()), null);
    assert.equal(moveBranch(flow, 'rest', { parentId: 'start', index: 0 }, ids()), null);
    assert.equal(moveBranch(flow, 'order', { parentId: 'start', index: 0 }, ids()), null);
  });

  it('rejects an eleventh button, and reorders ten', () => {
    let flow = exampleFlow();
    const newId = ids();
    flow = checkChange(flow, insertStep(flow, { parentId: 'sorry', index: 0 }, newCard('buttons'), newId));
    flow = checkChange(flow, insertButton(flow, { parentId: 'n1', index: 0 }, 'Lain', newId));
    const withCount = (count: number): Flow => {
      let full = flow;
      while (next(full, 'ask').length <= count) {
        full = checkChange(full, insertButton(full, { parentId: 'ask', index: 99 }, 'Baru', newId));
      }
      return full;
    };
    const nine = withCount(9);
    const moved = checkChange(nine, moveBranch(nine, 'n3', { parentId: 'ask', index: 0 }, newId));
    assert.deepEqual([next(moved, 'ask').length, next(moved, 'ask')[0]], [11, 'n3']);
    const ten = withCount(10);
    assert.equal(moveBranch(ten, 'n3', { parentId: 'ask', index: 0 }, newId), null);
    const turned = checkChange(ten, moveBranch(ten, 'order', { parentId: 'ask', index: 1 }, newId));
    assert.deepEqual(next(turned, 'ask').slice(0, 2), ['other', 'order']);
  });
});

describe('copying', () => {
  it('assigns new ids, and changes only jumps within the copy', () => {
    let flow = exampleFlow();
    flow.cards['bot'] = { kind: 'jump', to: 'ask', next: [] };
    const edit = duplicateSubtree(flow, 'hours', ids());
    flow = checkChange(flow, edit);
    const copy = flow.cards[edit!.cardId]!;
    assert.deepEqual(next(flow, 'start'), ['vip', 'hours', edit!.cardId, 'rest']);
    const jumps = Object.entries(flow.cards).filter(
      ([id, card]) => id.startsWith('n') && card.kind === 'jump',
    );
    assert.deepEqual(
      jumps.map(([, card]) => (card as { to: string }).to).sort(),
      ['mark', copy.next[0]].sort(),
    );
  });

  it('duplicates an action without its following cards, below itself', () => {
    const flow = checkChange(exampleFlow(), duplicateSubtree(exampleFlow(), 'mark', ids()));
    assert.deepEqual([next(flow, 'mark'), next(flow, 'n1')], [['n1'], ['helper']]);
  });

  it('pastes steps before the existing cards, which follow along Else', () => {
    const clip = copySubtree(checkChange(exampleFlow(), deleteCard(exampleFlow(), 'bot2')), 'ask')!;
    const edit = pasteSubtree(exampleFlow(), { parentId: 'rest', index: 0 }, clip, ids());
    const flow = checkChange(exampleFlow(), edit);
    assert.deepEqual(next(flow, next(flow, edit!.cardId).at(-1)!), ['sorry']);
  });

  it('rejects a paste that leaves no place for existing cards, and a start, an Else or an incomplete tree', () => {
    const flow = exampleFlow();
    assert.equal(pasteSubtree(flow, { parentId: 'rest', index: 0 }, copySubtree(flow, 'mark')!, ids()), null);
    assert.equal(copySubtree(flow, 'start'), null);
    assert.equal(copySubtree(flow, 'rest'), null);
    const half = { rootId: 'mark', cards: { mark: flow.cards['mark']! } };
    assert.equal(pasteSubtree(flow, { parentId: 'rest', index: 0 }, half, ids()), null);
  });
});

describe('changing what a card is', () => {
  it('sets and removes fields', () => {
    const titled = checkChange(
      exampleFlow(),
      updateCard(exampleFlow(), 'sorry', { title: 'Maaf', text: 'Tutup' }),
    );
    assert.deepEqual(titled.cards['sorry'], {
      kind: 'message',
      text: 'Tutup',
      next: ['bot3'],
      title: 'Maaf',
    });
    const bare = checkChange(titled, updateCard(titled, 'sorry', { title: undefined }));
    assert.equal(Object.hasOwn(bare.cards['sorry']!, 'title'), false);
    assert.equal(updateCard(bare, 'sorry', { text: 'Tutup' }), null);
    assert.equal(updateCard(bare, 'sorry', { next: [] }), null);
  });

  it('refuses a field of the wrong type', () => {
    const result = applyChange(exampleFlow(), updateCard(exampleFlow(), 'sorry', { text: 7 })!.change);
    assert.deepEqual(result.ok ? [] : result.problems.map(({ code, path }) => [code, path]), [
      ['wrong-type', '/cards/sorry/text'],
    ]);
  });

  it('keeps the fields that both kinds have', () => {
    const flow = checkChange(exampleFlow(), changeKind(exampleFlow(), 'helper', 'label', ids()));
    assert.deepEqual(flow.cards['helper'], { kind: 'label', labelIds: [], next: ['tell'] });
    const human = checkChange(exampleFlow(), changeKind(exampleFlow(), 'bot', 'assign-human', ids()));
    assert.deepEqual((human.cards['bot'] as { agentIds: string[] }).agentIds, ['agt_budi']);
  });

  it('changes a message into buttons and back', () => {
    const asking = checkChange(exampleFlow(), changeKind(exampleFlow(), 'sorry', 'buttons', ids()));
    assert.deepEqual([next(asking, 'sorry'), next(asking, 'n1')], [['n1'], ['bot3']]);
    const telling = checkChange(asking, changeKind(asking, 'sorry', 'message', ids()));
    assert.deepEqual(telling.cards['sorry'], exampleFlow().cards['sorry']);
  });

  it('rejects an end if a card follows', () => {
    assert.equal(changeKind(exampleFlow(), 'sorry', 'assign-ai', ids()), null);
    assert.equal(changeKind(exampleFlow(), 'ask', 'message', ids()), null);
    assert.equal(changeKind(exampleFlow(), 'sorry', 'button', ids()), null);
  });

  it('renames the flow, and removes its examples', () => {
    const flow: Flow = { ...exampleFlow(), examples: [] };
    assert.equal(checkChange(flow, renameFlow(flow, 'Malam')).name, 'Malam');
    assert.equal(
      Object.hasOwn(checkChange(flow, updateFlow(flow, { examples: undefined })), 'examples'),
      false,
    );
  });

  it('changes one version into another', () => {
    const other = checkChange(exampleFlow(), deleteBranch(exampleFlow(), 'hours'));
    const flow = checkChange(exampleFlow(), replaceFlow(exampleFlow(), { ...other, name: 'Lain' }));
    assert.deepEqual(flow, { ...other, name: 'Lain' });
  });
});

describe('applying a change', () => {
  it('rejects a result that does not parse and a value that is not a change, and never throws', () => {
    const flow = exampleFlow();
    const bad = [
      { kind: 'remove-card', cardId: 'mark' },
      { kind: 'remove-card', cardId: 'nowhere' },
      { kind: 'put-card', cardId: '__proto__', card: { kind: 'message', text: '', next: [] } },
      { kind: 'put-card', cardId: 'x', card: null },
      { kind: 'set-flow', fields: { cards: {} } },
      { kind: 'set-flow', fields: null },
      { kind: 'other' },
      { kind: 'group', what: 'x', changes: null },
      { kind: 'group', what: 'x', changes: [null] },
      { kind: 'group', what: 'x', changes: [{ kind: 'group', what: 'x', changes: [] }] },
    ] as unknown as FlowChange[];
    for (const change of bad) assert.equal(applyChange(flow, change).ok, false, JSON.stringify(change));
  });

  it('applies several edits as one', () => {
    const flow = exampleFlow();
    const first = deleteCard(flow, 'helper')!;
    const between = checkChange(flow, first);
    const second = deleteCard(between, 'tell')!;
    const both = { change: groupChanges('clean', [first.change, second.change]), cardId: 'mark' };
    assert.deepEqual(next(checkChange(flow, both), 'mark'), ['team']);
  });

  it('is undone exactly when ids are numbers, which objects list first', () => {
    const flow = exampleFlow();
    let number = 9;
    const insert = insertStep(flow, { parentId: 'rest', index: 0 }, newCard('buttons'), () =>
      String(number--),
    );
    const between = checkChange(flow, insert);
    const both = groupChanges('both', [insert!.change, deleteCard(between, 'helper')!.change]);
    const after = checkChange(flow, { change: both, cardId: 'mark' });
    const more = groupChanges('more', [
      {
        kind: 'put-card',
        cardId: 'x',
        card: { kind: 'label', labelIds: [], next: next(after, 'mark') },
        at: 0,
      },
      { kind: 'put-card', cardId: 'mark', card: { ...after.cards['mark']!, next: ['x'] } },
      deleteCard(after, 'tell')!.change,
      { kind: 'put-card', cardId: 'x', card: { kind: 'label', labelIds: [], next: ['team'] } },
      { kind: 'put-card', cardId: 'mark', card: { ...after.cards['mark']!, next: ['x'] } },
    ]);
    checkChange(after, { change: more, cardId: 'x' });
  });

  it('keeps the same object for cards that do not change', () => {
    const flow = exampleFlow();
    const result = applyChange(flow, deleteCard(flow, 'helper')!.change);
    assert.ok(result.ok && result.flow.cards['ask'] === flow.cards['ask']);
  });

  it('obeys the laws for every edit at every card of many flows', () => {
    let edits = 0;
    for (let seed = 0; seed < 150; seed++) {
      const pick = seededPick(seed);
      const flow = randomFlow(pick, 12);
      const newId = ids();
      const all = Object.keys(flow.cards);
      const anyId = () => all[pick(all.length)]!;
      for (const id of all) {
        const place = { parentId: id, index: pick(4) };
        const kind = [...authorKinds.steps.keys()][pick(authorKinds.steps.size)]!;
        const card: Card = newCard(kind);
        const clip = copySubtree(flow, anyId());
        const made = [
          insertStep(flow, place, card, newId),
          insertCondition(flow, place, randomTest(pick), newId),
          insertButton(flow, place, 'Baru', newId),
          deleteCard(flow, id, { keepElse: pick(2) === 0 }),
          deleteBranch(flow, id, { keepElse: pick(2) === 0 }),
          deleteSubtree(flow, id),
          moveBranch(flow, id, { parentId: anyId(), index: pick(4) }, newId),
          clip && pasteSubtree(flow, place, clip, newId),
          duplicateSubtree(flow, id, newId),
          changeKind(flow, id, kind, newId),
          updateCard(flow, id, { note: 'n' }),
          replaceFlow(flow, { ...randomFlow(pick, 12), name: 'Other' }),
        ];
        for (const edit of made) {
          if (!edit) continue;
          checkChange(flow, edit);
          edits++;
        }
      }
    }
    assert.ok(edits > 4000, `${edits} edits`);
  });
});

describe('an untrusted change', () => {
  it('is rejected with a message if it is not a change, and never throws', () => {
    const flow = emptyFlow({ id: 'f', name: 'F', timeZone: 'Asia/Jakarta' });
    const end = { kind: 'assign-ai', aiAgentId: 'ai', agentIds: [], next: [] };
    for (const change of [
      null,
      'text',
      { kind: 'put-card', cardId: 'q' },
      { kind: 'put-card', cardId: 5, card: end },
      { kind: 'put-card', card: end },
      { kind: 'remove-card' },
      { kind: 'group', what: 'odd', changes: [{ kind: 'put-card', cardId: 'q', card: null }] },
    ]) {
      const result = applyChange(flow, change as unknown as FlowChange);
      assert.ok(!result.ok, JSON.stringify(change));
      assert.equal(result.problems[0]!.code, 'bad-change');
    }
  });

  it('that reorders the fields of the document is undone exactly', () => {
    const flow = emptyFlow({ id: 'f', name: 'F', timeZone: 'Asia/Jakarta' });
    const order = ['name', 'id', 'format', 'timeZone', 'cards'];
    const there = applyChange(flow, { kind: 'set-flow', fields: {}, order });
    assert.ok(there.ok);
    assert.deepEqual(Object.keys(there.flow), order);
    const back = applyChange(there.flow, there.inverse);
    assert.ok(back.ok);
    assert.equal(JSON.stringify(back.flow), JSON.stringify(flow));
  });
});
