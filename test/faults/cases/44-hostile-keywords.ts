import assert from 'node:assert/strict';
import { keywordCards } from '../harness/attack-cards.ts';
import { attackTrials } from '../harness/attack-trials.ts';
import { attackWorkspace } from '../harness/measure-attack.ts';
import type { Row } from '../row.ts';

export const hostileKeywords: Row = {
  number: 44,
  fault: 'A flow with 5,000 keywords and messages that are slow to search',
  expected: 'the search takes bounded time and delays only its own account',
  pass: 'p95 of others at most twice as long, or longer by one such message, or 50 ms; no error',
  elsewhere: [
    {
      file: 'packages/host/src/database/fair-queue.test.ts',
      test: 'accounts are charged for time, not for the number of operations',
    },
  ],
  trials: attackTrials({
    attack: 'hostile-keywords.ts',
    unit: 'seconds of messages to it',
    workspaces: [attackWorkspace(keywordCards())],
    check({ figures, counts }, seconds) {
      assert.ok((counts['messages'] ?? 0) > 2 * seconds, figures);
    },
  }),
};
