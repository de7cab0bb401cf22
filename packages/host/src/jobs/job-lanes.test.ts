import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { createChatModel } from '../ai/chat-model.ts';
import { countedDatabase, type CountedDatabase } from '../testing/counted-database.ts';
import { createTestHost, createTestVisitor, databases, type TestHost } from '../testing/test-host.ts';
import { flowOf } from '../testing/test-workspace.ts';

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const JOB_OPERATIONS = [
  'claimJobs',
  'beginAiReply',
  'finishAiReply',
  'beginWebhook',
  'finishWebhook',
  'postponeJob',
  'releaseJob',
];

/** Creates a server that answers requests only after `open` is called. */
async function createSlowServer(answer: (response: ServerResponse) => void) {
  const held: { body: string; response: ServerResponse }[] = [];
  let isOpen = false;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      held.push({ body, response });
      if (isOpen) answer(response);
    });
  });
  return {
    held,
    url: await listen(server),
    open() {
      isOpen = true;
      for (const { response } of held) if (!response.writableEnded && !response.destroyed) answer(response);
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

for (const database of databases) {
  describe(`job lanes on ${database.name}`, () => {
    let host: TestHost;
    let counted: CountedDatabase;
    let ai: Awaited<ReturnType<typeof createSlowServer>>;
    let dead: typeof ai;
    let alive: typeof ai;
    before(async () => {
      const said = { choices: [{ message: { content: 'Baik.' } }] };
      ai = await createSlowServer((response) => response.end(JSON.stringify(said)));
      dead = await createSlowServer((response) => response.writeHead(204).end());
      alive = await createSlowServer((response) => response.writeHead(204).end());
      alive.open();
      host = await createTestHost(
        {
          ai: createChatModel({ url: ai.url, model: 'm' }),
          allowPrivateWebhooks: true,
          wrap: (opened) => (counted = countedDatabase(opened, JOB_OPERATIONS)),
        },
        database,
      );
    });
    after(async () => {
      for (const server of [ai, dead, alive]) server.open();
      await host.close().finally(() => [ai, dead, alive].forEach((server) => server.close()));
    });

    /** Creates an account whose flow calls a webhook and ends at the AI agent. */
    async function account(hook: string) {
      const { inboxId } = await host.workspace({
        flows: [
          flowOf('flow_shop', {
            start: { kind: 'start', next: ['call'] },
            call: { kind: 'webhook', url: hook, next: ['end'] },
            end: { kind: 'assign-ai', aiAgentId: 'ai_cs', agentIds: [], next: [] },
          }),
        ],
      });
      return async (text: string) => (await createTestVisitor(host, inboxId)).message(text);
    }

    test('40 slow AI answers and an unresponsive receiver of one account delay no other account', async () => {
      const [slow, other] = [await account(`${dead.url}/hook`), await account(`${alive.url}/hook`)];
      for (let index = 0; index < 40; index++) await slow(`lambat ${index}`);
      await host.until(async () => ai.held.length === 8 && dead.held.length === 4);
      await other('cepat');
      await host.until(async () => alive.held.length === 1);
      await host.until(async () => ai.held.some(({ body }) => body.includes('cepat')));
      assert.equal(ai.held.length, 9, 'the slow account has its part of the places, and no more');
      assert.equal(dead.held.length, 4, 'and its receiver was not called more often at once');
      ai.open();
      await host.until(async () => ai.held.length === 41);
      assert.ok(
        counted.peak() <= 4,
        `${counted.peak()} operations of jobs at once: requests need connections`,
      );
    });
  });
}
