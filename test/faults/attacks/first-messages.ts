import { createRawVisitor } from '@alur/tooling/testing';
import { createCounts, pauseFor, repeat, type CreateAttack } from './attack.ts';

const AT_ONCE = 4;

/** New visitors begin conversations, as many as one address may. */
export const createAttack: CreateAttack = async ({ hostUrl, address, inboxId }) => {
  const { add, counts } = createCounts();
  return {
    counts,
    run: (signal) =>
      repeat(AT_ONCE, signal, async () => {
        const visitor = await createRawVisitor(hostUrl, { inboxId, address }).catch(() => null);
        if (!visitor) return pauseFor(1_000, signal);
        const { status } = await visitor.post(visitor.message('halo'));
        add(status === 200 ? 'conversations begun' : 'conversations refused');
      }),
  };
};
