import type { CardBase } from '../../document/card-base.ts';

/** Adds agents and teams as collaborators, without assigning the conversation. */
export interface CollaboratorCard extends CardBase {
  kind: 'collaborator';
  agentIds: string[];
  teamIds: string[];
}
