/**
 * All operations of the host. An operation is a function of a transaction and plain data. It runs in exactly
 * one transaction, in PGlite's thread or over a PostgreSQL connection. Only this folder contains SQL.
 * Operations of visitors and agents on a conversation use `Records` instead, so that the simulation can run
 * them in memory.
 *
 * @module
 */
import type { Transaction } from '../database/transaction.ts';
import { findAccount, findAccountByKey, hostSecret, listDashboardOrigins, ping } from './accounts.ts';
import { releaseConversations, updateAgent } from './agents.ts';
import {
  abandonAttachment,
  addAttachmentChunk,
  beginAttachment,
  deleteSomeAttachments,
  findConversationAttachment,
  findVisitorAttachment,
  finishAttachment,
  readAttachmentChunk,
  sweepAttachments,
} from './attachments.ts';
import {
  assignConversation,
  getConversation,
  listConversations,
  markConversationRead,
  replyToConversation,
  resolveConversation,
  setConversationCollaborators,
  setConversationLabels,
  typingTarget,
} from './conversations.ts';
import { eraseVisitor } from './erase-visitor.ts';
import { listAgents, listAiAgents, listLabels, listTeams } from './directory.ts';
import {
  createFlow,
  deleteFlow,
  listFlows,
  listFlowVersions,
  renameFlow,
  restoreFlowVersion,
  saveFlowVersion,
} from './flows.ts';
import { getFlow, getFlowVersion } from './flow-rows.ts';
import { getFlowStatistics } from './flow-statistics.ts';
import { importWorkspace } from './import-workspace.ts';
import { addKey, chooseAccount, listKeys, listShortSecrets, revokeKey } from './keys.ts';
import { findInbox, getInbox, listInboxes, updateInbox } from './inboxes.ts';
import { beginAiReply, finishAiReply, sweep } from './jobs.ts';
import { expirePresence, noteAgentsSeen, setPresence } from './presence.ts';
import { withSql } from './sql-records.ts';
import { claimJobs, countJobs, postponeJob, releaseJob, releaseJobs } from './claim-jobs.ts';
import { beginWebhook, finishWebhook } from './webhook-jobs.ts';
import {
  addReplacementChunk,
  beginImageReplacement,
  finishImageReplacement,
  nextImageWithMetadata,
} from './stored-images.ts';
import { getTranscript } from './transcript.ts';
import { submitTurn } from './submit-turn.ts';
import {
  getPublicFlow,
  getVisitorConversation,
  getWidgetConfig,
  listConversationEvents,
  listVisitorEvents,
  markVisitorRead,
  visitorConversationId,
} from './visitor-reads.ts';
import { endSession, rateSession } from './visitor-requests.ts';
import { createVisitor, findRevokedFamilies, refreshVisitor } from './visitors.ts';

export const operations = {
  ping,
  hostSecret,
  importWorkspace,
  findAccount,
  findAccountByKey,
  listDashboardOrigins,
  chooseAccount,
  listKeys,
  addKey,
  revokeKey,
  listShortSecrets,

  findInbox: withSql(findInbox),
  getWidgetConfig: withSql(getWidgetConfig),
  getPublicFlow: withSql(getPublicFlow),
  createVisitor: withSql(createVisitor),
  refreshVisitor: withSql(refreshVisitor),
  findRevokedFamilies: withSql(findRevokedFamilies),
  submitTurn: withSql(submitTurn),
  getVisitorConversation: withSql(getVisitorConversation),
  listVisitorEvents: withSql(listVisitorEvents),
  markVisitorRead: withSql(markVisitorRead),
  rateSession: withSql(rateSession),
  endSession: withSql(endSession),
  beginAttachment,
  addAttachmentChunk,
  finishAttachment,
  abandonAttachment,
  findVisitorAttachment,
  readAttachmentChunk,
  deleteSomeAttachments,
  nextImageWithMetadata,
  beginImageReplacement,
  addReplacementChunk,
  finishImageReplacement,
  getTranscript: withSql(getTranscript),
  eraseVisitor,
  visitorConversationId: withSql(visitorConversationId),

  listFlows,
  createFlow,
  getFlow,
  renameFlow,
  deleteFlow,
  listFlowVersions,
  getFlowVersion,
  saveFlowVersion,
  restoreFlowVersion,
  getFlowStatistics,

  getInbox,
  listInboxes,
  updateInbox,
  listLabels,
  listAgents,
  listTeams,
  listAiAgents,
  setPresence,
  noteAgentsSeen,
  expirePresence,
  updateAgent,
  releaseConversations,

  listConversations,
  getConversation: withSql(getConversation),
  listConversationEvents: withSql(listConversationEvents),
  findConversationAttachment,
  replyToConversation: withSql(replyToConversation),
  assignConversation: withSql(assignConversation),
  setConversationLabels: withSql(setConversationLabels),
  setConversationCollaborators: withSql(setConversationCollaborators),
  resolveConversation: withSql(resolveConversation),
  markConversationRead: withSql(markConversationRead),
  typingTarget,

  claimJobs,
  countJobs,
  releaseJobs,
  releaseJob,
  postponeJob,
  beginAiReply,
  finishAiReply,
  beginWebhook,
  finishWebhook,
  sweep,
  sweepAttachments,
};

type Operations = typeof operations;
export type OperationName = keyof Operations;
/** Input of an operation, or `undefined` when it takes none. */
export type OperationInput<Name extends OperationName> = Parameters<Operations[Name]>[1];
export type OperationResult<Name extends OperationName> = Awaited<ReturnType<Operations[Name]>>;

/** Operation of which only the name is known. */
export type AnyOperation = (tx: Transaction, input: unknown) => Promise<unknown>;

/**
 * Operations with the same result when they run twice: reads, and writes under an id of the caller. Only
 * these are repeated when the connection was lost during the commit and the first run may count. All others
 * are repeated only when the first run is known to be undone.
 */
const REPEATABLE: ReadonlySet<OperationName> = new Set<OperationName>([
  'ping',
  'hostSecret',
  'findAccount',
  'findAccountByKey',
  'listDashboardOrigins',
  'chooseAccount',
  'listKeys',
  'listShortSecrets',
  'findInbox',
  'getWidgetConfig',
  'getPublicFlow',
  'refreshVisitor',
  'submitTurn',
  'getVisitorConversation',
  'listVisitorEvents',
  'markVisitorRead',
  'rateSession',
  'endSession',
  'addAttachmentChunk',
  'finishAttachment',
  'abandonAttachment',
  'findVisitorAttachment',
  'readAttachmentChunk',
  'deleteSomeAttachments',
  'nextImageWithMetadata',
  'beginImageReplacement',
  'addReplacementChunk',
  'getTranscript',
  'visitorConversationId',
  'listFlows',
  'getFlow',
  'listFlowVersions',
  'getFlowVersion',
  'getFlowStatistics',
  'getInbox',
  'listInboxes',
  'listLabels',
  'listAgents',
  'listTeams',
  'listAiAgents',
  'listConversations',
  'getConversation',
  'listConversationEvents',
  'findConversationAttachment',
  'replyToConversation',
  'setConversationLabels',
  'setConversationCollaborators',
  'markConversationRead',
  'typingTarget',
  'countJobs',
  'releaseJobs',
  'postponeJob',
  'finishAiReply',
  'finishWebhook',
  'sweep',
  'sweepAttachments',
]);

/** Operations that consist of one statement that reads. They need no transaction of their own. */
const SINGLE_READS: ReadonlySet<OperationName> = new Set<OperationName>([
  'ping',
  'findInbox',
  'findAccount',
  'findAccountByKey',
  'listDashboardOrigins',
  'readAttachmentChunk',
]);

/** Whether an operation is one statement that reads. */
export function isSingleRead(name: OperationName): boolean {
  return SINGLE_READS.has(name);
}

/** Whether an operation may run again although its first run may have been committed. */
export function isRepeatable(name: OperationName): boolean {
  return REPEATABLE.has(name);
}
