import type { Agent } from '@alur/protocol';
import { queryOne, type Transaction } from '../database/transaction.ts';
import { notFound } from '../problem.ts';
import { AGENT_SHAPE } from './directory.ts';
import { distributePending } from './distribute-pending.ts';

/** One agent of one account. */
export interface AgentScope {
  accountId: string;
  agentId: string;
}

/** Time without a live stream after which an agent is set away. */
export const AWAY_AFTER_MS = 2 * 60_000;

/**
 * Stores whether the agent takes conversations, and assigns waiting ones to an agent who comes online. With
 * `by: 'agent'`, the choice holds while a dashboard stream of the agent is live. With `by: 'backend'`, it
 * holds until it is changed or the agent opens a stream. Throws `not_found`.
 */
export async function setPresence(
  tx: Transaction,
  { presence, by, ...scope }: AgentScope & { presence: 'online' | 'away'; by: 'agent' | 'backend' },
): Promise<Agent> {
  await lockAgent(tx, scope);
  await tx.query(
    `update agents set choice = $3, online = ($3 = 'online'), seen_at = $4
     where account_id = $1 and id = $2`,
    [scope.accountId, scope.agentId, presence, by === 'agent' ? tx.now : null],
  );
  tx.notify({ kind: 'settings' });
  if (presence === 'online') await distributePending(tx, scope);
  return getAgent(tx, scope);
}

/**
 * Records that these agents have a live stream now. Agents who come back online receive waiting
 * conversations.
 */
export async function noteAgentsSeen(tx: Transaction, { agents }: { agents: AgentScope[] }): Promise<void> {
  const rows = await tx.query<{ account_id: string; id: string; was_online: boolean }>(
    `with seen as (
       select a.account_id, a.id, a.online as was_online from agents a
       join jsonb_to_recordset($1::jsonb) as s ("accountId" text, "agentId" text)
         on a.account_id = s."accountId" and a.id = s."agentId"
       where a.active order by a.account_id, a.id for update of a)
     update agents a set seen_at = $2, choice = coalesce(a.choice, 'online'), online = coalesce(a.choice, 'online') = 'online'
     from seen where a.account_id = seen.account_id and a.id = seen.id
     returning a.account_id, a.id, seen.was_online`,
    [JSON.stringify(agents), tx.now],
  );
  const back = rows.filter((row) => !row.was_online);
  if (back.length > 0) tx.notify({ kind: 'settings' });
  for (const { account_id: accountId, id: agentId } of back)
    await distributePending(tx, { accountId, agentId });
}

/** Sets agents away whose last live stream ended more than `AWAY_AFTER_MS` ago. Returns their number. */
export async function expirePresence(tx: Transaction): Promise<number> {
  const rows = await tx.query(
    // A time in the future was recorded while the clock was ahead.
    `update agents set online = false where online and seen_at is not null
       and (seen_at < $1 or seen_at > $2) returning id`,
    [new Date(tx.now.getTime() - AWAY_AFTER_MS), new Date(tx.now.getTime() + AWAY_AFTER_MS)],
  );
  if (rows.length > 0) tx.notify({ kind: 'settings' });
  return rows.length;
}

/** Reads one agent. Throws `not_found`. */
export async function getAgent(tx: Transaction, { accountId, agentId }: AgentScope): Promise<Agent> {
  const row = await queryOne<{ item: Agent }>(
    tx,
    `select ${AGENT_SHAPE} as item from agents where account_id = $1 and id = $2`,
    [accountId, agentId],
  );
  if (!row) throw notFound('agent');
  return row.item;
}

/** Locks an agent until the transaction ends. Throws `not_found`. */
export async function lockAgent(
  tx: Transaction,
  { accountId, agentId }: AgentScope,
): Promise<{ version: number; active: boolean }> {
  const row = await queryOne<{ version: number; active: boolean }>(
    tx,
    'select version, active from agents where account_id = $1 and id = $2 for update',
    [accountId, agentId],
  );
  if (!row) throw notFound('agent');
  return row;
}
