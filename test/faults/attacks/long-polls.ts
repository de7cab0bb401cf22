import { createRawVisitor } from '@alur/tooling/testing';
import { createCounts, pauseFor, repeat, type CreateAttack } from './attack.ts';

const POLLS = 2_500;
/** Time in which they are opened, in milliseconds. */
const OPEN_MS = 2_000;
/** Interval in which the visitor writes, in milliseconds. A message ends every held poll. */
const WRITE_EVERY_MS = 500;

/** One visitor keeps 2,500 long polls open. Refused ones are repeated when the host allows it. */
export const createAttack: CreateAttack = async ({ hostUrl, address, inboxId }) => {
  const { add, counts } = createCounts();
  const visitor = await createRawVisitor(hostUrl, { inboxId, address });
  const first = await visitor.post(visitor.message('halo'));
  let { cursor } = first.body;
  return {
    counts,
    async run(signal) {
      const isOpen = new Set<number>();
      const polls = repeat(POLLS, signal, async (loop) => {
        if (!isOpen.has(loop)) await pauseFor((loop / POLLS) * OPEN_MS, signal);
        isOpen.add(loop);
        const answer = await visitor.get(`events?after=${cursor}&wait=25`, signal).catch((error: unknown) => {
          if (!signal.aborted) throw error;
        });
        if (!answer) return;
        add(answer.status === 200 ? 'long polls held' : 'long polls refused');
        await pauseFor(answer.retryAfterMs, signal);
      });
      const writes = repeat(1, signal, async () => {
        const { status, body } = await visitor.post(visitor.message('lagi'));
        if (status === 200) ({ cursor } = body);
        await pauseFor(WRITE_EVERY_MS, signal);
      });
      await Promise.all([polls, writes]);
    },
  };
};
