/** The end of a flow: an agent of the attacker's account takes the conversation. */
export const toAgent = {
  kind: 'assign-human',
  agentIds: ['agt_attack'],
  teamIds: [],
  skipLastAiResponse: true,
  next: [],
};

/** A flow that hands over every conversation immediately. */
export const plainCards = { start: { kind: 'start', next: ['end'] }, end: toAgent };

/**
 * Returns the maximum number of keywords of a flow. Each is a part of the message `qqq…` but not a word of
 * it.
 */
export function keywordCards(): Record<string, object> {
  const tests = Array.from({ length: 10 }, (_, number) => number);
  const cards: Record<string, object> = {
    start: { kind: 'start', next: [...tests.map((number) => `if${number}`), 'rest'] },
    rest: { kind: 'else', next: ['end'] },
    end: toAgent,
  };
  for (const number of tests) {
    const keywords = Array.from({ length: 500 }, (_, index) =>
      'q'.repeat(1 + ((number * 500 + index) % 399)),
    );
    const test = { kind: 'first-message-text', match: 'word', keywords };
    cards[`if${number}`] = { kind: 'condition', test, next: [`end${number}`] };
    cards[`end${number}`] = toAgent;
  }
  return cards;
}
