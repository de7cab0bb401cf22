import type { Row } from '../row.ts';
import { spoilFirstAttempts } from './01-response-lost.ts';

export const requestLost: Row = {
  number: 2,
  fault: 'Request lost',
  expected: 'retry with full jitter',
  pass: '1,000 of 1,000 once',
  trials: [
    {
      with: 'client',
      counts: { shrunk: 20, full: 1_000 },
      unit: 'turns, the request cut at some byte, 20 times as fast',
      run: (harness, count) =>
        spoilFirstAttempts(harness, count, ({ index, raw }) => ({
          cutRequestAfter: (index * 37) % raw.length,
        })),
    },
    {
      with: 'client',
      counts: { shrunk: 20, full: 200 },
      unit: 'turns on a connection without a response, 20 times as fast',
      run: (harness, count) =>
        spoilFirstAttempts(harness, count, ({ index }) => ({
          lose: index % 2 === 0 ? 'request' : 'answer',
          by: 'silence',
        })),
    },
  ],
};
