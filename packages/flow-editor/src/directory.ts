/** What a flow can refer to: everything that a picker offers. The host owns the ids. */
export interface FlowDirectory {
  labels: DirectoryLabel[];
  agents: DirectoryAgent[];
  teams: DirectoryTeam[];
  aiAgents: DirectoryAiAgent[];
}

/** A label that can be put on a conversation. `color` is any CSS colour. */
export interface DirectoryLabel {
  id: string;
  name: string;
  color: string;
}

/** A human agent. */
export interface DirectoryAgent {
  id: string;
  name: string;
  avatarUrl?: string | null;
  online?: boolean;
}

/**
 * A team and who is in it now; membership is looked up when a conversation is assigned, not when a flow is
 * saved.
 */
export interface DirectoryTeam {
  id: string;
  name: string;
  agentIds: string[];
}

/** An AI agent. */
export interface DirectoryAiAgent {
  id: string;
  name: string;
}
