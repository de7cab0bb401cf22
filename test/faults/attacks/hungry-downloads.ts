import assert from 'node:assert/strict';
import { request, type IncomingMessage } from 'node:http';
import type { Attachment } from '@alur/client';
import { createCall, createRawVisitor } from '@alur/tooling/testing';
import { createCounts, pauseFor, repeat, type CreateAttack } from './attack.ts';

const FILE_BYTES = 10 * 1024 * 1024;
const READ_AT_ONCE = 20;
const UNREAD_AT_ONCE = 150;
/** Time for which a response is left unread before the next request, in milliseconds. */
const UNREAD_MS = 60_000;

/**
 * One visitor reads its file of 10 MiB twenty times at once, and requests 150 responses that it does not
 * read.
 */
export const createAttack: CreateAttack = async ({ hostUrl, address, inboxId }) => {
  const { add, counts } = createCounts();
  const visitor = await createRawVisitor(hostUrl, { inboxId, address });
  await visitor.post(visitor.message('halo'));
  const call = createCall(hostUrl, address);
  const files = `/v1/widget/${inboxId}/attachments`;
  const { status, body } = await call<Attachment>(files, {
    token: visitor.token,
    body: Buffer.alloc(FILE_BYTES, 'kopi '),
    headers: { 'Content-Type': 'application/octet-stream' },
  });
  assert.equal(status, 201, `the file is stored: ${JSON.stringify(body)}`);
  const headers = { Authorization: `Bearer ${visitor.token}`, 'X-Forwarded-For': address };

  const open = (signal: AbortSignal) =>
    new Promise<IncomingMessage | null>((resolve) => {
      const download = request(`${hostUrl}${files}/${body.id}`, { headers, signal, agent: false });
      download.on('response', resolve).on('error', () => resolve(null));
      download.end();
    });
  const waitAfter = async (response: IncomingMessage, signal: AbortSignal) => {
    response.resume();
    await pauseFor(Number(response.headers['retry-after'] ?? 1) * 1000, signal);
  };

  return {
    counts,
    async run(signal) {
      const read = repeat(READ_AT_ONCE, signal, async () => {
        const response = await open(signal);
        if (!response) return pauseFor(1_000, signal);
        if (response.statusCode !== 200) {
          add('downloads refused');
          return waitAfter(response, signal);
        }
        add('downloads');
        await new Promise((resolve) => response.resume().on('close', resolve).on('error', resolve));
      });
      const unread = repeat(UNREAD_AT_ONCE, signal, async () => {
        const response = await open(signal);
        if (!response) return pauseFor(1_000, signal);
        response.on('error', () => {});
        if (response.statusCode !== 200) {
          add('downloads refused');
          return waitAfter(response, signal);
        }
        add('responses not read');
        await pauseFor(UNREAD_MS, signal);
        response.destroy();
      });
      await Promise.all([read, unread]);
    },
  };
};
