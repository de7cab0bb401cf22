import { isBlank } from '@alur/flow';
import type { Message } from '@alur/protocol';
import { queryOne, type Transaction } from '../database/transaction.ts';
import type { AiLanguage, AiQuestion } from '../workspace.ts';
import { assignHumans } from './apply-effects.ts';
import { finishJob, type Job } from './claim-jobs.ts';
import { fault, say } from './conversation-changes.ts';
import { lockConversation, saveConversation } from './conversation-store.ts';
import type { AiReplyPayload, ConversationChange } from './conversation-state.ts';
import { findInbox } from './inboxes.ts';
import { sqlRecords } from './sql-records.ts';

/** Input for an AI reply. */
export interface AiReplyContext {
  aiAgent: {
    id: string;
    name: string;
    language: AiLanguage;
    instructions: string;
    fallback: string | null;
    /** Text with which the AI agent asks for clarification. */
    clarification: string | null;
    questions: AiQuestion[];
  };
  /** Messages of the session up to the one to answer, oldest first. */
  history: { author: Message['author']['kind']; text: string }[];
  visitorId: string;
  /** Whether the conversation can be handed over to agents. */
  canHandOver: boolean;
}

const HISTORY = 30;

/**
 * Returns the input for an AI reply. Returns null, with the job removed, when no reply is needed any more.
 */
export async function beginAiReply(tx: Transaction, { job }: { job: Job }): Promise<AiReplyContext | null> {
  if (job.kind !== 'ai-reply') return null;
  const change = await lockConversation(tx, job.accountId, job.conversationId);
  const aiAgent = await queryOne<AiReplyContext['aiAgent']>(
    tx,
    'select id, name, language, instructions, fallback, clarification, questions from ai_agents where account_id = $1 and id = $2',
    [job.accountId, job.payload.aiAgentId],
  );
  if (!aiAgent || !isStillWanted(change, job.payload)) {
    await finishJob(tx, job);
    return null;
  }
  const rows = await tx.query<{ message: Message }>(
    `select body->'message' as message from events
     where conversation_id = $1 and message_id is not null and body->>'sessionId' = $2
       and seq <= (select seq from events where conversation_id = $1 and message_id = $3)
     order by seq desc limit $4`,
    [job.conversationId, job.payload.sessionId, job.payload.messageId, HISTORY],
  );
  const candidates = await handOverTo(tx, change);
  return {
    aiAgent,
    history: rows
      .reverse()
      .map(({ message }) => ({ author: message.author.kind, text: textOrFileNames(message) })),
    visitorId: change.state.visitorId,
    canHandOver: job.payload.role === 'handler' && candidates.agentIds.length + candidates.teamIds.length > 0,
  };
}

/** Returns the text of a message, or the names of its files. AI agents cannot read files. */
function textOrFileNames({ text, attachments = [] }: Message): string {
  return isBlank(text) ? attachments.map(({ name }) => name).join(', ') : text;
}

/** Outcome of an AI reply. */
export interface AiReplyOutcome {
  job: Job;
  /** Text of the reply. Null: no message is sent. */
  text: string | null;
  handOver: boolean;
  /** Whether the text only states that the AI agent has no answer. */
  isUnsure?: boolean;
  /** Reason why the AI agent gave up, if it did. */
  failure?: string;
}

/** Stores an AI agent's reply, if it is still wanted, and hands over to agents where necessary. */
export async function finishAiReply(
  tx: Transaction,
  { job, text, handOver, isUnsure = false, failure }: AiReplyOutcome,
): Promise<void> {
  if (job.kind !== 'ai-reply') return;
  const change = await lockConversation(tx, job.accountId, job.conversationId);
  if (!(await finishJob(tx, job)) || !isStillWanted(change, job.payload)) return;
  const { aiAgentId, messageId, role } = job.payload;
  const records = sqlRecords(tx);
  const { aiAgents } = await records.lookUp(job.accountId, { aiAgentIds: [aiAgentId] });
  const aiAgent = aiAgents.get(aiAgentId);
  if (failure !== undefined) fault(change, 'ai_failed', `The AI agent could not answer: ${failure}`);
  // Agents already have the conversation, so only a real answer is useful.
  const isIdle = role === 'last' && (isUnsure || handOver || failure !== undefined);
  if (text !== null && aiAgent && !isIdle)
    say(change, {
      id: `${messageId}.ai`,
      author: { kind: 'ai', id: aiAgent.id, name: aiAgent.name },
      text,
      turnId: messageId,
    });
  if (handOver && role === 'handler') {
    const named = await handOverTo(tx, change);
    await assignHumans(records, change, await records.lookUp(job.accountId, named), named);
  }
  if (change.events.length > 0) await saveConversation(tx, change);
}

/**
 * Whether the reply is still wanted: the session is the same and its run does not wait. The AI agent is still
 * the assignee, or, for the one reply after an `assign-human` end, no agent has written yet.
 */
function isStillWanted(
  { state }: ConversationChange,
  { sessionId, aiAgentId, role }: AiReplyPayload,
): boolean {
  if (state.session.id !== sessionId || state.session.status === 'resolved') return false;
  if (state.run.status === 'waiting') return false;
  return role === 'handler'
    ? state.handler?.kind === 'ai' && state.handler.id === aiAgentId
    : !state.humanWrote && state.handler?.kind !== 'ai';
}

async function handOverTo(tx: Transaction, { state }: ConversationChange) {
  const { agentIds, teamIds } = state.candidates;
  if (agentIds.length + teamIds.length > 0) return state.candidates;
  const inbox = await findInbox(sqlRecords(tx), { inboxId: state.inboxId });
  return { agentIds: inbox.agentIds, teamIds: inbox.teamIds };
}

/** Removes expired records. It is called periodically. */
export async function sweep(tx: Transaction): Promise<void> {
  await tx.query('delete from refresh_tokens where expires_at < $1', [tx.now]);
}
