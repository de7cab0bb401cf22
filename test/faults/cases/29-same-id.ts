import assert from 'node:assert/strict';
import type { Turn } from '@alur/client';
import { createRawVisitor } from '@alur/tooling/testing';
import { count as said, type Row } from '../row.ts';
import { INBOX } from '../harness/workspace.ts';

/** Other inputs under the same id. */
const OTHERS: ((turn: Turn) => Turn['input'])[] = [
  ({ input, id }) => ({ kind: 'message', id, at: input.at, text: 'vip, tetapi lain' }),
  ({ input, id }) => ({ kind: 'message', id, at: input.at, text: 'lain' }),
  ({ input, id }) => ({ kind: 'press', id, at: input.at, cardId: 'ask', buttonId: 'order' }),
  ({ input, id }) => ({
    ...(input as Extract<Turn['input'], { kind: 'message' }>),
    id,
    attachments: [{ id: 'att_x' }],
  }),
];

export const sameId: Row = {
  number: 29,
  fault: 'The same id with another input',
  expected: '422, nothing stored',
  pass: 'all of them',
  elsewhere: [
    {
      file: 'packages/host/src/operations/turns.test.ts',
      test: 'the same id with another input is rejected, and nothing is stored',
    },
  ],
  trials: [
    {
      with: 'requests',
      counts: { shrunk: 8, full: 1_000 },
      unit: 'conflicting turns',
      async run(harness, count) {
        const visitor = await createRawVisitor(harness.proxy.url, { inboxId: INBOX });
        const turn = visitor.message('vip');
        assert.equal((await visitor.post(turn)).status, 200);
        const before = await visitor.view();
        const answers = await Promise.all(
          Array.from({ length: count }, (_, index) =>
            visitor.post({ ...turn, seq: 1 + (index % 2), input: OTHERS[index % OTHERS.length]!(turn) }),
          ),
        );
        for (const { status, body } of answers) {
          assert.equal(status, 422);
          assert.equal(body.code, 'id_reused');
        }
        const same = await visitor.post(turn);
        assert.deepEqual([same.status, same.body.replayed], [200, true], 'the true one is still answered');
        const after = await visitor.view();
        assert.deepEqual([after.cursor, after.seq], [before.cursor, before.seq], 'nothing happened');
        return `${said(count)} of ${said(count)} refused`;
      },
    },
  ],
};
