import { request } from 'node:http';
import { createRawVisitor, type RawVisitor } from '@alur/tooling/testing';
import { createCounts, pauseFor, repeat, type AttackTarget, type CreateAttack } from './attack.ts';

const UPLOADS = 16;
const BYTE_EVERY_MS = 2_000;

/** Sixteen uploads of eight visitors send one byte every 2 s. Refused or ended uploads start again. */
export const createAttack: CreateAttack = async (target) => {
  const { add, counts } = createCounts();
  const visitors = await Promise.all(
    Array.from({ length: UPLOADS / 2 }, () => createRawVisitor(target.hostUrl, target)),
  );
  for (const visitor of visitors) await visitor.post(visitor.message('halo'));
  return {
    counts,
    run: (signal) =>
      repeat(UPLOADS, signal, async (loop) => {
        const visitor = visitors[loop % visitors.length]!;
        const { status, retryAfterMs } = await uploadSlowly(target, visitor, signal);
        if (status === null) return;
        add(status === 408 ? 'slow uploads ended' : 'slow uploads refused');
        await pauseFor(retryAfterMs || BYTE_EVERY_MS, signal);
      }),
  };
};

/** Sends an upload byte by byte until the host responds. `status` is null when `signal` aborted it. */
function uploadSlowly(
  { hostUrl, address, inboxId }: AttackTarget,
  { token }: RawVisitor,
  signal: AbortSignal,
): Promise<{ status: number | null; retryAfterMs: number }> {
  return new Promise((resolve) => {
    const upload = request(`${hostUrl}/v1/widget/${inboxId}/attachments`, {
      method: 'POST',
      signal,
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/octet-stream',
        'X-Forwarded-For': address,
      },
    });
    const timer = setInterval(() => upload.write('x'), BYTE_EVERY_MS);
    const end = (status: number | null, retryAfter = '0') => {
      clearInterval(timer);
      upload.destroy();
      resolve({ status, retryAfterMs: Number(retryAfter) * 1000 });
    };
    upload.on('response', ({ statusCode, headers }) => end(statusCode!, headers['retry-after']));
    upload.on('error', () => end(signal.aborted ? null : 0));
    upload.flushHeaders();
  });
}
