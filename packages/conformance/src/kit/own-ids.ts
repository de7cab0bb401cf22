import type { Account, Cards } from './account.ts';
import { uuid7 } from './ids.ts';

/** The lists of ids with which a vector is checked, in the form of `options.directory`. */
export type VectorDirectory = Record<string, { id: string }[] | undefined>;

/**
 * Returns cards with ids of the account in place of a vector's. An id that a list of `directory` lacks
 * becomes one that no account has. An end at an AI agent becomes one at a person when the account has no AI
 * agent.
 */
export function withOwnIds(cards: Cards, account: Account, directory: VectorDirectory = {}): Cards {
  const own = (list: 'labels' | 'agents' | 'teams', ids: unknown): unknown => {
    if (!Array.isArray(ids)) return ids;
    const known = directory[list];
    const [mine, unknown] = [new Set<unknown>(), new Set<unknown>()];
    for (const id of ids) (!known || known.some((one) => one.id === id) ? mine : unknown).add(id);
    return [
      ...[...mine].slice(0, account[list].length).map((_, index) => account[list][index]!.id),
      ...[...unknown].map(() => `gone_${uuid7()}`),
    ];
  };
  const owned = (card: Cards[string]): Cards[string] => {
    const changed = { ...card };
    if ('labelIds' in card) changed['labelIds'] = own('labels', card['labelIds']);
    if ('agentIds' in card) changed['agentIds'] = own('agents', card['agentIds']);
    if ('teamIds' in card) changed['teamIds'] = own('teams', card['teamIds']);
    if (card.kind !== 'assign-ai' || !card['aiAgentId']) return changed;
    if (account.aiAgents[0]) return { ...changed, aiAgentId: account.aiAgents[0].id };
    const { next } = changed;
    return {
      kind: 'assign-human',
      next,
      agentIds: [account.agents[0]!.id],
      teamIds: [],
      skipLastAiResponse: false,
    };
  };
  return Object.fromEntries(Object.entries(cards).map(([id, card]) => [id, owned(card)]));
}
