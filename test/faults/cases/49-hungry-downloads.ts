import assert from 'node:assert/strict';
import { plainCards } from '../harness/attack-cards.ts';
import { attackTrials } from '../harness/attack-trials.ts';
import { attackWorkspace } from '../harness/measure-attack.ts';
import { within, type Row } from '../row.ts';

const MIB = 1024 * 1024;
/** Twelve downloads hold a few chunks of 64 KiB each. The rest is margin for the garbage collector. */
const MORE_MEMORY_MIB = 150;

export const hungryDownloads: Row = {
  number: 49,
  fault: 'A file of 10 MiB read 20 times at once, and 150 unread responses',
  expected: 'twelve at a time, in chunks; the others are rejected',
  pass: 'p95 of others at most twice as long, or 50 ms; no error; at most 150 MiB more memory',
  elsewhere: [
    {
      file: 'packages/host/src/routes/file-limits.test.ts',
      test: 'concurrent readers of one file query the database for one chunk at a time',
    },
    {
      file: 'packages/host/src/routes/file-limits.test.ts',
      test: 'stalled readers hold few places and little memory, and are disconnected',
    },
  ],
  trials: attackTrials({
    attack: 'hungry-downloads.ts',
    unit: 'seconds of them',
    workspaces: [attackWorkspace(plainCards)],
    check({ figures, counts, rss }) {
      assert.ok((counts['downloads refused'] ?? 0) > 0, figures);
      const more = (rss.most - rss.before) / MIB;
      within(more, MORE_MEMORY_MIB, 'MiB more memory of the host');
      return `${more.toFixed(0)} MiB more memory`;
    },
  }),
};
