import assert from 'node:assert/strict';
import type { Harness } from '../harness/harness.ts';
import type { Fault, SeenRequest } from '../proxy.ts';
import { count as said, type Row } from '../row.ts';

/**
 * Many visitors send `count` messages in total, and the first attempt of each turn fails. Waits are 20 times
 * as fast: the shipped policy on a faster clock.
 */
export async function spoilFirstAttempts(
  harness: Harness,
  count: number,
  spoil: (request: SeenRequest) => Fault,
): Promise<string> {
  const crowd = Math.min(20, count);
  const spoilt = new Set<string>();
  harness.proxy.fault((request) => {
    if (request.method !== 'POST' || !request.target.endsWith('/turns')) return undefined;
    const { id } = JSON.parse(request.body) as { id: string };
    if (spoilt.has(id)) return undefined;
    spoilt.add(id);
    return spoil(request);
  });
  const visitors = Array.from({ length: crowd }, () => harness.visitor({ haste: 20 }));
  for (let number = 0; number < count; number++) await visitors[number % crowd]!.say(`nomor ${number}`);
  for (const visitor of visitors) await visitor.drained(300_000);
  assert.equal(spoilt.size, count, 'every turn was spoilt once');
  for (const visitor of visitors) await visitor.check();
  const attempts = harness.proxy.requests.filter(({ target }) => target.endsWith('/turns')).length;
  return `${said(count)} of ${said(count)} once and in order, ${said(attempts)} attempts`;
}

export const responseLost: Row = {
  number: 1,
  fault: 'Response lost after commit',
  expected: 'retry with the same id; the host returns the stored result',
  pass: '1,000 of 1,000 once',
  trials: [
    {
      with: 'client',
      counts: { shrunk: 20, full: 1_000 },
      unit: 'turns, 20 times as fast',
      async run(harness, count) {
        const figures = await spoilFirstAttempts(harness, count, () => ({ lose: 'answer', by: 'reset' }));
        const replayed = harness.visitors
          .flatMap(({ answers }) => answers)
          .filter(({ result }) => result.replayed);
        assert.equal(replayed.length, count, 'every answer is the stored one');
        return figures;
      },
    },
    {
      with: 'client',
      counts: { shrunk: 20, full: 1_000 },
      unit: 'turns, the response cut at some byte, 20 times as fast',
      run: (harness, count) =>
        spoilFirstAttempts(harness, count, ({ index }) => ({ cutAnswerAfter: (index * 37) % 700 })),
    },
  ],
};
