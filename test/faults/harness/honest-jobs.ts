import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { EventPage } from '@alur/client';
import type { Workspace } from '@alur/host';
import { createProbe, honestAddress, type Probe } from './honest-visitors.ts';
import { createRawVisitor, until } from '@alur/tooling/testing';

const INBOX = 'inb_jobs';
const ROUND_EVERY_MS = 250;
const USERS = 4;

/** An account whose flow calls a webhook and ends at an AI agent, with the receiver of the calls. */
export interface HonestJobs {
  workspace: Workspace;
  /**
   * Measures the time from a visitor's first message until the webhook has arrived and the AI agent has
   * replied.
   */
  createProbe(hostUrl: string): Promise<Probe>;
  close(): void;
}

export async function createHonestJobs(): Promise<HonestJobs> {
  const called = new Set<string>();
  const receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += String(chunk)));
    request.on('end', () => {
      called.add((JSON.parse(body) as { turnId: string }).turnId);
      response.writeHead(204).end();
    });
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const { port } = receiver.address() as AddressInfo;
  let visitors = 0;

  async function round(hostUrl: string): Promise<void> {
    const visitor = await createRawVisitor(hostUrl, { inboxId: INBOX, address: honestAddress(visitors++) });
    const turn = visitor.message('Berapa ongkos kirim?');
    const { status, body } = await visitor.post(turn);
    assert.equal(status, 200, 'an honest visitor is served');
    let { cursor } = body;
    for (let hasReply = false; !hasReply;) {
      const page = await visitor.get<EventPage>(`events?after=${cursor}&wait=10`);
      assert.equal(page.status, 200, 'an honest visitor is served');
      cursor = page.body.cursor;
      hasReply = page.body.events.some(
        (event) => event.type === 'message' && event.message.author.kind === 'ai',
      );
    }
    await until(() => called.has(turn.id), 'the webhook had arrived');
  }

  return {
    workspace: {
      account: {
        id: 'acc_jobs',
        name: 'Jobs',
        apiKeys: ['key-of-an-honest-account-of-32-letters'],
        signingKey: 'signing-key-of-an-honest-account-of-32',
        dashboardOrigins: [],
      },
      aiAgents: [
        {
          id: 'ai_jobs',
          name: 'AI',
          questions: [{ question: 'Berapa ongkos kirim?', answer: 'Mulai Rp9.000.' }],
        },
      ],
      flows: [
        {
          format: 'alur.flow/2',
          id: 'flow_jobs',
          name: 'Jobs',
          timeZone: 'Asia/Jakarta',
          cards: {
            start: { kind: 'start', next: ['call'] },
            call: { kind: 'webhook', url: `http://127.0.0.1:${port}/hook`, next: ['ai'] },
            ai: { kind: 'assign-ai', aiAgentId: 'ai_jobs', agentIds: [], next: [] },
          },
        },
      ],
      inboxes: [{ id: INBOX, name: 'Jobs', type: 'web-livechat', flow: 'flow_jobs', aiAgentId: 'ai_jobs' }],
    },
    async createProbe(hostUrl) {
      for (let number = 0; number < 10; number++) await round(hostUrl);
      return createProbe(USERS, ROUND_EVERY_MS, () => round(hostUrl));
    },
    close() {
      receiver.closeAllConnections();
      receiver.close();
    },
  };
}
