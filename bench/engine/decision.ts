import type { Card, Flow, VisitorInput } from '@alur/flow';

/** One branch of the fork that all contestants decide: a keyword in the text, or a window of the clock. */
export type Branch = { keyword: string } | { from: number; to: number };

/** Returns a fork with `count` branches: every fifth tests the time, the others a keyword. */
export function makeBranches(count: number): Branch[] {
  return Array.from({ length: count }, (_, index) => {
    if (index % 5 !== 4) return { keyword: `kata${index.toString(36).padStart(3, '0')}` };
    // Windows of one minute at night, so that most messages match none.
    return { from: index % 300, to: (index % 300) + 1 };
  });
}

/** Returns the fork as a flow. */
export function makeFlow(branches: readonly Branch[]): Flow {
  const cards: [string, Card][] = [
    ['start', { kind: 'start', next: [...branches.map((_, index) => `b${index}`), 'else'] }],
  ];
  const end = (id: string): [string, Card] => [
    id,
    { kind: 'assign-ai', aiAgentId: `ai_${id}`, agentIds: [], next: [] },
  ];
  for (const [index, branch] of branches.entries()) {
    const test =
      'keyword' in branch
        ? { kind: 'first-message-text' as const, keywords: [branch.keyword] }
        : {
            kind: 'first-message-time' as const,
            windows: [{ from: clock(branch.from), to: clock(branch.to) }],
          };
    cards.push([`b${index}`, { kind: 'condition', test, next: [`e${index}`] }], end(`e${index}`));
  }
  cards.push(['else', { kind: 'else', next: ['e'] }], end('e'));
  return {
    format: 'alur.flow/2',
    id: 'bench',
    name: 'Bench',
    timeZone: 'Asia/Jakarta',
    cards: Object.fromEntries(cards),
  };
}

/**
 * Returns first messages that reach branches all over the fork: one in ten reaches Else, all are in the
 * daytime, one in five has an emoji.
 */
export function makeInputs(branches: readonly Branch[]): VisitorInput[] {
  return Array.from({ length: 1000 }, (_, index) => {
    const branch = branches[(index * 7919) % branches.length]!;
    const keyword = index % 10 === 0 || !('keyword' in branch) ? 'apa saja' : branch.keyword;
    const minute = 600 + (index % 480);
    const at = new Date(
      Date.UTC(2026, 1, 1 + (index % 28), 0, minute - 420, index % 60, index),
    ).toISOString();
    return {
      kind: 'message',
      id: `m${index}`,
      at,
      text: `Halo Kak,  mau tanya soal ${keyword.toUpperCase()} dong, makasih${index % 5 === 2 ? ' 🙏' : ''}`,
    };
  });
}

function clock(minute: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
