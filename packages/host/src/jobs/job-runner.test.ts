import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Database } from '../database/database.ts';
import type { Job } from '../operations/claim-jobs.ts';
import { createJobRunner } from './job-runner.ts';

test('who stops waits for the jobs that were just being taken', async () => {
  const asked: string[] = [];
  let give!: (taken: { jobs: Job[]; nextAt: null }) => void;
  const taking = new Promise((resolve) => (give = resolve));
  const database = {
    run: (name: string, input: { kind?: string }) => {
      if (input?.kind === 'webhook') return Promise.resolve({ jobs: [], nextAt: null });
      asked.push(name);
      return name === 'claimJobs' ? taking : Promise.resolve(null);
    },
    notify() {},
  } as unknown as Database;
  const runner = createJobRunner({
    database,
    clock: Date.now,
    logger: console,
    ai: { answer: () => Promise.reject(new Error('nobody asks')) },
    allowPrivateWebhooks: false,
    isAlone: false,
  });
  await runner.start();
  const stopped = runner.stop().then(() => asked.push('stopped'));
  const job = { id: 'j', accountId: 'a', conversationId: 'c', attempts: 1, kind: 'ai-reply', payload: {} };
  await new Promise(setImmediate);
  give({ jobs: [job as Job], nextAt: null });
  await stopped;
  assert.deepEqual(asked, ['claimJobs', 'beginAiReply', 'stopped']);
});
