import type { Agent, Collaborators } from '@alur/protocol';
import type { Directory } from './directory.ts';

/**
 * Returns the agents who may take a conversation: the named agents and the current members of the named
 * teams, each once. Agents that no longer exist are left out.
 */
export function candidatesOf(directory: Directory, named: Collaborators): Agent[] {
  const members = named.teamIds.flatMap((id) => directory.teams.get(id)?.agentIds ?? []);
  const ids = new Set([...named.agentIds, ...members]);
  return [...ids].flatMap((id) => directory.agents.get(id) ?? []);
}

/**
 * Returns the online candidate with the fewest open conversations. Among equals it is the first by id, so
 * that the choice can be explained. Returns null when no candidate is online.
 */
export function pickHandler(candidates: readonly Agent[], load: ReadonlyMap<string, number>): Agent | null {
  const online = candidates.filter((agent) => agent.online);
  const openCount = (agent: Agent) => load.get(agent.id) ?? 0;
  return online.sort((a, b) => openCount(a) - openCount(b) || (a.id < b.id ? -1 : 1))[0] ?? null;
}
