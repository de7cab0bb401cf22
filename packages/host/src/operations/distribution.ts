import type { Agent, Collaborators } from '@alur/protocol';
import type { Transaction } from '../database/transaction.ts';
import type { Directory } from './directory.ts';

/**
 * Who may take a conversation: the named agents and the members that the named teams have now, each once, those that no
 * longer exist left out.
 */
export function candidatesOf(directory: Directory, named: Collaborators): Agent[] {
  const members = named.teamIds.flatMap((id) => directory.teams.get(id)?.agentIds ?? []);
  const ids = new Set([...named.agentIds, ...members]);
  return [...ids].flatMap((id) => directory.agents.get(id) ?? []);
}

/**
 * The one who takes it: online, with the fewest open conversations; among equals the first by id, so that the choice can be
 * explained. Null when nobody is online.
 */
export function pickHandler(candidates: readonly Agent[], load: ReadonlyMap<string, number>): Agent | null {
  const online = candidates.filter((agent) => agent.online);
  const weight = (agent: Agent) => load.get(agent.id) ?? 0;
  return online.sort((a, b) => weight(a) - weight(b) || (a.id < b.id ? -1 : 1))[0] ?? null;
}

/** How many conversations that are not resolved each agent handles. */
export async function openLoad(
  tx: Transaction,
  accountId: string,
  agents: readonly Agent[],
): Promise<Map<string, number>> {
  if (agents.length < 2) return new Map();
  const rows = await tx.query<{ agent: string; load: number }>(
    `select handler_agent_id as agent, count(*)::int as load from conversations
     where account_id = $1 and status <> 'resolved' and handler_agent_id = any($2::text[]) group by 1`,
    [accountId, agents.map(({ id }) => id)],
  );
  return new Map(rows.map(({ agent, load }) => [agent, load]));
}
