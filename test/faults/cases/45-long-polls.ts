import assert from 'node:assert/strict';
import { plainCards } from '../harness/attack-cards.ts';
import { attackTrials } from '../harness/attack-trials.ts';
import { attackWorkspace } from '../harness/measure-attack.ts';
import type { Row } from '../row.ts';

export const longPolls: Row = {
  number: 45,
  fault: '2,500 long polls of one visitor',
  expected: 'twelve are held, the others rejected',
  pass: 'p95 of others at most twice as long, or 50 ms; no error',
  elsewhere: [
    {
      file: 'packages/host/src/streams/long-poll.test.ts',
      test: 'count against the limit of streams, and release their place',
    },
  ],
  trials: attackTrials({
    attack: 'long-polls.ts',
    unit: 'seconds of 2,500 at once',
    workspaces: [attackWorkspace(plainCards)],
    check({ figures, counts, operations }, seconds) {
      assert.ok((counts['long polls refused'] ?? 0) > 50 * seconds, figures);
      const reads = operations('listVisitorEvents');
      // One read when a poll arrives, and one for each message of the visitor that ends it.
      assert.ok(reads <= 20 * (2 * seconds + 2), `${reads} reads of the log`);
    },
  }),
};
