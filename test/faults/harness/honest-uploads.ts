import assert from 'node:assert/strict';
import { createCall, createRawVisitor } from '@alur/tooling/testing';
import { createProbe, honestAddress, type Probe } from './honest-visitors.ts';
import { INBOX } from './workspace.ts';

/** Enough visitors that none reaches its own upload limit. */
const VISITORS = 24;
const EVERY_MS = 250;
const FILE = Buffer.from('Nomor pesanan 1234. '.repeat(50));

/** Creates a probe of visitors of the workspace's inbox. Each uploads a small file. */
export async function createHonestUploads(hostUrl: string): Promise<Probe> {
  const visitors = await Promise.all(
    Array.from({ length: VISITORS }, async (_, number) => {
      const address = honestAddress(100 + number);
      const visitor = await createRawVisitor(hostUrl, { inboxId: INBOX, address });
      await visitor.post(visitor.message('halo'));
      return { token: visitor.token, call: createCall(hostUrl, address) };
    }),
  );
  return createProbe(VISITORS, EVERY_MS, async (user) => {
    const { token, call } = visitors[user]!;
    const { status, body } = await call(`/v1/widget/${INBOX}/attachments`, {
      token,
      body: FILE,
      headers: { 'Content-Type': 'application/octet-stream' },
    });
    assert.equal(status, 201, `an honest file is stored: ${JSON.stringify(body)}`);
  });
}
