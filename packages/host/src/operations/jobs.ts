import { isBlank } from '@alur/flow';
import type { Message } from '@alur/protocol';
import { one, type Transaction } from '../database/transaction.ts';
import type { AiLanguage, AiQuestion } from '../workspace.ts';
import { assignHumans } from './apply-effects.ts';
import { sweepAttachments } from './attachments.ts';
import { append, fault, say } from './conversation-changes.ts';
import { lockConversation, saveConversation } from './conversation-store.ts';
import type { AiReplyPayload, Draft, WebhookPayload } from './conversation-state.ts';
import { findInbox } from './inboxes.ts';
import { sqlRecords } from './sql-records.ts';

/** A piece of work that this process has for itself until the lease ends. */
export type Job = {
  id: string;
  accountId: string;
  conversationId: string;
  /** Attempts begun, this one included. */
  attempts: number;
} & ({ kind: 'ai-reply'; payload: AiReplyPayload } | { kind: 'webhook'; payload: WebhookPayload });

const LEASE_MS = 90_000;
/** An AI reply waits for the ones before it in its conversation. */
const IS_NEXT = `(j.kind <> 'ai-reply' or not exists (select 1 from jobs e where e.conversation_id = j.conversation_id
  and e.kind = j.kind and e.position < j.position))`;

/**
 * Takes jobs that are due, at most one AI reply for a conversation so that answers keep their order, and says when the next one is
 * due. A job whose process died is due again when its lease ends.
 */
export async function claimJobs(
  tx: Transaction,
  { limit }: { limit: number },
): Promise<{ jobs: Job[]; nextAt: Date | null }> {
  const rows = await tx.query<{
    id: string;
    kind: Job['kind'];
    account_id: string;
    conversation_id: string;
    payload: never;
    attempts: number;
  }>(
    `update jobs set attempts = attempts + 1, locked_until = $2
     where id in (
       select id from jobs j where run_at <= $1 and (locked_until is null or locked_until <= $1)
         and ${IS_NEXT}
       order by position limit $3 for update skip locked)
     returning id, kind, account_id, conversation_id, payload, attempts`,
    [tx.now, new Date(tx.now.getTime() + LEASE_MS), limit],
  );
  const next = await one<{ at: Date | null }>(
    tx,
    // The end of the job in front wakes whoever waits behind it.
    `select min(greatest(run_at, locked_until)) as at from jobs j where ${IS_NEXT}`,
  );
  return {
    jobs: rows.map(({ account_id: accountId, conversation_id: conversationId, ...job }) => ({
      ...job,
      accountId,
      conversationId,
    })),
    nextAt: next?.at ?? null,
  };
}

/** At the start of a process that has the database for itself: whoever held a lease is gone. */
export async function releaseJobs(tx: Transaction): Promise<void> {
  await tx.query('update jobs set locked_until = null where locked_until is not null');
}

/** Puts a job back for another attempt. */
export async function postponeJob(tx: Transaction, { job, runAt }: { job: Job; runAt: Date }): Promise<void> {
  await tx.query('update jobs set run_at = $3, locked_until = null where id = $1 and payload = $2::jsonb', [
    job.id,
    JSON.stringify(job.payload),
    runAt,
  ]);
}

/**
 * Removes a job; false when it was gone already (done by somebody else after the lease) or was given to another AI agent meanwhile, so
 * that nothing is done twice and nothing is lost.
 */
async function finish(tx: Transaction, { id, payload }: Job): Promise<boolean> {
  const text = 'delete from jobs where id = $1 and payload = $2::jsonb returning id';
  return (await tx.query(text, [id, JSON.stringify(payload)])).length > 0;
}

/** What an AI agent needs to answer. */
export interface AiReplyContext {
  aiAgent: {
    id: string;
    name: string;
    language: AiLanguage;
    instructions: string;
    fallback: string | null;
    /** What it asks back, in its own words. */
    clarification: string | null;
    questions: AiQuestion[];
  };
  /** The messages of the session up to the one to answer, oldest first. */
  history: { author: Message['author']['kind']; text: string }[];
  visitorId: string;
  /** Whether there is somebody to hand over to. */
  canHandOver: boolean;
}

const HISTORY = 30;

/** What an AI reply is to be made from, or null when there is nothing to answer any more; then the job is gone. */
export async function beginAiReply(tx: Transaction, { job }: { job: Job }): Promise<AiReplyContext | null> {
  if (job.kind !== 'ai-reply') return null;
  const draft = await lockConversation(tx, job.accountId, job.conversationId);
  const aiAgent = await one<AiReplyContext['aiAgent']>(
    tx,
    'select id, name, language, instructions, fallback, clarification, questions from ai_agents where account_id = $1 and id = $2',
    [job.accountId, job.payload.aiAgentId],
  );
  if (!aiAgent || !mayAnswer(draft, job.payload)) {
    await finish(tx, job);
    return null;
  }
  const rows = await tx.query<{ message: Message }>(
    `select body->'message' as message from events
     where conversation_id = $1 and message_id is not null and body->>'sessionId' = $2
       and seq <= (select seq from events where conversation_id = $1 and message_id = $3)
     order by seq desc limit $4`,
    [job.conversationId, job.payload.sessionId, job.payload.messageId, HISTORY],
  );
  const candidates = await handOverTo(tx, draft);
  return {
    aiAgent,
    history: rows.reverse().map(({ message }) => ({ author: message.author.kind, text: spoken(message) })),
    visitorId: draft.state.visitorId,
    canHandOver: job.payload.role === 'handler' && candidates.agentIds.length + candidates.teamIds.length > 0,
  };
}

/** A message in words: its own, or else the names of its files, as what reads this cannot look into them. */
function spoken({ text, attachments = [] }: Message): string {
  return isBlank(text) ? attachments.map(({ name }) => name).join(', ') : text;
}

/** What came of an AI reply. */
export interface AiReplyOutcome {
  job: Job;
  /** What it says; null when it says nothing. */
  text: string | null;
  handOver: boolean;
  /** Whether the text only says that there is no answer. */
  isUnsure?: boolean;
  /** Why it could not answer, when it was given up. */
  failure?: string;
}

/** Writes an AI agent's answer, if it may still be given, and hands over to humans where it must. */
export async function finishAiReply(
  tx: Transaction,
  { job, text, handOver, isUnsure = false, failure }: AiReplyOutcome,
): Promise<void> {
  if (job.kind !== 'ai-reply') return;
  const draft = await lockConversation(tx, job.accountId, job.conversationId);
  if (!(await finish(tx, job)) || !mayAnswer(draft, job.payload)) return;
  const { aiAgentId, messageId, role } = job.payload;
  const records = sqlRecords(tx);
  const { aiAgents } = await records.lookUp(job.accountId, { aiAgentIds: [aiAgentId] });
  const aiAgent = aiAgents.get(aiAgentId);
  if (failure !== undefined) fault(draft, 'ai_failed', `The AI agent could not answer: ${failure}`);
  // A person has the conversation already: then only an answer is worth saying.
  const isIdle = role === 'last' && (isUnsure || handOver || failure !== undefined);
  if (text !== null && aiAgent && !isIdle)
    say(draft, {
      id: `${messageId}.ai`,
      author: { kind: 'ai', id: aiAgent.id, name: aiAgent.name },
      text,
      turnId: messageId,
    });
  if (handOver && role === 'handler') {
    const named = await handOverTo(tx, draft);
    await assignHumans(records, draft, await records.lookUp(job.accountId, named), named);
  }
  if (draft.events.length > 0) await saveConversation(tx, draft);
}

/**
 * Whether the answer is still wanted: same session, no run that waits, the AI agent still has the conversation, or, for the one
 * answer after a human end, no human has written yet.
 */
function mayAnswer({ state }: Draft, { sessionId, aiAgentId, role }: AiReplyPayload): boolean {
  if (state.session.id !== sessionId || state.session.status === 'resolved') return false;
  if (state.run.status === 'waiting') return false;
  return role === 'handler'
    ? state.handler?.kind === 'ai' && state.handler.id === aiAgentId
    : !state.humanWrote && state.handler?.kind !== 'ai';
}

async function handOverTo(tx: Transaction, { state }: Draft) {
  const { agentIds, teamIds } = state.candidates;
  if (agentIds.length + teamIds.length > 0) return state.candidates;
  const inbox = await findInbox(sqlRecords(tx), { inboxId: state.inboxId });
  return { agentIds: inbox.agentIds, teamIds: inbox.teamIds };
}

/** What a webhook call tells its receiver. */
export interface WebhookBody {
  id: string;
  type: 'flow.webhook';
  at: string;
  conversationId: string;
  inboxId: string;
  sessionId: string;
  flow: { id: string; version: number } | null;
  cardId: string;
  turnId: string;
  visitor: { id: string; name?: string; email?: string; phone?: string; attributes?: Record<string, string> };
  firstMessage: { id: string; at: string; text: string } | null;
  labelIds: string[];
}

/** What to post for a webhook job, and the secret to sign it with. */
export async function beginWebhook(
  tx: Transaction,
  { job }: { job: Job },
): Promise<{ body: WebhookBody; secret: string | null } | null> {
  if (job.kind !== 'webhook') return null;
  const { state } = await lockConversation(tx, job.accountId, job.conversationId);
  const row = await one<{
    secret: string | null;
    first: WebhookBody['firstMessage'];
    flow_id: string | null;
    flow_version: number;
  }>(
    tx,
    `select a.webhook_secret as secret, coalesce($3::jsonb, s.run)->'first' as first, s.flow_id, s.flow_version
     from accounts a join sessions s on s.conversation_id = $2 and s.id = $4 where a.id = $1`,
    [
      job.accountId,
      job.conversationId,
      state.session.id === job.payload.sessionId ? JSON.stringify(state.run) : null,
      job.payload.sessionId,
    ],
  );
  const { sessionId, cardId, turnId, at } = job.payload;
  return {
    secret: row?.secret ?? null,
    body: {
      id: job.id,
      type: 'flow.webhook',
      at,
      conversationId: state.id,
      inboxId: state.inboxId,
      sessionId,
      flow: row?.flow_id ? { id: row.flow_id, version: row.flow_version } : null,
      cardId,
      turnId,
      visitor: { id: state.visitorId, ...state.run.facts.visitor },
      firstMessage: row?.first ?? null,
      labelIds: state.labelIds,
    },
  };
}

/** Notes in the log that a webhook call arrived or was given up. */
export async function finishWebhook(
  tx: Transaction,
  { job, outcome, detail }: { job: Job; outcome: 'delivered' | 'failed'; detail?: string },
): Promise<void> {
  if (job.kind !== 'webhook') return;
  const draft = await lockConversation(tx, job.accountId, job.conversationId);
  if (!(await finish(tx, job))) return;
  append(draft, { type: 'webhook', cardId: job.payload.cardId, outcome, ...(detail && { detail }) });
  await saveConversation(tx, draft);
}

/** How many jobs there are; with `locked`, how many somebody has at the moment. */
export async function countJobs(
  tx: Transaction,
  { locked = false }: { locked?: boolean } = {},
): Promise<number> {
  const row = await one<{ count: number }>(
    tx,
    'select count(*)::int as count from jobs where not $1 or locked_until > $2',
    [locked, tx.now],
  );
  return row?.count ?? 0;
}

/** Removes what has expired. Called now and then. */
export async function sweep(tx: Transaction): Promise<void> {
  await tx.query('delete from refresh_tokens where expires_at < $1', [tx.now]);
  await sweepAttachments(tx);
}
