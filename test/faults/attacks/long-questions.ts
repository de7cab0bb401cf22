import { createRawVisitor } from '@alur/tooling/testing';
import { createCounts, pauseFor, repeat, type CreateAttack } from './attack.ts';

const VISITORS = 10;

/** Returns a question of 4,000 characters whose words are all different and similar to known ones. */
function longQuestion(number: number): string {
  const words: string[] = [];
  for (let length = 0; length < 3_980; length += words.at(-1)!.length + 1)
    words.push(`pesanan${(number * 400 + words.length).toString(36)}`);
  return words.join(' ');
}

/** Several visitors ask the AI agent long questions without a pause. */
export const createAttack: CreateAttack = async ({ hostUrl, address, inboxId }) => {
  const { add, counts } = createCounts();
  const visitors = await Promise.all(
    Array.from({ length: VISITORS }, () => createRawVisitor(hostUrl, { inboxId, address })),
  );
  let asked = 0;
  return {
    counts,
    run: (signal) =>
      repeat(VISITORS, signal, async (loop) => {
        const visitor = visitors[loop]!;
        const { status, retryAfterMs } = await visitor.post(visitor.message(longQuestion(asked++)));
        add(status === 200 ? 'questions' : 'refused questions');
        if (status !== 200) await pauseFor(retryAfterMs, signal);
      }),
  };
};
