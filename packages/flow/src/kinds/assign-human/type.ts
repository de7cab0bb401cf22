import type { CardBase } from '../../document/card-base.ts';

/** Ends the flow and assigns the conversation to an agent. The host selects one of the candidates. */
export interface AssignHumanCard extends CardBase {
  kind: 'assign-human';
  agentIds: string[];
  teamIds: string[];
  /** Whether the inbox's AI agent must not answer the message that ended the flow. */
  skipLastAiResponse: boolean;
}
