import assert from 'node:assert/strict';
import { plainCards } from '../harness/attack-cards.ts';
import { attackTrials } from '../harness/attack-trials.ts';
import { createHonestUploads } from '../harness/honest-uploads.ts';
import { attackWorkspace } from '../harness/measure-attack.ts';
import type { Row } from '../row.ts';

export const slowUploads: Row = {
  number: 48,
  fault: 'Sixteen uploads of one address at one byte every 2 s',
  expected: 'six are received, the others rejected; each is ended after 10 s',
  pass: 'p95 of requests and uploads of others at most twice as long, or 50 ms; no error',
  elsewhere: [
    {
      file: 'packages/host/src/routes/file-limits.test.ts',
      test: 'slow uploads hold few places, and are aborted',
    },
    {
      file: 'packages/host/src/http/read-body.test.ts',
      test: 'a file slower than 4 KiB a second in any 10 seconds is aborted',
    },
  ],
  trials: attackTrials({
    attack: 'slow-uploads.ts',
    unit: 'seconds of them',
    workspaces: [attackWorkspace(plainCards)],
    createProbes: async ({ url }) => ({ uploads: await createHonestUploads(url) }),
    check({ figures, counts }) {
      assert.ok((counts['slow uploads refused'] ?? 0) > 0, figures);
      assert.ok((counts['slow uploads ended'] ?? 0) > 0, figures);
    },
  }),
};
