import { HostProblem } from '../problem.ts';
import type { DashboardCaller } from './authenticate.ts';
import type { DashboardOperationId } from './handlers.ts';

/** `agent` works with conversations and reads the rest; `admin` is allowed everything. */
export type Role = 'agent' | 'admin';

/**
 * Role that each operation of the dashboard API requires. A missing operation is a type error, so none can be
 * left unprotected.
 */
const REQUIRED_ROLES: Record<DashboardOperationId, Role> = {
  listFlows: 'agent',
  createFlow: 'admin',
  getFlow: 'agent',
  renameFlow: 'admin',
  deleteFlow: 'admin',
  listFlowVersions: 'agent',
  saveFlowVersion: 'admin',
  getFlowVersion: 'agent',
  restoreFlowVersion: 'admin',
  getFlowStatistics: 'agent',
  listInboxes: 'agent',
  getInbox: 'agent',
  updateInbox: 'admin',
  listLabels: 'agent',
  listAgents: 'agent',
  listTeams: 'agent',
  listAiAgents: 'agent',
  setAgentPresence: 'agent',
  updateAgent: 'admin',
  listConversations: 'agent',
  getConversation: 'agent',
  listConversationEvents: 'agent',
  getConversationAttachment: 'agent',
  replyToConversation: 'agent',
  assignConversation: 'agent',
  setConversationLabels: 'agent',
  setConversationCollaborators: 'agent',
  resolveConversation: 'agent',
  markConversationRead: 'agent',
  sendAgentTyping: 'agent',
  streamAccountHints: 'agent',
};

/**
 * Throws `scope_missing` unless the caller's roles allow the operation. An operation that is not in the table
 * requires `admin`.
 */
export function requireRole({ roles }: DashboardCaller, operationId: string): void {
  const required = Object.hasOwn(REQUIRED_ROLES, operationId)
    ? REQUIRED_ROLES[operationId as DashboardOperationId]
    : 'admin';
  if (roles.includes('admin') || roles.includes(required)) return;
  throw new HostProblem('scope_missing', `This needs the role "${required}".`);
}
