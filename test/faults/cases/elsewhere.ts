import type { Row } from '../row.ts';

/** Rows that need no simulated network. Each names its test. */
export const elsewhere: Row[] = [
  {
    number: 26,
    fault: 'Slow consumer',
    expected: 'closed when 256 KiB wait for it; it goes on from its cursor',
    pass: 'no more than that for a reader',
    elsewhere: [
      {
        file: 'packages/host/src/streams/reader.test.ts',
        test: 'a reader that does not read is disconnected once, at 256 KiB of backlog',
      },
    ],
  },
  {
    number: 27,
    fault: 'Slow database',
    expected: 'a bounded queue; beyond it 503 with Retry-After',
    pass: 'the bound holds, what waited is done',
    elsewhere: [
      {
        file: 'packages/host/src/database/pglite-database.test.ts',
        test: 'calls over the queue limit are rejected with Retry-After, and queued calls complete',
      },
    ],
  },
  {
    number: 35,
    fault: 'Cyclic or huge flow',
    expected: 'ends within as many steps as there are cards',
    pass: 'never more',
    elsewhere: [
      {
        file: 'test/threats/step-bound.test.ts',
        test: 'a cycle of jumps ends when a card is visited again',
      },
      {
        file: 'packages/flow/src/document/parse-flow.test.ts',
        test: 'are rejected in bounded time at any size',
      },
    ],
  },
  {
    number: 36,
    fault: 'Two editors save at once',
    expected: '412 with the version that came in between, nothing lost',
    pass: 'exactly one winner for a version',
    elsewhere: [
      {
        file: 'packages/host/src/routes/dashboard.test.ts',
        test: 'of fifty saves on the same version one succeeds, the others get 412 with the stored version',
      },
    ],
  },
  {
    number: 38,
    fault: 'Hostile page: Prototype.js, patched fetch, frozen globals, strict CSP, all: unset',
    expected: 'the widget works',
    pass: 'every page',
    elsewhere: ['prototype-js', 'patched', 'strict-csp', 'global-css', 'clobbered'].map((name) => ({
      file: `test/pages/hostile-pages/${name}.ts`,
      test: name,
    })),
  },
].map((row) => ({ ...row, trials: [] }));
