import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import type { Database } from '../database/database.ts';
import type { Job } from '../operations/claim-jobs.ts';
import { createJobRunner } from './job-runner.ts';

test('stop waits for jobs that are being claimed', async () => {
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
    ai: { answer: () => Promise.reject(new Error('no reply is expected')) },
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

/** Returns a local port that refuses connections. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

/**
 * Creates a runner whose webhook jobs are claimed one by one. A job whose attempt is 0 was erased after it
 * was claimed.
 */
async function runWebhooks(t: TestContext, attempts: readonly number[]) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const url = `http://127.0.0.1:${await closedPort()}/hook`;
  const receiver = new URL(url).origin;
  const jobs = attempts.map((attempt, index) => ({
    id: `j${index}`,
    accountId: 'a',
    conversationId: 'c',
    attempts: attempt,
    kind: 'webhook',
    receiver,
    payload: { url },
  }));
  let now = 0;
  const blocked: (readonly string[])[] = [];
  const database = {
    async run(name: string, input: { kind?: string; job?: Job; blockedReceivers?: string[] }) {
      if (name === 'beginWebhook') return input.job?.attempts === 0 ? null : { body: {}, secret: null };
      if (name !== 'claimJobs') return null;
      if (input.kind !== 'webhook') return { jobs: [], nextAt: null };
      blocked.push(input.blockedReceivers ?? []);
      const isBlocked = input.blockedReceivers?.includes(receiver);
      return { jobs: isBlocked ? [] : jobs.splice(0, 1), nextAt: null };
    },
    notify() {},
  } as unknown as Database;
  const runner = createJobRunner({
    database,
    clock: () => now,
    logger: console,
    ai: { answer: () => Promise.reject(new Error('no AI agent is asked')) },
    allowPrivateWebhooks: true,
    isAlone: false,
  });
  t.after(() => runner.stop());
  await runner.start();
  return {
    runner,
    blocked,
    pass: (ms: number) => (now += ms),
    /** Waits until only external work is pending. */
    async settled(): Promise<void> {
      for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    },
    /** Resolves when a claim excludes the receiver. */
    async paused(): Promise<void> {
      const isPaused = () => blocked.at(-1)?.includes(receiver);
      for (let turn = 0; !isPaused(); turn++) {
        assert.ok(turn < 10_000, 'the receiver is left alone');
        await new Promise(setImmediate);
      }
    },
  };
}

test('an erased webhook job does not reset the failures of its receiver', async (t) => {
  const { paused } = await runWebhooks(t, [1, 1, 1, 1, 0, 1]);
  await paused();
});

test('jobs of a receiver are claimed when its pause ends', async (t) => {
  const { runner, blocked, paused, settled, pass } = await runWebhooks(t, [1, 1, 1, 1, 1]);
  await paused();
  await settled();
  pass(20_000);
  runner.wake();
  await settled();
  const before = blocked.length;
  pass(10_000);
  t.mock.timers.tick(10_000);
  await settled();
  assert.ok(blocked.length > before);
  assert.deepEqual(blocked[before], []);
});
