/**
 * Dashboard client of a host: typed calls for the whole dashboard API, and the account's live hints.
 *
 * @module
 */
export { ClientError, isClientError } from '../client-error.ts';
export type { ClientErrorCode } from '../client-error.ts';
export type { AccountListener } from './account-feed.ts';
export type { AgentReplies, AgentRepliesOptions, AgentReply } from './agent-replies.ts';
export { openAgentReplies } from './open-agent-replies.ts';
export { collect, createDashboardClient } from './create-dashboard-client.ts';
export type {
  AttachmentQuery,
  ConversationQuery,
  DashboardClient,
  DashboardClientOptions,
  EventQuery,
  FlowRestore,
  FlowSave,
  GetToken,
  NewFlow,
  Page,
  PageQuery,
  SaveOutcome,
  StatisticsQuery,
} from './dashboard-client.ts';
