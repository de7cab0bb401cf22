import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { onBothDatabases } from '../harness/attack-trials.ts';
import { createHonestJobs } from '../harness/honest-jobs.ts';
import type { Harness } from '../harness/harness.ts';
import { attackWorkspace, measureAttack } from '../harness/measure-attack.ts';
import { count as said, type Row } from '../row.ts';

/** Number of calls that the attacker's flow makes for each conversation. */
const CALLS = 5;

/** Creates a receiver that accepts connections and sends nothing. */
async function createSilentReceiver(harness: Harness): Promise<{ url: string; connections: () => number }> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket.on('error', () => {}).resume());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  harness.later(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/hook`, connections: () => connections };
}

/** Returns a workspace whose flow calls `url` several times before it ends at an AI agent. */
function callingWorkspace(url: string) {
  const calls = Array.from({ length: CALLS }, (_, number) => `call${number}`);
  const cards: Record<string, object> = {
    start: { kind: 'start', next: [calls[0]] },
    ai: { kind: 'assign-ai', aiAgentId: 'ai_attack', agentIds: [], next: [] },
  };
  calls.forEach((id, number) => {
    cards[id] = { kind: 'webhook', url, next: [calls[number + 1] ?? 'ai'] };
  });
  return attackWorkspace(cards, { aiAgents: [{ id: 'ai_attack', name: 'AI', questions: [] }] });
}

export const silentReceiver: Row = {
  number: 46,
  fault: 'A webhook receiver that accepts connections and never responds',
  expected: 'AI replies and webhooks of other accounts go on',
  pass: 'p95 of them, and of other requests, at most twice as long, or 50 ms; no error',
  elsewhere: [
    {
      file: 'packages/host/src/jobs/job-lanes.test.ts',
      test: '40 slow AI answers and an unresponsive receiver of one account delay no other account',
    },
    {
      file: 'packages/host/src/jobs/job-runner.test.ts',
      test: 'jobs of a receiver are claimed when its pause ends',
    },
  ],
  trials: onBothDatabases('seconds of conversations that call it', async (harness, seconds, host) => {
    const receiver = await createSilentReceiver(harness);
    const jobs = await createHonestJobs();
    harness.later(() => jobs.close());
    const { figures, counts } = await measureAttack(harness, {
      attack: 'first-messages.ts',
      seconds,
      workspaces: [callingWorkspace(receiver.url), jobs.workspace],
      host: { ...host, allowPrivateWebhooks: true },
      createProbes: async ({ url }) => ({ 'AI replies and webhooks': await jobs.createProbe(url) }),
    });
    assert.ok((counts['conversations begun'] ?? 0) > 2 * seconds, figures);
    assert.ok(receiver.connections() > 0, 'the receiver is called');
    return `${figures}; ${said(receiver.connections())} calls without a response`;
  }),
};
