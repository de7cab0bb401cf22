import { plainCards } from '../harness/attack-cards.ts';
import { attackTrials } from '../harness/attack-trials.ts';
import { attackWorkspace } from '../harness/measure-attack.ts';
import { count as said, within, type Row } from '../row.ts';

/**
 * Returns the maximum number of operations for one address: 120 misses at once, then one per second, one
 * health check per second, and a margin.
 */
const operationsIn = (seconds: number): number => 2 * (120 + seconds) + seconds + 20;

export const unknownCallers: Row = {
  number: 47,
  fault: 'Health checks, preflights for unknown inboxes and wrong keys without a pause',
  expected: 'rejected before the database is used',
  pass: 'p95 of others at most twice as long, or 50 ms; no error; at most 260 operations, and three a second',
  elsewhere: [
    {
      file: 'packages/host/src/http/health.test.ts',
      test: 'the database is queried at most once a second for any number of health checks',
    },
    {
      file: 'packages/host/src/http/lookup-cache.test.ts',
      test: 'an address with many unknown inbox ids is rejected without a query; known inboxes still respond',
    },
  ],
  trials: attackTrials({
    attack: 'unknown-callers.ts',
    unit: 'seconds of them',
    workspaces: [attackWorkspace(plainCards)],
    check({ operations }, seconds) {
      const asked = ['ping', 'findInbox', 'findAccountByKey', 'listDashboardOrigins']
        .map(operations)
        .reduce((sum, each) => sum + each, 0);
      within(asked, operationsIn(seconds), 'operations of the database');
      return `${said(asked)} operations of the database`;
    },
  }),
};
