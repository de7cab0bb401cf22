import type { Agent, AiAgent, Inbox, Label, Team } from '@alur/protocol';

/** Everything that a conversation refers to by id. */
export interface Directory {
  labels: Label[];
  agents: Agent[];
  teams: Team[];
  aiAgents: AiAgent[];
  inboxes: Inbox[];
}

/** Names by id. An unknown id is its own name, so that no entry is omitted. */
export interface DirectoryNames {
  label(id: string): { name: string; color: string };
  agent(id: string): string;
  team(id: string): string;
  aiAgent(id: string): string;
  inbox(id: string): string;
}

/** Looks up names in a directory. */
export function directoryNames(directory: Directory): DirectoryNames {
  const index = <T extends { id: string }>(list: T[]): Map<string, T> =>
    new Map(list.map((item) => [item.id, item]));
  const labels = index(directory.labels);
  const agents = index(directory.agents);
  const teams = index(directory.teams);
  const aiAgents = index(directory.aiAgents);
  const inboxes = index(directory.inboxes);
  return {
    label: (id) => labels.get(id) ?? { name: id, color: '#8b93a3' },
    agent: (id) => agents.get(id)?.name ?? id,
    team: (id) => teams.get(id)?.name ?? id,
    aiAgent: (id) => aiAgents.get(id)?.name ?? id,
    inbox: (id) => inboxes.get(id)?.name ?? id,
  };
}

/** `Budi`, `Budi dan Citra`, `Budi, Citra dan Tim VIP`. */
export function joinNames(names: string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} dan ${names.at(-1)}`;
}
