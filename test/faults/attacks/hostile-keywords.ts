import { type RawVisitor, createCall, createRawVisitor } from '@alur/tooling/testing';
import { percentile } from '../row.ts';
import { createCounts, pauseFor, repeat, type CreateAttack } from './attack.ts';

const VISITORS = 6;

/**
 * The attacker owns the account. Visitors send a message for which its keywords are expensive. The attacker's
 * API key resolves their conversations, so that each message begins a session and all keywords are searched.
 */
export const createAttack: CreateAttack = async ({ hostUrl, address, inboxId, apiKey }) => {
  const { add, counts } = createCounts();
  const call = createCall(hostUrl, address);
  const visitors = await Promise.all(
    Array.from({ length: VISITORS }, () => createRawVisitor(hostUrl, { inboxId, address })),
  );
  for (const visitor of visitors) await visitor.post(visitor.message('halo'));
  const { body } = await call<{ items: { id: string; visitor: { id: string } }[] }>(
    '/v1/conversations?limit=200',
    { token: apiKey },
  );
  const conversations = visitors.map(
    ({ visitorId }) => body.items.find(({ visitor }) => visitor.id === visitorId)!.id,
  );
  const resolve = (number: number) =>
    call(`/v1/conversations/${conversations[number]}/resolve`, { method: 'POST', token: apiKey });
  const post = (visitor: RawVisitor) => visitor.post(visitor.message('q'.repeat(4_000)));
  const alone: number[] = [];
  for (let number = 0; number < VISITORS; number++) {
    await resolve(number);
    const began = performance.now();
    await post(visitors[number]!);
    alone.push(performance.now() - began);
  }
  return {
    counts,
    aloneMs: percentile(alone, 0.5),
    run: (signal) =>
      repeat(VISITORS, signal, async (loop) => {
        const resolved = await resolve(loop);
        const posted = await post(visitors[loop]!);
        add(resolved.status < 300 && posted.status === 200 ? 'messages' : 'refused messages');
        await pauseFor(Math.max(resolved.retryAfterMs, posted.retryAfterMs), signal);
      }),
  };
};
