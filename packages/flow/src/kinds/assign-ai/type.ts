import type { CardBase } from '../../document/card-base.ts';

/** Ends the flow and assigns the conversation to an AI agent. */
export interface AssignAiCard extends CardBase {
  kind: 'assign-ai';
  aiAgentId: string | null;
  agentIds: string[];
}
