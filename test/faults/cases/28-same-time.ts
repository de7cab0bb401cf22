import assert from 'node:assert/strict';
import { createRawVisitor } from '@alur/tooling/testing';
import { count as said, type Row } from '../row.ts';
import { INBOX } from '../harness/workspace.ts';

const AT_ONCE = 50;

export const sameTime: Row = {
  number: 28,
  fault: 'The same turn 50 times at once',
  expected: 'one runs, the others get its response',
  pass: '1 row',
  elsewhere: [
    {
      file: 'packages/host/src/operations/turns.test.ts',
      test: 'fifty equal concurrent turns are stored once',
    },
  ],
  trials: [
    {
      with: 'requests',
      counts: { shrunk: 2, full: 100 },
      unit: 'turns, 50 times each',
      async run(harness, count) {
        const visitor = await createRawVisitor(harness.proxy.url, { inboxId: INBOX });
        for (let round = 1; round <= count; round++) {
          const turn = visitor.message(`vip ${round}`);
          const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => visitor.post(turn)));
          const words = answers.map(({ status, body }) => `${status} ${body.seq} ${body.cursor}`);
          assert.equal(new Set(words).size, 1, 'all answers are the same');
          assert.equal(answers.filter(({ body }) => !body.replayed).length, 1, 'one ran');
          assert.equal(visitor.seq, round);
        }
        const { messages, seq } = await visitor.view();
        assert.equal(seq, count);
        const own = messages.filter(({ author }) => author.kind === 'visitor');
        assert.deepEqual(
          own.map(({ text }) => text),
          Array.from({ length: count }, (_, index) => `vip ${index + 1}`),
        );
        return `${said(count * AT_ONCE)} requests, ${said(count)} rows`;
      },
    },
  ],
};
