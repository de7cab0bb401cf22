/** Entries that a flow can refer to. The pickers offer them. The host assigns the ids. */
export interface FlowDirectory {
  labels: DirectoryLabel[];
  agents: DirectoryAgent[];
  teams: DirectoryTeam[];
  aiAgents: DirectoryAiAgent[];
}

/** Label for conversations. `color` is any CSS color. */
export interface DirectoryLabel {
  id: string;
  name: string;
  color: string;
}

/** Human agent. */
export interface DirectoryAgent {
  id: string;
  name: string;
  avatarUrl?: string | null;
  online?: boolean;
}

/**
 * Team with its current members. Membership is read when a conversation is assigned, not when a flow is
 * saved.
 */
export interface DirectoryTeam {
  id: string;
  name: string;
  agentIds: string[];
}

/** AI agent. */
export interface DirectoryAiAgent {
  id: string;
  name: string;
}
